import assert from 'node:assert/strict';
import { askedFrom } from '../../src/bot/input/clicks.js';
import { decide } from '../../src/rules/decide.js';
import type { PolicySetting } from '../../src/rules/tenant/policy.js';
import { defaultPolicy, policyRows } from '../../src/rules/tenant/policy.js';
import { faultsOf } from './wording.js';
import { actor, now, state } from './world.js';

const set = (setting: PolicySetting, value: string) =>
  decide({ kind: 'policy', setting, value }, actor('ada', { admin: true }), state(), { now, id: 'op1' });

describe('policy', () => {
  const taken: [PolicySetting, string, object][] = [
    ['claims', 'approval', { claims: 'approval' }],
    ['claims', 'Credentials', { claims: 'credentials' }],
    ['cool-off', '5', { coolOffDays: 5 }],
    ['cool-off', '1 day', { coolOffDays: 1 }],
    ['cool-off', '0', { coolOffDays: 0 }],
    ['cool-off', '365 days', { coolOffDays: 365 }],
    ['default-role', 'manager', { defaultRole: 'manager' }],
    ['disabled-owner', '30', { disabledOwnerDays: 30 }],
    ['deleted-owner', '2', { deletedOwnerDays: 2 }],
    ['undo', '0', { undoSeconds: 0 }],
    ['new-links', 'approval', { newLinks: 'approval' }],
    ['everyone-posts', 'approval', { everyonePosts: 'approval' }],
    ['hours', '8-18', { hours: '8-18' }],
    ['hours', 'always', { hours: 'always' }],
    ['time-zone', 'Europe/Berlin', { timeZone: 'Europe/Berlin' }],
    ['time-zone', 'america/new_york', { timeZone: 'America/New_York' }],
    ['time-zone', 'utc', { timeZone: 'UTC' }],
  ];
  for (const [setting, value, policy] of taken) {
    it(`${setting} ${value} sets that one rule`, () => {
      const decision = set(setting, value);
      assert(decision.kind === 'changeTenant');
      assert.deepEqual(decision.policy, policy);
      assert(decision.entry.kind === 'audit');
      assert.equal(decision.entry.record.what, `set ${setting} to ${value.toLowerCase()}`);
    });
  }

  const not: [PolicySetting, string, string][] = [
    ['claims', 'never', '"policy claims" takes credentials or approval.'],
    ['cool-off', '366', '"policy cool-off" takes a number of days, 0 to 365.'],
    ['cool-off', '-1', '"policy cool-off" takes a number of days, 0 to 365.'],
    ['deleted-owner', '2 weeks', '"policy deleted-owner" takes a number of days, 0 to 365.'],
    ['undo', '121', '"policy undo" takes a number of seconds, 0 to 120.'],
    ['picture', '9', '"policy picture" takes a number of megabytes, 0 to 8.'],
    ['video', '1000', '"policy video" takes a number of megabytes, 0 to 999.'],
    ['time-zone', 'Berlin', '"policy time-zone" takes the name of a time zone, such as Europe/Berlin or UTC.'],
    ['time-zone', '+01:00', '"policy time-zone" takes the name of a time zone, such as Europe/Berlin or UTC.'],
    ['default-role', 'admin', '"policy default-role" takes reader, responder or manager.'],
  ];
  for (const [setting, value, sentence] of not) {
    it(`${setting} ${value} is refused with what it takes`, () => {
      const decision = set(setting, value);
      assert(decision.kind === 'refuse');
      assert.equal(decision.refusal.sentence, sentence);
    });
  }

  it('is said in a sentence each, with what a form asks for', () => {
    assert.deepEqual(
      policyRows(defaultPolicy).map(({ setting, value, sentence }) => `${setting} ${value}: ${sentence}`),
      [
        'claims credentials: Whoever signs in to the account becomes an owner at once.',
        'cool-off 3: For 3 days the other owners can object to one who came by signing in.',
        'default-role responder: Whoever was given no role is a Responder.',
        'disabled-owner 7: An owner whose account is disabled stops being one after 7 days.',
        'deleted-owner 0: An owner whose account is deleted stops being one at once.',
        'undo 20: A post is held for 20 seconds before it goes out, and can be undone.',
        'picture 8: A picture of a post has 8 megabytes at most.',
        'video 512: A video of a post has 512 megabytes at most.',
        'new-links free: Links in posts may lead anywhere.',
        'everyone-posts free: Posts with profiles shared with everyone need no yes.',
        'hours always: Posts go out at any time.',
        'time-zone UTC: Where Teams does not say it, clocks are those of UTC.',
      ],
    );
    const others = { ...defaultPolicy, claims: 'approval' as const, coolOffDays: 0, undoSeconds: 0 };
    for (const policy of [defaultPolicy, others])
      for (const row of policyRows(policy)) assert.deepEqual([row.sentence, row.label].flatMap(faultsOf), []);
    assert.deepEqual(
      policyRows(defaultPolicy).map(({ form }) => form.kind),
      ['choice', 'count', 'choice', 'count', 'count', 'count', 'count', 'count', 'choice', 'choice', 'text', 'text'],
    );
  });

  it('as a form changes what is different, all in one, or nothing at all', () => {
    const save = (changes: { setting: PolicySetting; value: string }[]) =>
      decide({ kind: 'policy', changes }, actor('ada', { admin: true }), state(), { now, id: 'op1' });
    const decision = save([
      { setting: 'claims', value: 'credentials' },
      { setting: 'cool-off', value: '5' },
      { setting: 'time-zone', value: 'europe/berlin' },
    ]);
    assert(decision.kind === 'changeTenant' && decision.entry.kind === 'audit');
    assert.equal(decision.done, 'Set: cool-off 5, time-zone europe/berlin.');
    assert.equal(decision.entry.record.what, 'set cool-off to 5, time-zone to europe/berlin');
    const same = save([{ setting: 'cool-off', value: '3' }]);
    assert(same.kind === 'refuse' && same.refusal.code === 'policySame');
    const wrong = save([
      { setting: 'cool-off', value: '5' },
      { setting: 'undo', value: '500' },
    ]);
    assert(wrong.kind === 'refuse' && wrong.refusal.code === 'policyValue');
  });

  it('in the boxes of its form is read as strictly as words', () => {
    const click = (boxes: object) => askedFrom({ do: { kind: 'policy' }, ...boxes }, 'UTC', now);
    assert.deepEqual(click({ 'policy-cool-off': 5, 'policy-claims': 'approval' }), {
      kind: 'policy',
      changes: [
        { setting: 'claims', value: 'approval' },
        { setting: 'cool-off', value: '5' },
      ],
    });
    for (const boxes of [{ 'policy-nonsense': '1' }, { 'policy-undo': {} }, { 'policy-undo': 'x'.repeat(50) }])
      assert('sentence' in click(boxes));
    assert(
      'sentence' in askedFrom({ do: { kind: 'share', who: [], profile: { id: 'p' } }, 'policy-undo': '1' }, 'UTC', now),
    );
  });
});
