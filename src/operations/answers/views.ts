import type { State } from '../../rules/decision.js';
import type { Asked, KindsWith, Moment, Operation } from '../../rules/operation.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Parts } from '../core/parts.js';
import type { AsOf } from '../people/memberships.js';
import { approvalFacts } from '../publishing/approvals.js';
import { postsOutcome } from '../publishing/postings.js';
import { watchOutcome } from '../publishing/watching.js';
import { receiptOutcome } from '../receipts/receipts.js';
import { browse } from './browse.js';
import { checkedOutcome } from './checked.js';
import { claimFacts, claimsOutcome } from './claims.js';
import { healthOutcome } from './healthList.js';
import { historyOutcome } from './history.js';
import { listOutcome } from './lists.js';
import { noticesOutcome } from './notices.js';
import { policyOutcome } from './policy.js';
import { factsOf } from './profileFacts.js';
import { rolesOutcome } from './roles.js';
import { sharesCounted } from './shared.js';
import { whatIfOutcome } from './whatIf.js';

type Looking = { actor: Actor; moment: Moment; asOf: AsOf | undefined; state: State };
/** What only shows something; `policy` and `notices` do so without a setting. */
type ViewKind = KindsWith<'does', 'reads'> | 'policy' | 'notices';
type View<K extends ViewKind> = (
  services: Parts,
  looking: Looking,
  operation: Extract<Operation, { kind: K }>,
) => Outcome | Promise<Outcome>;

/** What there is to see for an operation that changes nothing. */
export async function viewOutcome(services: Parts, looking: Looking, operation: Operation): Promise<Outcome> {
  return (views[operation.kind as ViewKind] as View<ViewKind>)(services, looking, operation as never);
}

const backToClaims = ({ listed }: { listed?: true }): { back?: Asked } => (listed ? { back: { kind: 'claims' } } : {});

const notFound: Outcome = { kind: 'refused', refusal: refuse('notFound') };

const views: { [K in ViewKind]: View<K> } = {
  help: (_, __, { all }) => ({ kind: 'help', ...(all ? { all } : {}) }),
  profiles: (services, { actor, asOf }, operation) => listOutcome(services, actor, operation, asOf),
  browse: async (services, { actor, asOf }, operation) => ({
    kind: 'browsed',
    list: operation.list,
    ...(await browse(services, actor, operation)),
    ...(asOf ? { asOf } : {}),
  }),
  show: async (services, { actor, moment, asOf, state: { profile, grants } }) => {
    if (!profile) return notFound;
    // A directory that did not say the groups is not asked for numbers.
    const counted = asOf ? { asOf } : { counts: await sharesCounted(services, profile, moment.now) };
    return { kind: 'profile', facts: factsOf(profile, grants, actor, moment.now), ...counted };
  },
  check: (services, { actor, state: { profile } }) => (profile ? checkedOutcome(services, actor, profile) : notFound),
  health: (services, { actor, asOf }, operation) => healthOutcome(services, actor, operation, asOf),
  posts: (services, { actor }, operation) => postsOutcome(services, actor, operation),
  roles: (services, { actor }) => rolesOutcome(services, actor),
  claims: (services, { actor }) => claimsOutcome(services, actor),
  notices: (services, { actor }) => noticesOutcome(services, actor),
  policy: (services, { actor }) => policyOutcome(services, actor.tenant),
  claimcard: async (services, { actor, state: { profile } }, operation) => {
    const claim = profile && (await claimFacts(services, profile, operation.claim, actor));
    return claim ? { kind: 'claim', claim, ...backToClaims(operation) } : notFound;
  },
  approvalcard: async (services, { actor }, operation) => {
    const approval = await approvalFacts(services, actor, operation.intent);
    return approval ? { kind: 'approval', approval, ...backToClaims(operation) } : notFound;
  },
  watchVideo: (services, { actor }, { intent }) => watchOutcome(services, actor, intent),
  prove: (services, looking) => receiptOutcome(services, looking),
  whatif: (services, { actor }, operation) => whatIfOutcome(services, actor, operation),
  history: (services, { state: { profile } }, { page }) => historyOutcome(services, page ?? 0, profile),
};
