import assert from 'node:assert/strict';
import { decide } from '../../src/rules/decide.js';
import type { PolicySetting } from '../../src/rules/tenant/policy.js';
import { defaultPolicy, policyLines } from '../../src/rules/tenant/policy.js';
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

  it('is said with the words that set it', () => {
    assert.deepEqual(policyLines(defaultPolicy), [
      'claims credentials: whoever signs in to the account becomes an owner at once.',
      'cool-off 3: for 3 days a new owner who came by signing in can be contested.',
      'default-role responder: the role of everyone who was given none.',
      'disabled-owner 7: for 7 days an owner whose account is disabled stays one.',
      'deleted-owner 0: for 0 days an owner whose account is deleted stays one.',
      'undo 20: for 20 seconds a post is held and can be undone.',
      'picture 8: a picture of a post has 8 megabytes at most.',
      'time-zone UTC: the clock of everyone whose Teams does not say where they are.',
    ]);
  });
});
