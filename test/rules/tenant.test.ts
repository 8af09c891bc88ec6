import type { Asked, Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import type { PolicySetting } from '../../src/rules/tenant/policy.js';
import { ada, ann, given, max } from './effects.js';
import { actor, days, now } from './world.js';

type Role = Extract<Operation, { kind: 'role' }>['role'];
const role = (to: Role): Operation => ({ kind: 'role', who: { id: 'ben', name: 'Ben' }, role: to });
const person = { id: 'ben', name: 'Ben' };
const eve = { id: 'eve', name: 'Eve' };
const byAda = { id: 'ada', name: 'Ada' };
const benIsTold = (title: string, text: string) => [{ to: 'ben', title, text }];

/** What they planned may not go out any more, or again. */
const foresee = { id: 'op1:foresee', kind: 'foreseeIntents', author: 'ben' };

describe('role', () => {
  it('gives a role, also to an admin, who stays one', () => {
    for (const [to, words, then] of [
      ['manager', 'a Manager', 'You can also decide claims that no owner can, and thaw what was frozen.'],
      [
        'reader',
        'a Reader',
        'You can look at the help, and no longer work with profiles. Ask them if that is a mistake.',
      ],
      ['responder', 'a Responder', 'You can add profiles, and use what is shared with you. Say "profiles" to begin.'],
    ] as const)
      given(undefined, { admins: [byAda, person] })
        .when(ada, role(to))
        .gives({
          person,
          role: to,
          accessAskedAt: null,
          done: `Ben is ${words} now.`,
          audit: [['role', `made Ben ${words}`]],
          told: benIsTold(`You are ${words} now`, `Ada changed that. ${then}`),
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
        told: benIsTold('You are an admin now', 'Ada changed that. Say "help all" to see what admins can do.'),
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
        told: benIsTold('You are no longer an admin', 'Ada changed that. Your role stays as it is.'),
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
      .gives({
        admins: [byAda, person],
        done: 'Ben is an admin now.',
        audit: [['role', 'made Ben an admin']],
        told: benIsTold('You are an admin now', 'Ada changed that. Say "help all" to see what admins can do.'),
      });
  });

  it('asks before somebody takes it from themselves, and tells nobody else', () => {
    const me = actor('ada', { admin: true, role: 'manager' });
    const own = (to: Role): Operation => ({ kind: 'role', who: byAda, role: to });
    const two = [byAda, eve];
    given(undefined, { admins: two }).when(me, own('reader')).gives({ asks: 'demote-self' });
    given(undefined, { admins: two }).when(me, own('no-admin')).gives({ asks: 'demote-self' });
    given(undefined, { admins: two, confirmed: true })
      .when(me, own('responder'))
      .gives({
        person: byAda,
        role: 'responder',
        accessAskedAt: null,
        done: 'Ada is a Responder now.',
        audit: [['role', 'made Ada a Responder']],
        also: [{ ...foresee, author: 'ada' }],
      });
    given(undefined, { admins: two, confirmed: true })
      .when(me, own('no-admin'))
      .gives({ admins: [eve], done: 'Ada is no longer an admin.', audit: [['role', 'removed Ada as an admin']] });
  });

  it('is for admins, who are named', () => {
    given(undefined, { admins: [byAda] })
      .when(max, role('admin'))
      .gives({ refused: refuse('adminOnly', ['Ada']) });
  });
});

describe('request access', () => {
  const ask: Operation = { kind: 'requestaccess' };
  const no: Operation = { kind: 'refuseaccess', who: person };
  const reader = actor('ben', { role: 'reader' });

  it('reaches every admin, with a yes and a no', () => {
    const card = (to: string) => ({
      to,
      title: 'Ben asks to work with profiles',
      text: 'They are a Reader now. As a Responder they could add profiles, and use what is shared with them.',
      buttons: [
        ['Make a Responder', { kind: 'role', who: { person: 'ben' }, role: 'responder' }],
        ['Not now', { kind: 'refuseaccess', who: { person: 'ben' } }],
      ] as [string, Asked][],
    });
    given(undefined, { admins: [byAda, eve], accessAskedAt: days(-2) })
      .when(reader, ask)
      .gives({
        person,
        accessAskedAt: now,
        done: "I asked Ada and Eve to make you a Responder. I'll tell you what they say.",
        audit: [['requestaccess', 'asked for the Responder role']],
        told: [card('ada'), card('eve')],
      });
  });

  it('is refused to who works with profiles, within a day, and where nobody could answer', () => {
    given(undefined, { admins: [byAda] })
      .when(ann, ask)
      .gives({ refused: refuse('accessHad') });
    given(undefined, { admins: [byAda], accessAskedAt: days(-0.9) })
      .when(reader, ask)
      .gives({ refused: refuse('accessAsked', ['Ada']) });
    given()
      .when(reader, ask)
      .gives({ refused: refuse('readerOnly', []) });
  });

  it('can be answered with "not now" by admins, once, and the Reader hears it', () => {
    given(undefined, { admins: [byAda], accessAskedAt: now })
      .when(ada, no)
      .gives({
        person,
        accessAskedAt: null,
        done: 'Ben stays a Reader for now, and is told.',
        audit: [['refuseaccess', 'did not give Ben the Responder role for now']],
        told: benIsTold(
          'You stay a Reader for now',
          'Ada did not give you the Responder role. Talk to them if you need it.',
        ),
      });
    given(undefined, { admins: [byAda] })
      .when(ada, no)
      .gives({ refused: refuse('accessNotAsked', 'Ben') });
    given(undefined, { admins: [byAda], accessAskedAt: now })
      .when(max, no)
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
