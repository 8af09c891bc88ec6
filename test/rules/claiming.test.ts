import { defaultPolicy } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import { ann, ben, cat, given, showIt } from './effects.js';
import { claimOf, days, now, owner, profile, shareWith, signedIn } from './world.js';

const signIn: Operation = { kind: 'claim', profile: 'p1' };
const ask: Operation = { kind: 'claim', profile: 'p1', ask: true };
const shares = [shareWith('person', 'ben'), shareWith('person', 'cat')];
const shared = profile({ shares });
const two = profile({ owners: [owner('ann'), owner('cat')], shares });
const signed = { signedIn: signedIn('ben') };
const approval = { policy: { ...defaultPolicy, claims: 'approval' as const } };
const by = { id: 'ann', name: 'Ann' };

describe('claim, asked for', () => {
  it('makes a claim that waits for seven days', () => {
    given(shared)
      .when(ben, ask)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 1 December 2026. I'll tell you what comes of it.",
        set: {
          claims: [claimOf('ben', { id: 'op1' })],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:ben'],
          nextClaim: days(2),
        },
        audit: [['claim', 'asked to become an owner']],
        told: [],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'op1' }],
      });
  });

  it('carries the reason, beside the claims of others', () => {
    given({ ...shared, claims: [claimOf('cat')] })
      .when(ben, { ...ask, why: 'I run it.' } as Operation)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 1 December 2026. I'll tell you what comes of it.",
        set: {
          claims: [claimOf('cat'), claimOf('ben', { id: 'op1', why: 'I run it.' })],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:cat', 'claim:ben'],
          nextClaim: days(2),
        },
        audit: [['claim', 'asked to become an owner']],
        told: [],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'op1' }],
      });
  });

  it('is refused while one waits already, and open again once that is decided', () => {
    given({ ...shared, claims: [claimOf('ben')] })
      .when(ben, ask)
      .gives({ refused: refuse('claimOpen', '@contoso (X profile)', '1 December 2026') });
    const declined = claimOf('ben', { decided: { as: 'declined', by, at: days(-1) } });
    given({ ...shared, claims: [declined] })
      .when(ben, ask)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 1 December 2026. I'll tell you what comes of it.",
        set: {
          claims: [
            claimOf('ben', { decided: { as: 'declined', by: { id: 'ann', name: 'Ann' }, at: days(-1) } }),
            claimOf('ben', { id: 'op1' }),
          ],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:ben'],
          nextClaim: days(2),
        },
        audit: [['claim', 'asked to become an owner']],
        told: [],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'op1' }],
      });
  });
});

describe('claim, by signing in', () => {
  it('starts with the sign-in', () => {
    given(shared).when(ben, signIn).gives({ signsIn: 'claim', type: 'x-user' });
    given({ ...shared, claims: [claimOf('ben')] })
      .when(ben, signIn)
      .gives({ signsIn: 'claim', type: 'x-user' });
  });

  it('is refused while a proven one waits', () => {
    given({ ...shared, claims: [claimOf('ben', { proven: true })] })
      .when(ben, signIn)
      .gives({ refused: refuse('claimOpen', '@contoso (X profile)', '1 December 2026') });
  });

  it('makes an owner at once, who may be contested for a while; the only owner has to know', () => {
    given(shared, signed)
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now. Deleting it, taking away what others shared and sharing it with everyone open on 27 November 2026.',
        set: {
          owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })],
          access: ['owner:ann', 'owner:ben', 'person:ben', 'person:cat'],
        },
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

  it('tells each of several owners, who may contest only if they are not contested themselves', () => {
    const about = { ...two, owners: [owner('ann'), owner('cat', { coolOffUntil: days(1) })] };
    given(about, signed)
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now. Deleting it, taking away what others shared and sharing it with everyone open on 27 November 2026.',
        set: {
          owners: [owner('ann'), owner('cat', { coolOffUntil: days(1) }), owner('ben', { coolOffUntil: days(3) })],
          access: ['owner:ann', 'owner:cat', 'owner:ben', 'person:ben', 'person:cat'],
        },
        audit: [['claim', 'became an owner by signing in']],
        told: [
          {
            to: 'ann',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too. Until 27 November 2026 you can object there; then Managers decide.',
            buttons: [showIt],
          },
          {
            to: 'cat',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too.',
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant }],
      });
  });

  it('makes an owner without a wait where nobody owns it, or the organisation wants none', () => {
    given(profile({ owners: [] }), signed)
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now.',
        set: { owners: [owner('ben')], access: ['owner:ben'] },
        audit: [['claim', 'became an owner by signing in']],
        told: [],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant }],
      });
    given(shared, { ...signed, policy: { ...defaultPolicy, coolOffDays: 0 } })
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now.',
        set: { owners: [owner('ann'), owner('ben')], access: ['owner:ann', 'owner:ben', 'person:ben', 'person:cat'] },
        audit: [['claim', 'became an owner by signing in']],
        told: [
          {
            to: 'ann',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too.',
            orManagers: true,
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant }],
      });
  });

  it('takes the names that the network gives now, and closes the claim that waited', () => {
    const renamed = signedIn('ben');
    const account = { ...renamed.account, handle: 'contoso_new', name: 'Contoso New' };
    const claims = [claimOf('ben'), claimOf('cat')];
    given({ ...shared, claims }, { signedIn: { ...renamed, account } })
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now. Deleting it, taking away what others shared and sharing it with everyone open on 27 November 2026.',
        set: {
          handle: 'contoso_new',
          name: 'Contoso New',
          formerNames: [{ handle: 'contoso', name: 'Contoso', until: days(90) }],
          owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })],
          claims: [
            claimOf('ben', { decided: { as: 'granted', by: { id: 'ben', name: 'Ben' }, at: now } }),
            claimOf('cat'),
          ],
          access: ['owner:ann', 'owner:ben', 'person:ben', 'person:cat', 'claims', 'claim:cat'],
          nextClaim: days(2),
        },
        audit: [['claim', 'became an owner by signing in; it was renamed from @contoso to @contoso_new']],
        told: [
          {
            to: 'ann',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too. Until 27 November 2026 you can object there; then Managers decide.',
            orManagers: true,
            buttons: [showIt],
          },
        ],
        also: [
          { id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
          { id: 'op1:card-1', kind: 'claimCard', claim: 'claim-cat' },
        ],
      });
  });

  it('brings an owner who was leaving, and whose day has come, back as a new one', () => {
    const owners = [owner('ann'), owner('ben', { since: days(-9), leavingAt: now })];
    given({ ...shared, owners }, { ...signed, policy: { ...defaultPolicy, coolOffDays: 1 } })
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now. Deleting it, taking away what others shared and sharing it with everyone open on 25 November 2026.',
        set: {
          owners: [owner('ann'), owner('ben', { coolOffUntil: days(1) })],
          access: ['owner:ann', 'owner:ben', 'person:ben', 'person:cat'],
        },
        audit: [['claim', 'became an owner by signing in']],
        told: [
          {
            to: 'ann',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too. Until 25 November 2026 you can object there; then Managers decide.',
            orManagers: true,
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant }],
      });
  });

  it('to another account is refused by name', () => {
    const other = { ...signedIn('ben', '43'), account: { externalId: '43', handle: 'fabrikam', name: 'Fabrikam' } };
    given(shared, { signedIn: other })
      .when(ben, signIn)
      .gives({ refused: refuse('differentAccount', '@contoso (X profile)', '@fabrikam (X profile)') });
  });

  it('waits for a decision where claims are decided, and keeps the sign-in for it', () => {
    given(shared, { ...signed, ...approval })
      .when(ben, { ...signIn, why: 'I run it.' } as Operation)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 1 December 2026. I'll tell you what comes of it.",
        set: {
          claims: [claimOf('ben', { id: 'op1', proven: true, why: 'I run it.' })],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:ben'],
          nextClaim: days(2),
        },
        audit: [['claim', 'signed in and asked to become an owner']],
        told: [],
        also: [
          { id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'op1' },
        ],
      });
  });

  it('makes the claim that waits a proven one', () => {
    const open = claimOf('ben', { at: days(-1), ends: days(6), why: 'Old.' });
    given({ ...shared, claims: [open] }, { ...signed, ...approval })
      .when(ben, signIn)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 30 November 2026. I'll tell you what comes of it.",
        set: {
          claims: [claimOf('ben', { at: days(-1), ends: days(6), proven: true, why: 'Old.' })],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:ben'],
          nextClaim: days(1),
        },
        audit: [['claim', 'signed in and asked to become an owner']],
        told: [],
        also: [
          { id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        ],
      });
    given({ ...shared, claims: [open] }, { ...signed, ...approval })
      .when(ben, { ...signIn, why: 'New.' } as Operation)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 30 November 2026. I'll tell you what comes of it.",
        set: {
          claims: [claimOf('ben', { at: days(-1), ends: days(6), proven: true, why: 'New.' })],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:ben'],
          nextClaim: days(1),
        },
        audit: [['claim', 'signed in and asked to become an owner']],
        told: [],
        also: [
          { id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        ],
      });
    given({ ...shared, claims: [claimOf('ben', { proven: true })] }, { ...signed, ...approval })
      .when(ben, signIn)
      .gives({ refused: refuse('claimOpen', '@contoso (X profile)', '1 December 2026') });
  });
});

describe('claim, after an objection', () => {
  const objected = (more: Parameters<typeof claimOf>[1] = {}) =>
    claimOf('ben', { proven: true, objectedBy: by, ...more });
  const ended = { as: 'declined' as const, by: { id: 'max', name: 'Max' }, at: days(-1) };

  it('waits for Managers, signed in or not', () => {
    given({ ...shared, claims: [objected({ decided: ended })] }, signed)
      .when(ben, signIn)
      .gives({
        done: "Your claim of @contoso (X profile) waits for a decision until 1 December 2026. I'll tell you what comes of it.",
        set: {
          claims: [
            claimOf('ben', {
              proven: true,
              objectedBy: { id: 'ann', name: 'Ann' },
              decided: { as: 'declined', by: { id: 'max', name: 'Max' }, at: days(-1) },
            }),
            claimOf('ben', { id: 'op1', proven: true, objectedBy: { id: 'ann', name: 'Ann' } }),
          ],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:ben', 'claims:managers'],
          nextClaim: days(2),
        },
        audit: [['claim', 'signed in and asked to become an owner']],
        told: [],
        also: [
          { id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'op1' },
        ],
      });
  });

  it('is free again once a later one was approved', () => {
    const approved = objected({ id: 'c2', at: days(-1), decided: { ...ended, as: 'approved' } });
    const declined = objected({ id: 'c1', at: days(-2), decided: ended });
    const claims = [declined, approved];
    given({ ...shared, claims }, { ...signed, policy: { ...defaultPolicy, coolOffDays: 0 } })
      .when(ben, signIn)
      .gives({
        done: 'You own @contoso (X profile) now.',
        set: {
          owners: [owner('ann'), owner('ben')],
          access: ['owner:ann', 'owner:ben', 'person:ben', 'person:cat'],
          nextClaim: days(29),
        },
        audit: [['claim', 'became an owner by signing in']],
        told: [
          {
            to: 'ann',
            title: 'Ben became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too.',
            orManagers: true,
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('ben').grant }],
      });
  });

  it('counts only against who was contested', () => {
    given(
      { ...shared, claims: [objected({ decided: ended })] },
      { signedIn: signedIn('cat'), policy: { ...defaultPolicy, coolOffDays: 0 } },
    )
      .when(cat, signIn)
      .gives({
        done: 'You own @contoso (X profile) now.',
        set: {
          owners: [owner('ann'), owner('cat')],
          access: ['owner:ann', 'owner:cat', 'person:ben', 'person:cat'],
          nextClaim: days(29),
        },
        audit: [['claim', 'became an owner by signing in']],
        told: [
          {
            to: 'ann',
            title: 'Cat became an owner of @contoso (X profile)',
            text: 'They proved it by signing in to the account. You still own it too.',
            orManagers: true,
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:grant', kind: 'grant', grant: signedIn('cat').grant }],
      });
  });
});

describe('withdraw', () => {
  const withdraw: Operation = { kind: 'withdraw', profile: 'p1' };
  it('ends one claim, and drops the sign-in that came with it', () => {
    given({ ...shared, claims: [claimOf('ben'), claimOf('cat')] })
      .when(ben, withdraw)
      .gives({
        done: 'Your claim of @contoso (X profile) is withdrawn.',
        set: {
          claims: [
            claimOf('ben', { decided: { as: 'withdrawn', by: { id: 'ben', name: 'Ben' }, at: now } }),
            claimOf('cat'),
          ],
          access: ['owner:ann', 'person:ben', 'person:cat', 'claims', 'claim:cat'],
          nextClaim: days(2),
        },
        audit: [['withdraw', 'withdrew their claim']],
        told: [],
        also: [{ id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' }],
      });
    given({ ...shared, claims: [claimOf('ben', { proven: true })] })
      .when(ben, withdraw)
      .gives({
        done: 'Your claim of @contoso (X profile) is withdrawn.',
        set: {
          claims: [
            claimOf('ben', { proven: true, decided: { as: 'withdrawn', by: { id: 'ben', name: 'Ben' }, at: now } }),
          ],
          nextClaim: days(30),
        },
        audit: [['withdraw', 'withdrew their claim']],
        told: [],
        also: [
          { id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: now },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        ],
      });
  });

  it('is refused where none waits', () => {
    given({ ...shared, claims: [claimOf('cat')] })
      .when(ben, withdraw)
      .gives({ refused: refuse('noClaim', '@contoso (X profile)') });
    given(shared)
      .when(ann, withdraw)
      .gives({ refused: refuse('noClaim', '@contoso (X profile)') });
  });
});
