import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import type { PolicySetting } from '../../src/rules/tenant/policy.js';
import { ada, ann, given, max } from './effects.js';
import { now } from './world.js';

type Role = Extract<Operation, { kind: 'role' }>['role'];
const role = (to: Role): Operation => ({ kind: 'role', who: { id: 'ben', name: 'Ben' }, role: to });
const ben = (more: object = {}) => ({
  person: { id: 'ben', name: 'Ben Bo', role: 'responder' as const, admin: false, ...more },
});

const person = { id: 'ben', name: 'Ben' };

describe('role', () => {
  it('gives a role and leaves being admin as it is', () => {
    given(undefined, ben())
      .when(ada, role('manager'))
      .gives({
        person,
        role: 'manager',
        admin: false,
        done: 'Ben Bo is a Manager now.',
        audit: [['role', 'made Ben Bo a Manager']],
      });
    given(undefined, ben({ admin: true }))
      .when(ada, role('reader'))
      .gives({
        person,
        role: 'reader',
        admin: true,
        done: 'Ben Bo is a Reader now.',
        audit: [['role', 'made Ben Bo a Reader']],
      });
    given(undefined, ben({ role: 'manager' }))
      .when(ada, role('responder'))
      .gives({
        person,
        role: 'responder',
        admin: false,
        done: 'Ben Bo is a Responder now.',
        audit: [['role', 'made Ben Bo a Responder']],
      });
  });

  it('makes an admin, or no admin, and leaves the role as it is', () => {
    given(undefined, ben({ role: 'reader' }))
      .when(ada, role('admin'))
      .gives({
        person,
        role: 'reader',
        admin: true,
        done: 'Ben Bo is an admin now.',
        audit: [['role', 'made Ben Bo an admin']],
      });
    given(undefined, { ...ben({ person, role: 'manager', admin: true }), adminCount: 2 })
      .when(ada, role('no-admin'))
      .gives({
        person,
        role: 'manager',
        admin: false,
        done: 'Ben Bo is no admin now.',
        audit: [['role', 'made Ben Bo no admin']],
      });
    given(undefined, ben())
      .when(ada, role('no-admin'))
      .gives({
        person,
        role: 'responder',
        admin: false,
        done: 'Ben Bo is no admin now.',
        audit: [['role', 'made Ben Bo no admin']],
      });
  });

  it('of somebody not met yet starts from the default role', () => {
    given()
      .when(ada, role('admin'))
      .gives({
        person,
        role: 'responder',
        admin: true,
        done: 'Ben is an admin now.',
        audit: [['role', 'made Ben an admin']],
      });
  });

  it('never takes away the last admin, who may change their role', () => {
    given(undefined, { ...ben({ admin: true }), adminCount: 1 })
      .when(ada, role('no-admin'))
      .gives({ refused: refuse('lastAdmin') });
    given(undefined, { ...ben({ admin: true }), adminCount: 1 })
      .when(ada, role('manager'))
      .gives({
        person,
        role: 'manager',
        admin: true,
        done: 'Ben Bo is a Manager now.',
        audit: [['role', 'made Ben Bo a Manager']],
      });
  });

  it('is for admins, who are named', () => {
    given(undefined, { admins: ['Ada'] })
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

  it('here asks first, then takes the channel', () => {
    given(undefined, { channel }).when(ada, here).gives({ asks: 'approvals' });
    given(undefined, { channel: { ...channel, open: true }, confirmed: true })
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
        done: 'Claims are posted into Announcements from now on. I posted a line there to try it.',
        audit: [['approvals', 'chose Announcements for claims']],
      });
  });

  it('here is refused outside a channel, and where the bot cannot post', () => {
    given()
      .when(ada, here)
      .gives({ refused: refuse('approvalsInChannel') });
    given(undefined, { channel: { ...channel, open: false }, confirmed: true })
      .when(ada, here)
      .gives({ refused: refuse('channelClosed', 'Announcements') });
    given(undefined, { channel, confirmed: true })
      .when(ada, here)
      .gives({ refused: refuse('channelClosed', 'Announcements') });
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
