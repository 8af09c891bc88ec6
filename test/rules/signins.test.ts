import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import { eraseSignIn } from '../../src/rules/signins/erasing.js';
import { ann, ben, effectOn, given, moment, same, showIt } from './effects.js';
import { days, now, owner, profile, shareWith, signedIn } from './world.js';

const add: Operation = { kind: 'add', type: 'x-user' };
const renew: Operation = { kind: 'renew', profile: 'p1' };
const two = profile({ owners: [owner('ann'), owner('ben')], shares: [shareWith('person', 'cat')] });
const renamed = { ...signedIn('ann'), account: { externalId: '42', handle: 'contoso_new', name: 'Contoso New' } };
const newNames = {
  handle: 'contoso_new',
  name: 'Contoso New',
  formerNames: [{ handle: 'contoso', name: 'Contoso', until: days(90) }],
};

describe('add', () => {
  it('starts with a sign-in, to the type it names or to whichever is chosen', () => {
    given().when(ann, add).gives({ signsIn: 'add', type: 'x-user' });
    given().when(ann, { kind: 'add' }).gives({ signsIn: 'add' });
  });

  it('signed in, makes a profile with one owner and nothing else', () => {
    const account = { ...signedIn('ann').account, picture: 'https://p', url: 'https://u' };
    given(undefined, { signedIn: { ...signedIn('ann'), account } })
      .when(ann, add)
      .gives({
        done: '@contoso (X profile) is added, and you own it.',
        set: {
          tenant: 't',
          id: 'p1',
          type: 'x-user',
          externalId: '42',
          handle: 'contoso',
          name: 'Contoso',
          picture: 'https://p',
          url: 'https://u',
          owners: [owner('ann')],
          shares: [],
          claims: [],
          allowed: {},
          access: ['owner:ann'],
        },
        audit: [['add', 'added it']],
        told: [],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ann').grant }],
      });
  });

  it('of what is owned already renews the sign-in and says so', () => {
    given(two, { signedIn: renamed })
      .when(ann, add)
      .gives({
        done: 'You own @contoso (X profile) already. Your sign-in is renewed.',
        set: newNames,
        audit: [['renew', 'renewed their sign-in; it was renamed from @contoso to @contoso_new']],
        told: [],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ann').grant }],
      });
  });

  it('of what others own is a claim', () => {
    given(profile(), { signedIn: signedIn('ben') })
      .when(ben, add)
      .gives({
        done: 'You own @contoso (X profile) now. Deleting it, taking away what others shared and sharing it with everyone open on 27 November 2026.',
        set: { owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })], access: ['owner:ann', 'owner:ben'] },
        audit: [['claim', 'became an owner by signing in']],
        told: [
          {
            to: 'ann',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too. Until 27 November 2026 you can object there; then Managers decide.',
            orManagers: true,
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant }],
      });
  });

  it('of what was deleted makes a new one', () => {
    given(profile({ deleted: true, id: 'p0' }), { signedIn: signedIn('ann') })
      .when(ann, add)
      .gives({
        done: '@contoso (X profile) is added, and you own it.',
        set: {
          tenant: 't',
          id: 'p1',
          type: 'x-user',
          externalId: '42',
          handle: 'contoso',
          name: 'Contoso',
          owners: [owner('ann')],
          shares: [],
          claims: [],
          allowed: {},
          access: ['owner:ann'],
        },
        audit: [['add', 'added it']],
        told: [],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ann').grant }],
      });
  });
});

describe('renew', () => {
  it('starts with a sign-in to its network', () => {
    given(two).when(ann, renew).gives({ signsIn: 'renew', type: 'x-user' });
  });

  it('swaps the sign-in, takes the names that the network gives now, and changes nothing else', () => {
    given(two, { signedIn: renamed })
      .when(ann, renew)
      .gives({
        done: 'Your sign-in is renewed.',
        set: newNames,
        audit: [['renew', 'renewed their sign-in; it was renamed from @contoso to @contoso_new']],
        told: [],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ann').grant }],
      });
  });

  it('says what the person should know of the new sign-in', () => {
    const warned = { ...signedIn('ann'), warning: 'It ends after 7 days.' };
    given(two, { signedIn: warned })
      .when(ann, renew)
      .gives({
        done: 'Your sign-in is renewed. It ends after 7 days.',
        set: {},
        audit: [['renew', 'renewed their sign-in']],
        told: [],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ann').grant }],
      });
  });

  it('with another account is refused by name', () => {
    const other = { ...signedIn('ann', '43'), account: { externalId: '43', handle: 'fabrikam', name: 'Fabrikam' } };
    given(two, { signedIn: other })
      .when(ann, renew)
      .gives({ refused: refuse('differentAccount', '@contoso (X profile)', '@fabrikam (X profile)') });
  });
});

describe('allow', () => {
  const allow = (what: 'messages' | 'search'): Operation => ({ kind: 'allow', profile: 'p1', what });
  const by = { id: 'ben', name: 'Ben' };
  it('asks first', () => {
    given(two).when(ann, allow('messages')).gives({ asks: 'allow-messages' });
    given(two).when(ann, allow('search')).gives({ asks: 'allow-search' });
  });

  it('confirmed, switches one on and tells the other owners', () => {
    given(two, { confirmed: true })
      .when(ann, allow('messages'))
      .gives({
        done: 'Reading its private messages is allowed.',
        set: { allowed: { messages: { by: { id: 'ann', name: 'Ann' }, at: now } } },
        audit: [['allow', 'allowed reading its private messages']],
        told: [
          {
            to: 'ben',
            title: 'Ann allowed reading with @contoso (X profile)',
            text: 'It is about its private messages. Every owner can switch it.',
            buttons: [showIt],
          },
        ],
      });
    given({ ...two, allowed: { messages: { by, at: days(-1) } } }, { confirmed: true })
      .when(ann, allow('search'))
      .gives({
        done: 'Reading public posts through it is allowed.',
        set: {
          allowed: {
            messages: { by: { id: 'ben', name: 'Ben' }, at: days(-1) },
            search: { by: { id: 'ann', name: 'Ann' }, at: now },
          },
        },
        audit: [['allow', 'allowed reading public posts through it']],
        told: [
          {
            to: 'ben',
            title: 'Ann allowed reading with @contoso (X profile)',
            text: 'It is about public posts through it. Every owner can switch it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('is refused where the network does not let us, or it is on', () => {
    given(two, { cannotAcquire: { messages: 'X asks for money.' } })
      .when(ann, allow('messages'))
      .gives({ refused: refuse('cannotAcquire', '@contoso (X profile)', 'messages', 'X asks for money.') });
    given(two, { cannotAcquire: { search: 'X asks for money.' } })
      .when(ann, allow('messages'))
      .gives({ asks: 'allow-messages' });
    given({ ...two, allowed: { messages: { by, at: days(-1) } } })
      .when(ann, allow('messages'))
      .gives({ refused: refuse('allowedAlready', '@contoso (X profile)', 'messages') });
  });
});

describe('deny', () => {
  const deny = (what: 'messages' | 'search'): Operation => ({ kind: 'deny', profile: 'p1', what });
  const by = { id: 'ben', name: 'Ben' };
  const both = { ...two, allowed: { messages: { by, at: days(-1) }, search: { by, at: days(-1) } } };
  it('switches one off at once and tells the other owners', () => {
    given(both)
      .when(ann, deny('messages'))
      .gives({
        done: 'Reading its private messages is switched off.',
        set: { allowed: { search: { by: { id: 'ben', name: 'Ben' }, at: days(-1) } } },
        audit: [['deny', 'stopped reading its private messages']],
        told: [
          {
            to: 'ben',
            title: 'Ann switched off reading with @contoso (X profile)',
            text: 'It is about its private messages. Every owner can switch it.',
            buttons: [showIt],
          },
        ],
      });
    given(both)
      .when(ann, deny('search'))
      .gives({
        done: 'Reading public posts through it is switched off.',
        set: { allowed: { messages: { by: { id: 'ben', name: 'Ben' }, at: days(-1) } } },
        audit: [['deny', 'stopped reading public posts through it']],
        told: [
          {
            to: 'ben',
            title: 'Ann switched off reading with @contoso (X profile)',
            text: 'It is about public posts through it. Every owner can switch it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('is refused where it is off', () => {
    given(two)
      .when(ann, deny('search'))
      .gives({ refused: refuse('notAllowedYet', '@contoso (X profile)', 'search') });
  });
});

describe('an owner who may be contested', () => {
  const cooling = { ...two, owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })] };
  it('switches no reading on or off yet', () => {
    const by = { id: 'ann', name: 'Ann' };
    given(cooling, { confirmed: true })
      .when(ben, { kind: 'allow', profile: 'p1', what: 'messages' })
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
    given({ ...cooling, allowed: { messages: { by, at: now } } })
      .when(ben, { kind: 'deny', profile: 'p1', what: 'messages' })
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
  });
});

describe('a network that asks for what is kept to be deleted', () => {
  it('has one sign-in dropped without being asked back; its person is told, the profile stays', () => {
    const next = eraseSignIn(two, { id: 'ben', name: 'Ben' }, 'Facebook', moment);
    same(effectOn(two, next, { id: 'network', name: 'Facebook' }), {
      set: {},
      audit: [['erase', 'had the sign-in of Ben deleted']],
      told: [
        {
          to: 'ben',
          title: 'Your sign-in for @contoso (X profile) was deleted, as Facebook asked',
          text: 'The profile stays. To use it again, sign in again.',
          buttons: [['Renew my sign-in', { kind: 'renew', profile: { id: 'p1' } }]],
        },
      ],
      also: [{ id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: now, noted: true }],
    });
  });
});
