import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import type { PolicySetting } from '../../src/rules/tenant/policy.js';
import { ada, ann, given, max } from './effects.js';
import { now } from './world.js';

type Role = Extract<Operation, { kind: 'role' }>['role'];
const role = (to: Role): Operation => ({ kind: 'role', who: { id: 'ben', name: 'Ben' }, role: to });
const person = { id: 'ben', name: 'Ben' };
const eve = { id: 'eve', name: 'Eve' };
const byAda = { id: 'ada', name: 'Ada' };

/** What they planned may not go out any more, or again. */
const foresee = { id: 'op1:foresee', kind: 'foreseeIntents', author: 'ben' };

describe('role', () => {
  it('gives a role, also to an admin, who stays one', () => {
    for (const [to, words] of [
      ['manager', 'a Manager'],
      ['reader', 'a Reader'],
      ['responder', 'a Responder'],
    ] as const)
      given(undefined, { admins: [byAda, person] })
        .when(ada, role(to))
        .gives({
          person,
          role: to,
          done: `Ben is ${words} now.`,
          audit: [['role', `made Ben ${words}`]],
          also: [foresee],
        });
  });

  it('makes an admin, beside those who are', () => {
    given(undefined, { admins: [byAda, eve] })
      .when(ada, role('admin'))
      .gives({
        admins: [byAda, eve, person],
        done: 'Ben is an admin now.',
        audit: [['role', 'made Ben an admin']],
      });
    given(undefined, { admins: [byAda, person] })
      .when(ada, role('admin'))
      .gives({ refused: refuse('adminAlready', 'Ben') });
  });

  it('takes being admin away from one, and leaves the others', () => {
    given(undefined, { admins: [byAda, person, eve] })
      .when(ada, role('no-admin'))
      .gives({
        admins: [byAda, eve],
        done: 'Ben is no longer an admin.',
        audit: [['role', 'removed Ben as an admin']],
      });
    given(undefined, { admins: [byAda] })
      .when(ada, role('no-admin'))
      .gives({ refused: refuse('noAdmin', 'Ben') });
  });

  it('never takes away the last admin', () => {
    given(undefined, { admins: [person] })
      .when(ada, role('no-admin'))
      .gives({ refused: refuse('lastAdmin') });
  });

  it('leaves whom the settings name an admin, says where that is changed, and never writes them into the list', () => {
    const named = { ...person, named: true };
    given(undefined, { admins: [named, byAda] })
      .when(ada, role('no-admin'))
      .gives({ refused: refuse('adminBySettings', 'Ben') });
    given(undefined, { admins: [{ ...eve, named: true }, byAda] })
      .when(ada, role('admin'))
      .gives({ admins: [byAda, person], done: 'Ben is an admin now.', audit: [['role', 'made Ben an admin']] });
  });

  it('is for admins, who are named', () => {
    given(undefined, { admins: [byAda] })
      .when(max, role('admin'))
      .gives({ refused: refuse('adminOnly', ['Ada']) });
  });
});

describe('policy', () => {
  const set = (setting: PolicySetting, value?: string): Operation => ({
    kind: 'policy',
    setting,
    ...(value ? { value } : {}),
  });
  const days = 'a number of days, 0 to 365';

  it('shows the rules, or sets the one that is named and says so', () => {
    given().when(ada, { kind: 'policy' }).gives({ shows: true });
    given()
      .when(ada, set('cool-off', '5 Days'))
      .gives({
        policy: { coolOffDays: 5 },
        done: 'Set: cool-off 5 days.',
        audit: [['policy', 'set cool-off to 5 days']],
      });
  });

  it('refuses what a setting does not take, and says what it does', () => {
    const refused = (setting: PolicySetting, value: string | undefined, takes: string) =>
      given()
        .when(ada, set(setting, value))
        .gives({ refused: refuse('policyValue', setting, takes) });
    refused('claims', undefined, 'credentials or approval');
    refused('cool-off', undefined, days);
    refused('cool-off', '5 days or so', days);
    refused('cool-off', 'about 5', days);
    refused('disabled-owner', '1000', days);
  });

  it('is for admins', () => {
    given()
      .when(max, set('cool-off', '0'))
      .gives({ refused: refuse('adminOnly', []) });
  });
});

describe('approvals', () => {
  const channel = { serviceUrl: 'https://s', channel: 'c', bot: 'b', team: 't', name: 'Announcements' };
  const approvals = { ...channel, by: { id: 'ada', name: 'Ada' }, at: now };
  const here: Operation = { kind: 'approvals', to: 'here' };
  const off: Operation = { kind: 'approvals', to: 'off' };

  it('here asks first, then takes the channel if the bot can post there', () => {
    given(undefined, { channel }).when(ada, here).gives({ asks: 'approvals' });
    given(undefined, { channel, confirmed: true })
      .when(ada, here)
      .gives({
        approvals: {
          serviceUrl: 'https://s',
          channel: 'c',
          bot: 'b',
          team: 't',
          name: 'Announcements',
          by: { id: 'ada', name: 'Ada' },
          at: now,
        },
        onlyIf: { posted: channel, else: refuse('channelClosed', 'Announcements') },
        done: 'Claims are posted into Announcements from now on. I posted a line there to try it.',
        audit: [['approvals', 'chose Announcements for claims']],
      });
  });

  it('here is refused outside a channel', () => {
    given()
      .when(ada, here)
      .gives({ refused: refuse('approvalsInChannel') });
  });

  it('off forgets the channel', () => {
    given(undefined, { approvals })
      .when(ada, off)
      .gives({
        approvals: null,
        done: 'Claims go to the owners in their own chats from now on, and to Managers where there is no owner.',
        audit: [['approvals', 'stopped posting claims into Announcements']],
      });
    given()
      .when(ada, off)
      .gives({ refused: refuse('noApprovals') });
  });

  it('are for admins', () => {
    given(undefined, { channel })
      .when(max, here)
      .gives({ refused: refuse('adminOnly', []) });
    given(undefined, { approvals })
      .when(ann, off)
      .gives({ refused: refuse('adminOnly', []) });
  });
});
