import {
  accessKeys,
  activeShares,
  keysOf,
  nameOf,
  principalName,
  samePrincipal,
  sharesReaching,
  shortNameOf,
} from '../../src/rules/access.js';
import { dayOf } from '../../src/rules/days.js';
import { may } from '../../src/rules/may.js';
import { profileTypes } from '../../src/rules/profileTypes.js';
import { same, to, toGroup } from './effects.js';
import { actor, claimOf, days, everyoneShare, now, owner, profile, shareWith } from './world.js';

const by = { id: 'ann', name: 'Ann' };
const decided = claimOf('dan', { decided: { as: 'declined', by, at: now } });

describe('the keys of a profile', () => {
  it('are its owners, its shares, and who claims it', () => {
    const shares = [
      shareWith('person', 'ben'),
      shareWith('person', 'ben', days(1)),
      shareWith('group', 'marketing'),
      everyoneShare,
    ];
    same(accessKeys(profile({ owners: [owner('ann'), owner('cat')], shares, claims: [claimOf('eve'), decided] })), [
      'owner:ann',
      'owner:cat',
      'person:ben',
      'group:marketing',
      'everyone',
      'claims',
      'claim:eve',
    ]);
    same(accessKeys(profile({ owners: [], claims: [decided] })), ['ownerless']);
    same(accessKeys(profile({ deleted: true })), []);
  });

  it('meet those that a person looks for', () => {
    same(keysOf(actor('ann', { groups: ['marketing', 'sales'] })), [
      'owner:ann',
      'person:ann',
      'group:marketing',
      'group:sales',
      'everyone',
      'ownerless',
    ]);
  });
});

describe('a share', () => {
  const reaching = (share: ReturnType<typeof shareWith>, who = actor('ben', { groups: ['marketing'] })) =>
    sharesReaching(profile({ shares: [share] }), who, now).length === 1;
  it('reaches the person, the members of the group, or everyone, until it ends', () => {
    same(reaching(shareWith('person', 'ben')), true);
    same(reaching(shareWith('person', 'marketing')), false);
    same(reaching(shareWith('group', 'marketing')), true);
    same(reaching(shareWith('group', 'ben')), false);
    same(reaching(everyoneShare), true);
    same(reaching(shareWith('person', 'ben', now)), false);
    same(reaching(shareWith('person', 'ben', days(1))), true);
    same(activeShares(profile({ shares: [shareWith('person', 'ben', now), everyoneShare] }), now), [everyoneShare]);
  });

  it('is the same when it names the same', () => {
    const everyone = { kind: 'everyone' } as const;
    same(samePrincipal(everyone, everyone), true);
    same(samePrincipal(everyone, to('ann')), false);
    same(samePrincipal(to('ann'), everyone), false);
    same(samePrincipal(to('ann'), { ...to('ann'), name: 'Another name' }), true);
    same(samePrincipal(to('ann'), to('ben')), false);
    same(samePrincipal(to('ann'), toGroup('ann')), false);
  });
});

describe('names in sentences', () => {
  it('of a profile say what it is: five of one handle on five networks are told apart', () => {
    const names = profileTypes.map((type) => nameOf({ type, handle: 'contoso', name: 'Contoso' }));
    same(names, [
      '@contoso (X profile)',
      'Contoso (Facebook profile)',
      'Contoso (Facebook Page)',
      '@contoso (Instagram account)',
      'Contoso (LinkedIn member)',
      'Contoso (LinkedIn Page)',
      '@contoso (YouTube channel)',
    ]);
  });

  it('of a profile are its handle where people know it by that, else its name', () => {
    same(shortNameOf({ type: 'x-user', handle: 'contoso', name: 'Contoso' }), '@contoso');
    same(shortNameOf({ type: 'linkedin-page', handle: 'contoso', name: 'Contoso Ltd' }), 'Contoso Ltd');
    same(shortNameOf({ type: 'linkedin-page', handle: 'contoso' }), 'contoso');
    same(shortNameOf({ type: 'youtube-user', handle: 'Contoso Support' }), 'Contoso Support');
  });

  it('of a principal mark guests', () => {
    same(principalName({ kind: 'everyone' }), 'everyone');
    same(principalName(to('ben')), 'ben');
    same(principalName({ ...to('ben'), guest: true }), 'ben (guest)');
    same(principalName(toGroup('marketing')), 'marketing');
  });

  it('of a day are as the calendar stands in the zone', () => {
    same(dayOf(new Date('2026-12-31T23:30:00Z')), '31 December 2026');
    same(dayOf(new Date('2026-12-31T23:30:00Z'), 'Europe/Berlin'), '1 January 2027');
    same(dayOf(new Date('2026-12-31T23:30:00Z'), 'America/New_York'), '31 December 2026');
  });
});

describe('who may', () => {
  const all = profile({
    owners: [owner('ann'), owner('ben', { coolOffUntil: days(1) })],
    shares: [shareWith('person', 'cat'), shareWith('person', 'rob')],
    claims: [claimOf('cat')],
  });
  const leaving = profile({ owners: [owner('ann', { leavingAt: days(1) })] });
  const mayBe = (who: ReturnType<typeof actor>, about = all) =>
    Object.entries(may).flatMap(([kind, rule]) => (rule({ actor: who, profile: about, now }) ? kind : []));

  it('do what with a profile', () => {
    same(mayBe(actor('ann')), [
      'show',
      'share',
      'unshare',
      'invite',
      'leave',
      'delete',
      'renew',
      'check',
      'forget',
      'allow',
      'deny',
      'history',
      'object',
      'vouch',
      'freeze',
    ]);
    same(mayBe(actor('ben')), [
      'show',
      'share',
      'unshare',
      'leave',
      'delete',
      'renew',
      'check',
      'forget',
      'allow',
      'deny',
      'history',
      'freeze',
    ]);
    same(mayBe(actor('cat')), ['show', 'withdraw', 'claim', 'freeze']);
    same(mayBe(actor('dan')), []);
    same(mayBe(actor('ada', { admin: true })), ['show', 'history', 'claim', 'freeze', 'thaw']);
    same(mayBe(actor('ann', { admin: true })), [
      'show',
      'share',
      'unshare',
      'invite',
      'leave',
      'delete',
      'renew',
      'check',
      'forget',
      'allow',
      'deny',
      'history',
      'object',
      'vouch',
      'freeze',
      'thaw',
    ]);
  });

  it('do nothing with it as a Reader, but look at it as an admin', () => {
    same(mayBe(actor('ann', { role: 'reader' })), []);
    same(mayBe(actor('cat', { role: 'reader' })), []);
    same(mayBe(actor('ada', { role: 'reader', admin: true })), ['show', 'history', 'thaw']);
  });

  it('claim what nobody owns', () => {
    same(mayBe(actor('dan'), profile({ owners: [] })), ['show', 'claim', 'freeze']);
    same(mayBe(actor('ada', { admin: true }), profile({ owners: [] })), ['show', 'history', 'claim', 'freeze', 'thaw']);
  });

  it('do what with the profile of somebody who is leaving', () => {
    same(mayBe(actor('ann'), leaving), [
      'show',
      'share',
      'unshare',
      'leave',
      'delete',
      'renew',
      'check',
      'forget',
      'allow',
      'deny',
      'history',
      'freeze',
    ]);
    same(mayBe(actor('ada', { admin: true }), leaving), ['show', 'removeOwner', 'history', 'claim', 'freeze', 'thaw']);
    same(mayBe(actor('ben'), { ...leaving, owners: [owner('ann', { leavingAt: now })] }), ['show', 'claim', 'freeze']);
  });

  it('do nothing with what is gone', () => {
    const gone = { ...all, deleted: true as const };
    same(
      ['ann', 'ben', 'cat', 'dan'].flatMap((id) => mayBe(actor(id, { admin: true }), gone)),
      [],
    );
  });
});
