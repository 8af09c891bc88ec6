import { defaultPolicy } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import { ann, ben, cat, given, to, toGroup } from './effects.js';
import { days, grant, now, owner, profile, signedIn } from './world.js';

const invite = (...who: Extract<Operation, { kind: 'invite' }>['who']): Operation => ({
  kind: 'invite',
  who,
  profile: 'p1',
});
const claim: Operation = { kind: 'claim', profile: 'p1' };
const invitation = (person: string, more: object = {}) => ({
  ...{ person: { id: person, name: person }, by: { id: 'ann', name: 'Ann' }, at: now, ends: days(7) },
  ...more,
});
const invited = profile({ invites: [invitation('ben')] });

describe('invite', () => {
  it('is an owner’s yes for seven days, and asks with a button', () => {
    given(profile())
      .when(ann, invite(to('ben')))
      .gives({
        done: 'Invited ben. Whoever signs in to @contoso (X profile) by 1 December 2026 is an owner at once.',
        set: { invites: [invitation('ben')], access: ['owner:ann', 'invite:ben'] },
        audit: [['invite', 'invited ben to become an owner']],
        told: [
          {
            to: 'ben',
            title: 'Ann asks you to become an owner of @contoso (X profile)',
            text: 'Sign in to it by 1 December 2026, and you own it at once.',
            buttons: [['Sign in to it', { kind: 'claim', profile: { id: 'p1' } }]],
          },
        ],
      });
  });

  it('is for owners, and never while their own ownership can be contested', () => {
    given(profile())
      .when(ben, invite(to('cat')))
      .gives({ refused: refuse('notFound') });
    const cooling = profile({ owners: [owner('ann'), owner('ben', { since: now, coolOffUntil: days(3) })] });
    given(cooling)
      .when(ben, invite(to('cat')))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
  });

  it('asks people only, and nobody who owns it already', () => {
    given(profile())
      .when(ann, invite(toGroup('marketing')))
      .gives({ refused: refuse('personOnly', 'marketing') });
    given(profile())
      .when(ann, invite(to('ann')))
      .gives({ refused: refuse('ownersNeedNoShare', '@contoso (X profile)', 'ann') });
    given(profile()).when(ann, invite()).gives({ picks: true });
  });

  it('lets the invited sign in, and see nothing', () => {
    given(invited).when(ben, claim).gives({ signsIn: 'claim', type: 'x-user' });
    given(invited)
      .when(ben, { kind: 'show', profile: 'p1' })
      .gives({ refused: refuse('notFound') });
    given(invited)
      .when(cat, claim)
      .gives({ refused: refuse('notFound') });
  });

  const proven = { signedIn: signedIn('ben') };
  const owned = (set: object) => ({
    done: 'You own @contoso (X profile) now.',
    set,
    audit: [['claim', 'became an owner by signing in, invited by Ann']] as [string, string][],
    told: [
      {
        to: 'ann',
        title: 'Ben became an owner of @contoso (X profile)',
        text: 'They proved it by signing in to the account. You still own it too.',
        orManagers: true as const,
        buttons: [['Show it', { kind: 'show', profile: { id: 'p1' } }]] as [string, unknown][],
      },
    ],
    also: [{ id: 'op1:grant', kind: 'grant', grant: proven.signedIn.grant }],
  });

  it('makes who signs in to the very account an owner at once, without cool-off, under any policy', () => {
    const set = {
      owners: [owner('ann'), owner('ben', { since: now })],
      invites: [],
      access: ['owner:ann', 'owner:ben'],
    };
    given(invited, proven).when(ben, claim).gives(owned(set));
    const policy = { ...defaultPolicy, claims: 'approval' as const };
    given(invited, { ...proven, policy })
      .when(ben, claim)
      .gives(owned(set));
  });

  it('is over after seven days, and void when the one who invited is no longer an owner', () => {
    const gone = { refused: refuse('notFound') };
    given(profile({ invites: [invitation('ben', { ends: now })] }), proven)
      .when(ben, claim)
      .gives(gone);
    given({ ...invited, owners: [owner('cat')] }, { ...proven, grants: [grant('cat')] })
      .when(ben, claim)
      .gives(gone);
  });
});
