import { careFor } from '../../src/rules/signins/care.js';
import type { Profile, SealedGrant } from '../../src/rules/types.js';
import { moment, same } from './effects.js';
import { days, now, owner, profile, shareWith, signedIn } from './world.js';

const held = (person: string, more: Partial<SealedGrant> = {}): SealedGrant => ({
  ...signedIn(person).grant,
  personName: person,
  ...more,
});
const dead = { state: 'dead' as const, reason: 'revoked' as const };
const one = profile({ careAt: now, light: 'yellow' });
const two = profile({ owners: [owner('ann'), owner('ben')], careAt: now, light: 'green' });
const three = { ...two, owners: [...two.owners, owner('cat')] };

/** All that a look at the sign-ins changed, with the outbox in words. */
function look(about: Profile, grants: SealedGrant[], day = 0) {
  const next = careFor(about, grants, { ...moment, now: days(day) });
  if (!next) return undefined;
  const { light, told, careAt, outbox, outboxSince, ...rest } = next;
  const { light: _, told: __told, careAt: __at, outbox: before, outboxSince: since, ...same_ } = about;
  same(rest, same_);
  const fresh = outbox.slice(before.length);
  same(outboxSince, since ?? (fresh.length > 0 ? days(day) : undefined));
  return { light, told, careAt, outbox: fresh };
}
const titles = (about: Profile, grants: SealedGrant[], day = 0) =>
  (look(about, grants, day)?.outbox ?? []).flatMap((entry) =>
    entry.kind === 'notice' ? `${'person' in entry.notice.to && entry.notice.to.person}: ${entry.notice.title}` : [],
  );

describe('a look at sign-ins', () => {
  it('that all work writes how safe it is, and nothing to tell', () => {
    same(look(one, [held('ann')]), { light: 'yellow', told: undefined, careAt: undefined, outbox: [] });
    same(look(two, [held('ann'), held('ben')]), { light: 'green', told: undefined, careAt: undefined, outbox: [] });
    same(look(profile({ careAt: now }), [held('ann')]), {
      light: 'yellow',
      told: undefined,
      careAt: undefined,
      outbox: [],
    });
    same(look(profile({ deleted: true }), []), undefined);
  });

  it('that end tells of it 14, 7, 3 and 1 days before, and says when to look next', () => {
    const ends = [held('ann', { since: days(-100), expiresAt: days(20) })];
    same(look(one, ends, 5), { light: 'yellow', told: undefined, careAt: days(6), outbox: [] });
    same(look(one, ends, 6), {
      light: 'yellow',
      told: ['ann:1786881600000:ends-14'],
      careAt: days(13),
      outbox: [
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) ends in 14 days',
            text: 'It ends on 14 December 2026. Signing in again takes a minute and keeps it alive.',
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
      ],
    });
    same(titles(one, ends, 13), ['ann: Your sign-in to @contoso (X profile) ends in 7 days']);
    same(look(one, ends, 17), {
      light: 'yellow',
      told: ['ann:1786881600000:ends-14', 'ann:1786881600000:ends-7', 'ann:1786881600000:ends-3'],
      careAt: days(19),
      outbox: [
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) ends in 3 days',
            text: 'It ends on 14 December 2026. Signing in again takes a minute and keeps it alive.',
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
      ],
    });
    same(look(one, ends, 19), {
      light: 'yellow',
      told: [
        'ann:1786881600000:ends-14',
        'ann:1786881600000:ends-7',
        'ann:1786881600000:ends-3',
        'ann:1786881600000:ends-1',
      ],
      careAt: days(20),
      outbox: [
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) ends tomorrow',
            text: 'It ends on 14 December 2026. Signing in again takes a minute and keeps it alive.',
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
      ],
    });
    same(look(one, ends, 20), {
      light: 'red',
      told: [
        'ann:1786881600000:ends-14',
        'ann:1786881600000:ends-7',
        'ann:1786881600000:ends-3',
        'ann:1786881600000:ends-1',
        'ann:1786881600000:over',
      ],
      careAt: undefined,
      outbox: [
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) has ended',
            text: 'Nothing can be published with it until an owner signs in again.',
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
      ],
    });
  });

  it('that end is told once', () => {
    const ends = [held('ann', { since: days(-100), expiresAt: days(20) })];
    same(look({ ...one, told: look(one, ends, 6)?.told ?? [] }, ends, 7), {
      light: 'yellow',
      told: ['ann:1786881600000:ends-14'],
      careAt: days(13),
      outbox: [],
    });
    same(titles({ ...one, told: look(one, ends, 6)?.told ?? [] }, ends, 13), [
      'ann: Your sign-in to @contoso (X profile) ends in 7 days',
    ]);
  });

  it('of a week says nothing of what had passed when it was made', () => {
    same(look(one, [held('ann', { expiresAt: days(7) })]), {
      light: 'yellow',
      told: undefined,
      careAt: days(4),
      outbox: [],
    });
  });

  it('of 60 days tells of its age too, unless it renews itself', () => {
    const sixty = held('ann', { expiresAt: days(60) });
    same(look(one, [sixty], 30), {
      light: 'yellow',
      told: ['ann:1795521600000:age-30'],
      careAt: days(45),
      outbox: [
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) is 30 days old',
            text: 'The network ends it on 23 January 2027, 60 days after it was made. Signing in again starts anew.',
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
      ],
    });
    same(titles(one, [sixty], 45), ['ann: Your sign-in to @contoso (X profile) is 45 days old']);
    same(titles(one, [sixty], 53), ['ann: Your sign-in to @contoso (X profile) ends in 7 days']);
    same(titles(one, [{ ...sixty, refreshAt: days(40) }], 45), []);
    same(titles(one, [held('ann', { expiresAt: days(55) })], 30), [
      'ann: Your sign-in to @contoso (X profile) is 30 days old',
    ]);
    same(titles(one, [held('ann', { expiresAt: days(65) })], 30), [
      'ann: Your sign-in to @contoso (X profile) is 30 days old',
    ]);
    same(titles(one, [held('ann', { expiresAt: days(54) })], 30), []);
    same(titles(one, [held('ann', { expiresAt: days(66) })], 30), []);
    same(titles(one, [held('ann', { renewedAt: days(10), expiresAt: days(70) })], 30), []);
  });
});

describe('a sign-in that the network ended', () => {
  it('is recorded, and told to whose it is and to the owners who stay', () => {
    same(look(two, [held('ann', dead), held('ben')]), {
      light: 'yellow',
      told: ['ann:1795521600000:over'],
      careAt: undefined,
      outbox: [
        {
          id: 'op1:0',
          kind: 'audit',
          record: {
            tenant: 't',
            id: 'op1:0',
            at: now,
            operation: 'renew',
            outcome: 'done',
            actor: { id: 'network', name: 'The network' },
            profile: { id: 'p1', type: 'x-user', handle: 'contoso' },
            what: 'ended the sign-in of ann',
          },
        },
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) does not work any more',
            text: "The network ended it: the password was changed, or the permission was taken back. Another owner's sign-in keeps it alive.",
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
        {
          id: 'op1:care-1',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ben' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Only one sign-in keeps @contoso (X profile) alive',
            text: 'It is yours. Invite a colleague to sign in to it too, to make it safe.',
            buttons: [{ title: 'Invite an owner', operation: { kind: 'invite', who: [], profile: { id: 'p1' } } }],
          },
        },
      ],
    });
  });

  it('says so when a refresh was cut off', () => {
    same(look({ ...two, light: 'yellow' }, [held('ann', { ...dead, reason: 'interrupted' }), held('ben')])?.outbox, [
      {
        id: 'op1:0',
        kind: 'audit',
        record: {
          tenant: 't',
          id: 'op1:0',
          at: now,
          operation: 'renew',
          outcome: 'done',
          actor: { id: 'network', name: 'The network' },
          profile: { id: 'p1', type: 'x-user', handle: 'contoso' },
          what: 'ended the sign-in of ann',
        },
      },
      {
        id: 'op1:care-0',
        kind: 'notice',
        notice: {
          about: 'x-user',
          to: { person: 'ann' },
          from: 'clock',
          topic: 'sign-ins',
          title: 'Your sign-in to @contoso (X profile) does not work any more',
          text: "Renewing it was cut off half-way, and the network does not take the old one. Another owner's sign-in keeps it alive.",
          buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
        },
      },
    ]);
  });

  it('being the last, says that nothing can be published', () => {
    same(look(one, [held('ann', dead)]), {
      light: 'red',
      told: ['ann:1795521600000:over'],
      careAt: undefined,
      outbox: [
        {
          id: 'op1:0',
          kind: 'audit',
          record: {
            tenant: 't',
            id: 'op1:0',
            at: now,
            operation: 'renew',
            outcome: 'done',
            actor: { id: 'network', name: 'The network' },
            profile: { id: 'p1', type: 'x-user', handle: 'contoso' },
            what: 'ended the sign-in of ann',
          },
        },
        {
          id: 'op1:care-0',
          kind: 'notice',
          notice: {
            about: 'x-user',
            to: { person: 'ann' },
            from: 'clock',
            topic: 'sign-ins',
            title: 'Your sign-in to @contoso (X profile) does not work any more',
            text: 'The network ended it: the password was changed, or the permission was taken back. Nothing can be published with it until an owner signs in again.',
            buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
          },
        },
      ],
    });
    same(look(two, [held('ann', dead), held('ben', dead)])?.outbox, [
      {
        id: 'op1:0',
        kind: 'audit',
        record: {
          tenant: 't',
          id: 'op1:0',
          at: now,
          operation: 'renew',
          outcome: 'done',
          actor: { id: 'network', name: 'The network' },
          profile: { id: 'p1', type: 'x-user', handle: 'contoso' },
          what: 'ended the sign-in of ann',
        },
      },
      {
        id: 'op1:1',
        kind: 'audit',
        record: {
          tenant: 't',
          id: 'op1:1',
          at: now,
          operation: 'renew',
          outcome: 'done',
          actor: { id: 'network', name: 'The network' },
          profile: { id: 'p1', type: 'x-user', handle: 'contoso' },
          what: 'ended the sign-in of ben',
        },
      },
      {
        id: 'op1:care-0',
        kind: 'notice',
        notice: {
          about: 'x-user',
          to: { person: 'ann' },
          from: 'clock',
          topic: 'sign-ins',
          title: 'Your sign-in to @contoso (X profile) does not work any more',
          text: 'The network ended it: the password was changed, or the permission was taken back. Nothing can be published with it until an owner signs in again.',
          buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
        },
      },
      {
        id: 'op1:care-1',
        kind: 'notice',
        notice: {
          about: 'x-user',
          to: { person: 'ben' },
          from: 'clock',
          topic: 'sign-ins',
          title: 'Your sign-in to @contoso (X profile) does not work any more',
          text: 'The network ended it: the password was changed, or the permission was taken back. Nothing can be published with it until an owner signs in again.',
          buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
        },
      },
    ]);
  });

  it('is told once, whether the network or its end came first', () => {
    const told = look(one, [held('ann', dead)])?.told ?? [];
    same(look({ ...one, light: 'red', told }, [held('ann', { since: now, expiresAt: days(1) })], 2), {
      light: 'red',
      told: ['ann:1795521600000:over'],
      careAt: undefined,
      outbox: [],
    });
  });

  it('of an owner who is leaving is told to those who stay', () => {
    const leaving = { ...three, owners: [owner('ann', { leavingAt: days(3) }), owner('ben'), owner('cat')] };
    same(titles(leaving, [held('ann', dead), held('ben'), held('cat')]), [
      "ben: ann's sign-in to @contoso (X profile) does not work any more",
      "cat: ann's sign-in to @contoso (X profile) does not work any more",
    ]);
  });

  it('of who is no owner is nobody’s concern', () => {
    same(titles(two, [held('eve', dead), held('ann'), held('ben')]), []);
  });
});

describe('how many sign-ins keep it alive', () => {
  const gone = held('ann', { since: days(-9), expiresAt: days(-1) });
  it('is told when it got less, to those who did not hear of a sign-in of their own', () => {
    same(look(three, [gone, held('ben')])?.outbox, [
      {
        id: 'op1:care-0',
        kind: 'notice',
        notice: {
          about: 'x-user',
          to: { person: 'ann' },
          from: 'clock',
          topic: 'sign-ins',
          title: 'Your sign-in to @contoso (X profile) has ended',
          text: "Another owner's sign-in keeps it alive.",
          buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
        },
      },
      {
        id: 'op1:care-1',
        kind: 'notice',
        notice: {
          about: 'x-user',
          to: { person: 'ben' },
          from: 'clock',
          topic: 'sign-ins',
          title: 'Only one sign-in keeps @contoso (X profile) alive',
          text: 'It is yours. Invite a colleague to sign in to it too, to make it safe.',
          buttons: [{ title: 'Invite an owner', operation: { kind: 'invite', who: [], profile: { id: 'p1' } } }],
        },
      },
      {
        id: 'op1:care-2',
        kind: 'notice',
        notice: {
          about: 'x-user',
          to: { person: 'cat' },
          from: 'clock',
          topic: 'sign-ins',
          title: 'Only one sign-in keeps @contoso (X profile) alive',
          text: 'It is not yours. Sign in again to make it safe.',
          buttons: [{ title: 'Renew', operation: { kind: 'renew', profile: { id: 'p1' } } }],
        },
      },
    ]);
    same(titles(three, [held('ben'), held('cat')]), []);
    same(titles({ ...three, light: 'yellow' }, [held('ben')]), []);
    same(titles({ ...three, light: 'red' }, [held('ben')]), []);
    same(titles({ ...three, light: 'green' }, [held('ben', { since: days(-100), expiresAt: days(3) })]), [
      'ben: Only one sign-in keeps @contoso (X profile) alive',
      'ann: Only one sign-in keeps @contoso (X profile) alive',
      'cat: Only one sign-in keeps @contoso (X profile) alive',
    ]);
    same(titles({ ...three, light: 'yellow' }, []), [
      'ann: Nothing keeps @contoso (X profile) alive',
      'ben: Nothing keeps @contoso (X profile) alive',
      'cat: Nothing keeps @contoso (X profile) alive',
    ]);
    same(titles({ ...three, light: 'green' }, []), [
      'ann: Nothing keeps @contoso (X profile) alive',
      'ben: Nothing keeps @contoso (X profile) alive',
      'cat: Nothing keeps @contoso (X profile) alive',
    ]);
  });

  it('counts what is not proven, and not what has ended or belongs to a leaving owner', () => {
    const unknown = { state: 'unknown' as const, reason: 'outage' as const, retryAt: days(1) };
    same(look(two, [held('ann', unknown), held('ben', unknown)])?.light, 'green');
    same(look(two, [held('ann'), held('ben', { since: days(-9), expiresAt: now })])?.light, 'yellow');
    same(
      look({ ...two, owners: [owner('ann'), owner('ben', { leavingAt: days(1) })] }, [held('ann'), held('ben')])?.light,
      'yellow',
    );
    same(look(two, [])?.light, 'red');
  });
});

describe('what waits in the outbox', () => {
  it('stays there, with since when', () => {
    const waits = { id: 'op0', kind: 'claimCard' as const, claim: 'c0' };
    same(look({ ...one, outbox: [waits], outboxSince: days(-1) }, [held('ann', dead)])?.outbox.length, 2);
    same(careFor({ ...one, outbox: [waits], outboxSince: days(-1) }, [held('ann', dead)], moment)?.outbox[0], waits);
    same(look({ ...one, shares: [shareWith('person', 'cat')] }, [held('ann')])?.outbox, []);
  });
});
