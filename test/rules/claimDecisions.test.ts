import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import { ada, ann, ben, cat, given, max, showIt } from './effects.js';
import { actor, claimOf, days, now, owner, profile, shareWith } from './world.js';

const decide = (kind: 'approve' | 'decline', reason?: string): Operation => ({
  ...{ kind, profile: 'p1', claim: 'claim-ben' },
  ...(reason ? { reason } : {}),
});
const works = { claimant: 'works' as const };
const shares = [shareWith('person', 'ben'), shareWith('person', 'cat')];
const waiting = profile({ owners: [owner('ann'), owner('eve')], shares, claims: [claimOf('ben'), claimOf('cat')] });
const proven = { ...waiting, claims: [claimOf('ben', { proven: true })] };
const by = { id: 'ann', name: 'Ann' };
const objected = { ...waiting, claims: [claimOf('ben', { proven: true, objectedBy: by })] };

describe('approve', () => {
  it('makes the claimant an owner without a wait, who is asked to sign in; the other owners are told', () => {
    given(waiting, works)
      .when(ann, decide('approve'))
      .gives({
        done: 'Ben is an owner of @contoso (X profile) now.',
        set: {
          owners: [owner('ann'), owner('eve'), owner('ben')],
          claims: [
            claimOf('ben', { decided: { as: 'approved', by: { id: 'ann', name: 'Ann' }, at: now } }),
            claimOf('cat'),
          ],
          access: ['owner:ann', 'owner:eve', 'owner:ben', 'person:ben', 'person:cat', 'claims', 'claim:cat'],
        },
        audit: [['approve', 'approved the claim of Ben, who is an owner now']],
        told: [
          {
            to: 'ben',
            title: 'You own @contoso (X profile) now',
            text: 'Ann approved your claim. Sign in to it, so that it stays alive when the others are away.',
            buttons: [['Sign in to it', { kind: 'renew', profile: { id: 'p1' } }], showIt],
          },
          {
            to: 'eve',
            title: 'Ben is an owner of @contoso (X profile) now',
            text: 'Ann approved the claim. You still own it too.',
            buttons: [showIt],
          },
        ],
        also: [
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
          { id: 'op1:card-1', kind: 'claimCard', claim: 'claim-cat' },
        ],
      });
  });

  it('of who signed in asks for no sign-in, and says why', () => {
    given(proven, works)
      .when(ann, decide('approve', 'Welcome.'))
      .gives({
        done: 'Ben is an owner of @contoso (X profile) now.',
        set: {
          owners: [owner('ann'), owner('eve'), owner('ben')],
          claims: [
            claimOf('ben', {
              proven: true,
              decided: { as: 'approved', by: { id: 'ann', name: 'Ann' }, at: now, reason: 'Welcome.' },
            }),
          ],
          access: ['owner:ann', 'owner:eve', 'owner:ben', 'person:ben', 'person:cat'],
          nextClaim: days(30),
        },
        audit: [['approve', 'approved the claim of Ben, who is an owner now: "Welcome."']],
        told: [
          {
            to: 'ben',
            title: 'You own @contoso (X profile) now',
            text: 'Ann approved your claim: "Welcome."',
            buttons: [showIt],
          },
          {
            to: 'eve',
            title: 'Ben is an owner of @contoso (X profile) now',
            text: 'Ann approved the claim. You still own it too.',
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' }],
      });
  });

  it('puts an owner whose time is over in anew', () => {
    const owners = [owner('ann'), owner('ben', { since: days(-9), leavingAt: now })];
    given({ ...proven, owners }, works)
      .when(ann, decide('approve'))
      .gives({
        done: 'Ben is an owner of @contoso (X profile) now.',
        set: {
          owners: [owner('ann'), owner('ben')],
          claims: [
            claimOf('ben', { proven: true, decided: { as: 'approved', by: { id: 'ann', name: 'Ann' }, at: now } }),
          ],
          access: ['owner:ann', 'owner:ben', 'person:ben', 'person:cat'],
          nextClaim: days(30),
        },
        audit: [['approve', 'approved the claim of Ben, who is an owner now']],
        told: [
          { to: 'ben', title: 'You own @contoso (X profile) now', text: 'Ann approved your claim.', buttons: [showIt] },
        ],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' }],
      });
  });

  it('is refused when the claimant cannot be an owner', () => {
    given(waiting, { claimant: 'gone' })
      .when(ann, decide('approve'))
      .gives({ refused: refuse('claimantCannot', 'Ben', '@contoso (X profile)', 'gone') });
    given(waiting, { claimant: 'reader' })
      .when(ann, decide('approve'))
      .gives({ refused: refuse('claimantCannot', 'Ben', '@contoso (X profile)', 'reader') });
    given(waiting)
      .when(ann, decide('approve'))
      .gives({ refused: refuse('claimantCannot', 'Ben', '@contoso (X profile)', 'gone') });
  });
});

describe('decline', () => {
  it('ends the claim and tells the claimant', () => {
    given(waiting)
      .when(ann, decide('decline'))
      .gives({
        done: 'The claim of Ben is declined.',
        set: {
          claims: [
            claimOf('ben', { decided: { as: 'declined', by: { id: 'ann', name: 'Ann' }, at: now } }),
            claimOf('cat'),
          ],
          access: ['owner:ann', 'owner:eve', 'person:ben', 'person:cat', 'claims', 'claim:cat'],
        },
        audit: [['decline', 'declined the claim of Ben']],
        told: [{ to: 'ben', title: 'Your claim of @contoso (X profile) was declined', text: 'Ann declined it.' }],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' }],
      });
  });

  it('drops the sign-in that came with it, and says why', () => {
    given(proven)
      .when(ann, decide('decline', 'We do not know you.'))
      .gives({
        done: 'The claim of Ben is declined.',
        set: {
          claims: [
            claimOf('ben', {
              proven: true,
              decided: { as: 'declined', by: { id: 'ann', name: 'Ann' }, at: now, reason: 'We do not know you.' },
            }),
          ],
          access: ['owner:ann', 'owner:eve', 'person:ben', 'person:cat'],
          nextClaim: days(30),
        },
        audit: [['decline', 'declined the claim of Ben: "We do not know you."']],
        told: [
          {
            to: 'ben',
            title: 'Your claim of @contoso (X profile) was declined',
            text: 'Ann declined it: "We do not know you."',
          },
        ],
        also: [
          { id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: now },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        ],
      });
  });
});

describe('a claim is decided by', () => {
  const refused = (about: typeof waiting, by: typeof ann) =>
    given(about, { ...works, admins: [{ id: 'ada', name: 'Ada' }] }).when(by, decide('decline'));
  it('its owners, and nobody else while there is one', () => {
    refused(waiting, cat).gives({ refused: refuse('ownersDecide', '@contoso (X profile)', ['Ann', 'Eve']) });
    refused(waiting, max).gives({ refused: refuse('ownersDecide', '@contoso (X profile)', ['Ann', 'Eve']) });
    refused(waiting, ada).gives({ refused: refuse('ownersDecide', '@contoso (X profile)', ['Ann', 'Eve']) });
  });

  it('never by the claimant', () => {
    refused(waiting, ben).gives({ refused: refuse('ownClaim', '@contoso (X profile)') });
    refused({ ...waiting, owners: [] }, actor('ben', { role: 'manager', admin: true })).gives({
      refused: refuse('ownClaim', '@contoso (X profile)'),
    });
  });

  it('a Manager or an admin where no owner can, or an owner objected', () => {
    refused({ ...waiting, owners: [] }, cat).gives({
      refused: refuse('managersDecide', '@contoso (X profile)', undefined, ['Ada']),
    });
    refused(objected, ann).gives({ refused: refuse('managersDecide', '@contoso (X profile)', 'Ann', ['Ada']) });
    refused(objected, actor('eve', { role: 'manager' })).gives({
      refused: refuse('managersDecide', '@contoso (X profile)', 'Ann', ['Ada']),
    });
    given(objected)
      .when(max, decide('decline'))
      .gives({
        done: 'The claim of Ben is declined.',
        set: {
          claims: [
            claimOf('ben', {
              proven: true,
              objectedBy: { id: 'ann', name: 'Ann' },
              decided: { as: 'declined', by: { id: 'max', name: 'Max' }, at: now },
            }),
          ],
          access: ['owner:ann', 'owner:eve', 'person:ben', 'person:cat'],
          nextClaim: days(30),
        },
        audit: [['decline', 'declined the claim of Ben']],
        told: [{ to: 'ben', title: 'Your claim of @contoso (X profile) was declined', text: 'Max declined it.' }],
        also: [
          { id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: now },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        ],
      });
  });

  it('the first of them, and before it ends', () => {
    const decided = { as: 'approved' as const, by, at: days(-1) };
    refused({ ...waiting, claims: [claimOf('ben', { decided })] }, ann).gives({
      refused: refuse('claimDecided', 'Ben', '@contoso (X profile)', 'approved', 'Ann'),
    });
    refused({ ...waiting, claims: [claimOf('ben', { ends: now })] }, ann).gives({
      refused: refuse('claimDecided', 'Ben', '@contoso (X profile)', 'ended', ''),
    });
    refused({ ...waiting, claims: [] }, ann).gives({ refused: refuse('notFound') });
  });

  it('shows itself to whoever knows its id', () => {
    const look: Operation = { kind: 'claimcard', profile: 'p1', claim: 'claim-ben' };
    given(waiting).when(actor('gus'), look).gives({ shows: true });
    given({ ...waiting, claims: [] })
      .when(actor('gus'), look)
      .gives({ refused: refuse('notFound') });
    given()
      .when(actor('gus'), look)
      .gives({ refused: refuse('notFound') });
  });
});

describe('object', () => {
  const object = (person?: string): Operation => ({
    kind: 'object',
    profile: 'p1',
    ...(person ? { owner: person } : {}),
  });
  const contested = profile({
    owners: [
      owner('ann'),
      owner('eve'),
      owner('ben', { coolOffUntil: days(2), since: days(-1) }),
      owner('cat', { coolOffUntil: days(3) }),
      owner('gus', { coolOffUntil: now, since: days(1) }),
    ],
    claims: [claimOf('cat', { id: 'old' })],
  });

  it('makes the latest new owner a claimant whom Managers decide on; both sides are told', () => {
    given(contested).when(ann, object()).gives({ asks: 'object' });
    given(contested, { confirmed: true })
      .when(ann, object())
      .gives({
        done: 'Cat no longer owns @contoso (X profile). A Manager or an admin decides now.',
        set: {
          owners: [
            owner('ann'),
            owner('eve'),
            owner('ben', { since: days(-1), coolOffUntil: days(2) }),
            owner('gus', { since: days(1), coolOffUntil: now }),
          ],
          claims: [
            claimOf('cat', { id: 'old', decided: { as: 'objected', by: { id: 'ann', name: 'Ann' }, at: now } }),
            claimOf('cat', { id: 'op1', proven: true, objectedBy: { id: 'ann', name: 'Ann' } }),
          ],
          access: ['owner:ann', 'owner:eve', 'owner:ben', 'owner:gus', 'claims', 'claim:cat', 'claims:managers'],
        },
        audit: [['object', 'objected to Cat, whose claim Managers decide now']],
        told: [
          {
            to: 'cat',
            title: 'Ann objected to your owning @contoso (X profile)',
            text: 'You no longer own it; a Manager or an admin decides now. Until then your sign-in is kept, but not used.',
            buttons: [['Withdraw my claim', { kind: 'withdraw', profile: { id: 'p1' } }]],
          },
          {
            to: 'eve',
            title: 'Ann objected to Cat owning @contoso (X profile)',
            text: 'A Manager or an admin decides now. Until then Cat does not own it.',
            buttons: [showIt],
          },
          {
            to: 'ben',
            title: 'Ann objected to Cat owning @contoso (X profile)',
            text: 'A Manager or an admin decides now. Until then Cat does not own it.',
            buttons: [showIt],
          },
          {
            to: 'gus',
            title: 'Ann objected to Cat owning @contoso (X profile)',
            text: 'A Manager or an admin decides now. Until then Cat does not own it.',
            buttons: [showIt],
          },
        ],
        also: [
          { id: 'op1:card-0', kind: 'claimCard', claim: 'old' },
          { id: 'op1:card-1', kind: 'claimCard', claim: 'op1' },
        ],
      });
  });

  it('means the one it names', () => {
    given(contested, { confirmed: true })
      .when(ann, object('ben'))
      .gives({
        done: 'Ben no longer owns @contoso (X profile). A Manager or an admin decides now.',
        set: {
          owners: [
            owner('ann'),
            owner('eve'),
            owner('cat', { coolOffUntil: days(3) }),
            owner('gus', { since: days(1), coolOffUntil: now }),
          ],
          claims: [
            claimOf('cat', { id: 'old' }),
            claimOf('ben', { id: 'op1', proven: true, objectedBy: { id: 'ann', name: 'Ann' } }),
          ],
          access: [
            'owner:ann',
            'owner:eve',
            'owner:cat',
            'owner:gus',
            'claims',
            'claim:cat',
            'claim:ben',
            'claims:managers',
          ],
        },
        audit: [['object', 'objected to Ben, whose claim Managers decide now']],
        told: [
          {
            to: 'ben',
            title: 'Ann objected to your owning @contoso (X profile)',
            text: 'You no longer own it; a Manager or an admin decides now. Until then your sign-in is kept, but not used.',
            buttons: [['Withdraw my claim', { kind: 'withdraw', profile: { id: 'p1' } }]],
          },
          {
            to: 'eve',
            title: 'Ann objected to Ben owning @contoso (X profile)',
            text: 'A Manager or an admin decides now. Until then Ben does not own it.',
            buttons: [showIt],
          },
          {
            to: 'cat',
            title: 'Ann objected to Ben owning @contoso (X profile)',
            text: 'A Manager or an admin decides now. Until then Ben does not own it.',
            buttons: [showIt],
          },
          {
            to: 'gus',
            title: 'Ann objected to Ben owning @contoso (X profile)',
            text: 'A Manager or an admin decides now. Until then Ben does not own it.',
            buttons: [showIt],
          },
        ],
        also: [
          { id: 'op1:card-0', kind: 'claimCard', claim: 'old' },
          { id: 'op1:card-1', kind: 'claimCard', claim: 'op1' },
        ],
      });
    given(contested)
      .when(ann, object('gus'))
      .gives({ refused: refuse('nothingToContest', '@contoso (X profile)') });
    given(contested)
      .when(ann, object('eve'))
      .gives({ refused: refuse('nothingToContest', '@contoso (X profile)') });
  });

  it('is not for those who may be contested themselves, nor when nobody may', () => {
    given(contested)
      .when(ben, object('cat'))
      .gives({ refused: refuse('nothingToContest', '@contoso (X profile)') });
    given(waiting)
      .when(ann, object())
      .gives({ refused: refuse('nothingToContest', '@contoso (X profile)') });
  });
});

describe('vouch', () => {
  const vouch = (person?: string): Operation => ({
    kind: 'vouch',
    profile: 'p1',
    ...(person ? { owner: person } : {}),
  });
  const contested = profile({
    owners: [
      owner('ann'),
      owner('ben', { coolOffUntil: days(2), since: days(-1) }),
      owner('cat', { coolOffUntil: days(3) }),
    ],
  });

  it('ends the wait of one new owner, who is told', () => {
    given(contested)
      .when(ann, vouch('ben'))
      .gives({
        done: 'Ben can do everything with @contoso (X profile) now.',
        set: { owners: [owner('ann'), owner('ben', { since: days(-1) }), owner('cat', { coolOffUntil: days(3) })] },
        audit: [['vouch', 'said yes to Ben as an owner']],
        told: [
          {
            to: 'ben',
            title: 'Ann is fine with your owning @contoso (X profile)',
            text: 'You can do everything with it now.',
            buttons: [showIt],
          },
        ],
      });
    given(contested)
      .when(ann, vouch())
      .gives({
        done: 'Cat can do everything with @contoso (X profile) now.',
        set: { owners: [owner('ann'), owner('ben', { since: days(-1), coolOffUntil: days(2) }), owner('cat')] },
        audit: [['vouch', 'said yes to Cat as an owner']],
        told: [
          {
            to: 'cat',
            title: 'Ann is fine with your owning @contoso (X profile)',
            text: 'You can do everything with it now.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('is refused when nobody waits', () => {
    given(contested)
      .when(ann, vouch('ann'))
      .gives({ refused: refuse('nothingToContest', '@contoso (X profile)') });
    given(waiting)
      .when(ann, vouch())
      .gives({ refused: refuse('nothingToContest', '@contoso (X profile)') });
  });
});
