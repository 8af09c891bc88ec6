import { nameOf } from '../../rules/access.js';
import { openClaimOf } from '../../rules/claims/claims.js';
import { dayOf } from '../../rules/days.js';
import type { Decision, Question, State } from '../../rules/decision.js';
import { maySee } from '../../rules/may.js';
import { type Asked, rowOf } from '../../rules/operation.js';
import { typeNames } from '../../rules/profileTypes.js';
import { actWord, type Publishing } from '../../rules/publishing/intent.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { GrantFacts, OutboxEntry, Profile } from '../../rules/types.js';
import { claimFacts } from '../answers/claims.js';
import { noticesOutcome } from '../answers/notices.js';
import { pickOutcome } from '../answers/picker.js';
import { policyOutcome } from '../answers/policy.js';
import { factsOf } from '../answers/profileFacts.js';
import { aboutShare, sharesCounted } from '../answers/shared.js';
import { viewOutcome } from '../answers/views.js';
import { startLinkout } from '../linkouts/linkouts.js';
import { waitRefusal } from '../linkouts/linkWait.js';
import { effectOf, sharedEffect } from '../people/reach.js';
import { approvalFacts, approvalOutcome } from '../publishing/approvals.js';
import { underWayNotes } from '../publishing/freezes.js';
import { picturesOutcome } from '../publishing/pictureOutcome.js';
import { composeOutcome, postingOutcome } from '../publishing/postings.js';
import { aimOutcome, isReacting, replyForm } from '../publishing/reactions.js';
import { keepConfirm } from './confirms.js';
import type { Effect, Outcome } from './outcome.js';
import type { Needs, Parts } from './parts.js';
import type { Step } from './step.js';

/** What there is to show after a decision was written. */
export async function outcomeOf(
  services: Parts,
  step: Step,
  state: State,
  decision: Decision,
  changed: string | undefined,
): Promise<Outcome> {
  const { actor, operation } = step;
  const { shows } = rowOf(operation, actor);
  switch (decision.kind) {
    case 'refuse':
      return refusedOutcome(services, step, state, decision.refusal);
    case 'changeTenant':
      if (shows === 'policy') return policyOutcome(services, actor.tenant, decision.done);
      return {
        kind: 'said',
        title: decision.done,
        ...(decision.frozen ? await onTheirWay(services, decision, state) : {}),
      };
    case 'change':
      if (shows === 'claim') {
        const claim = await decidedNow(services, step, state, decision.profile);
        if (claim) return { kind: 'claim', claim, done: decision.done };
      }
      return changedOutcome(services, step, state.profile, decision, grantsAfter(state, decision.profile));
    case 'changeNotices':
      return noticesOutcome(services, actor, decision.done);
    case 'changePerson':
      return { kind: 'said', title: decision.done };
    case 'intents': {
      const [decided] = decision.intents;
      if (shows === 'approval' && decided) return approvalOutcome(services, actor, decided);
      return postingOutcome(services, actor, decision.intents, state.publishing?.intents ?? []);
    }
    case 'compose':
      if (operation.kind === 'post') return composeOutcome(services, actor, operation, state.publishing ?? {});
      return isReacting(operation) ? replyForm(operation, state.publishing?.aim) : notThere;
    case 'pictures':
      return operation.kind === 'pictures' ? picturesOutcome(services, actor, operation) : notThere;
    case 'aim':
      return isReacting(operation) ? aimOutcome(actor, operation, state.publishing?.aim, step.moment.now) : notThere;
    case 'view':
      return viewOutcome(services, { ...step, state }, operation);
    case 'ask':
      return askOutcome(services, step, state, decision.question, changed);
    case 'pick':
      return pickOutcome(services, step, state);
    case 'linkOut':
      return linkOutcome(services, step, state, decision);
  }
}

const notThere: Outcome = { kind: 'refused', refusal: refuse('notFound') };

/** A freeze names what it came too late for; a further yes to a thaw has nothing to name. */
async function onTheirWay(services: Needs<'collections' | 'clock'>, decision: { entry: OutboxEntry }, state: State) {
  if (state.frozenAll || decision.entry.kind !== 'audit') return {};
  return { text: (await underWayNotes(services, decision.entry.record.tenant)).join(' ') };
}

/** The claim that was decided just now: it is what the card is about, and maybe all that its channel may see. */
function decidedNow(
  services: Needs<'collections' | 'clock' | 'policies' | 'admins'>,
  { actor }: Step,
  { profile }: State,
  next: Profile,
) {
  const claim = next.claims.find((one) => one.decided && !profile?.claims.includes(one));
  return claim && claimFacts(services, next, claim.id, actor);
}

/** A click on a claim that is over shows how it ended, on a post that is decided too; whoever claims again sees the claim that waits. */
async function refusedOutcome(
  services: Needs<'collections' | 'clock' | 'policies' | 'admins' | 'networks'>,
  { actor, operation }: Step,
  { profile }: State,
  refusal: Refusal,
): Promise<Outcome> {
  if ((refusal.code === 'postDecided' || refusal.code === 'approvalOld') && 'intent' in operation && operation.intent) {
    const approval = await approvalFacts(services, actor, operation.intent);
    return { kind: 'refused', refusal, ...(approval ? { approval } : {}) };
  }
  const isLate = refusal.code === 'claimDecided' && 'claim' in operation;
  const waiting = profile && refusal.code === 'claimOpen' ? openClaimOf(profile, actor.id)?.id : undefined;
  const shown = isLate ? operation.claim : waiting;
  const claim = profile && shown ? await claimFacts(services, profile, shown, actor) : undefined;
  return { kind: 'refused', refusal, ...(claim ? { claim } : {}) };
}

async function changedOutcome(
  services: Needs<'reaches' | 'collections' | 'clock'>,
  { actor, asked, operation, moment }: Step,
  before: Profile | undefined,
  { profile, done }: Extract<Decision, { kind: 'change' }>,
  grants: readonly GrantFacts[],
): Promise<Outcome> {
  if (!maySee({ actor, profile, now: moment.now })) return { kind: 'gone', done };
  const [counts, { more, notes }] = await Promise.all([
    sharesCounted(services, profile, moment.now),
    aboutShare(services, actor.tenant, asked, operation),
  ]);
  return {
    kind: 'profile',
    facts: factsOf(profile, grants, actor, moment.now),
    done: more ? `${done} ${more}` : done,
    notes: profile.frozen && !before?.frozen ? await underWayNotes(services, actor.tenant, profile.id) : notes,
    counts,
  };
}

/** The grants as they will be once the outbox is empty: the answer does not wait for the relay. */
function grantsAfter(state: State, next: Profile): GrantFacts[] {
  let grants = [...state.grants];
  for (const entry of next.outbox) {
    if (entry.kind === 'grant') grants = [...grants.filter(({ person }) => person !== entry.grant.person), entry.grant];
    if (entry.kind === 'dropGrant')
      grants = grants.filter(({ person }) => entry.person !== 'all' && person !== entry.person);
  }
  return grants;
}

async function askOutcome(
  services: Needs<'collections' | 'clock' | 'ids' | 'reaches'>,
  { actor, asked, operation, moment }: Step,
  state: State,
  question: Extract<Decision, { kind: 'ask' }>['question'],
  changed: string | undefined,
): Promise<Outcome> {
  const { profile, channel } = state;
  if (question === 'approvals') {
    if (!channel) return { kind: 'refused', refusal: refuse('approvalsInChannel') };
    const confirm = await keepConfirm(services, actor, asked, channel);
    return { kind: 'askChannel', confirm: confirm.id, channel: channel.name };
  }
  if (question === 'demote-self') {
    const confirm = await keepConfirm(services, actor, asked);
    return operation.kind === 'role' ? { kind: 'askRole', confirm: confirm.id, role: operation.role } : notThere;
  }
  if (!profile) return { kind: 'refused', refusal: refuse('notFound') };
  const byId = {
    ...operation,
    profile: { id: profile.id },
    ...('who' in asked ? { who: asked.who } : {}),
  } as typeof asked;
  const effect = await effectAsked(services, actor.tenant, question, operation);
  const confirm = await keepConfirm(services, actor, byId, profile);
  return {
    kind: 'ask',
    confirm: confirm.id,
    question,
    facts: factsOf(profile, state.grants, actor, moment.now),
    operation: byId,
    ...(effect ? { effect } : {}),
    ...takesBackOf(state.publishing),
    ...(changed ? { changed } : {}),
  };
}

function takesBackOf(publishing: Publishing | undefined) {
  const { intents: [intent] = [], takeBackCost: cost } = publishing ?? {};
  return intent && cost ? { takesBack: { word: actWord(intent), cost } } : {};
}

/** How many people gain or lose something by it, where that is more than those who are named. */
async function effectAsked(
  services: Needs<'reaches'>,
  tenant: string,
  question: Question,
  operation: Step['operation'],
): Promise<Effect | undefined> {
  if (question === 'share-everyone') return effectOf(services, tenant, [{ kind: 'everyone' }]);
  return question === 'unshare-many' && operation.kind === 'unshare'
    ? sharedEffect(services, tenant, operation.who)
    : undefined;
}

async function linkOutcome(
  services: Needs<'collections' | 'networks' | 'clock' | 'baseUrl' | 'limits' | 'identity' | 'policies' | 'admins'>,
  step: Step,
  state: State,
  { why, type }: Extract<Decision, { kind: 'linkOut' }>,
): Promise<Outcome> {
  const { offered } = services.networks;
  const { operation } = step;
  const network = operation.kind === 'add' ? operation.network : undefined;
  if (!type)
    return { kind: 'chooseType', offered: offered.filter((one) => !network || typeNames[one].network === network) };
  const facts = state.profile && factsOf(state.profile, state.grants, step.actor, step.moment.now);
  const waits = why === 'claim' && facts ? openClaimOf(facts.profile, step.actor.id) : undefined;
  const orAsk = why === 'claim' && facts && !waits ? askInstead(step, facts.profile) : undefined;
  if (!offered.includes(type) && facts && orAsk) return { kind: 'onlyAsk', facts, orAsk };
  if (!offered.includes(type) && facts && waits)
    return refusedOutcome(services, step, state, refuse('claimOpen', nameOf(facts.profile), dayOf(waits.ends)));
  if (!offered.includes(type)) return { kind: 'refused', refusal: refuse('typeNotOffered', type, offered) };
  const again = state.profile
    ? ({ ...step.asked, profile: { id: state.profile.id } } as Asked)
    : { kind: 'add' as const, type };
  const wait = await waitRefusal(services, step.actor, type, again);
  if (wait) return { kind: 'refused', refusal: wait };
  const started = await startLinkout(services, step, { why, type, profile: state.profile });
  if ('refusal' in started) return { kind: 'refused', refusal: started.refusal };
  return {
    kind: 'linkOut',
    link: started.doc.id,
    address: started.address,
    why,
    type,
    byCode: services.identity === undefined,
    ...(facts ? { facts } : {}),
    ...(orAsk ? { orAsk } : waits ? { waits } : {}),
  };
}

/** The other way to become an owner: asking those who decide. */
function askInstead({ operation }: Step, profile: Profile): Asked {
  const why = operation.kind === 'claim' ? operation.why : undefined;
  return { kind: 'claim', profile: { id: profile.id }, ask: true, ...(why ? { why } : {}) };
}
