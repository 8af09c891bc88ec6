import { diffWordsWithSpace } from 'diff';
import { mayDraft } from '../../rules/may.js';
import type { Moment } from '../../rules/operation.js';
import { tendApproval } from '../../rules/publishing/approvalTimes.js';
import { decidersOfPost, mayDecidePost } from '../../rules/publishing/approving.js';
import { actWord, type Intent } from '../../rules/publishing/intent.js';
import type { Actor, PersonId, Profile, TenantId } from '../../rules/types.js';
import { type DeciderNeeds, decidersOfTenant, teamsIdsOf } from '../answers/claims.js';
import type { ApprovalFacts, Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { actOf } from './actOf.js';
import { exactHash } from './exactly.js';
import { stepIntent } from './ledger.js';

type ApprovalNeeds = DeciderNeeds & Needs<'networks'>;

/** What everybody sees of a post that waits for a yes, and who sees buttons. Undefined when it is not there any more. */
export async function approvalForAll(
  services: ApprovalNeeds,
  tenant: TenantId,
  id: string,
): Promise<ApprovalFacts | undefined> {
  const intent = await services.collections.intents.get(tenant, id);
  const profile = intent && (await services.collections.profiles.get(tenant, intent.profile));
  if (!intent || !profile || intent.decideBy === undefined) return undefined;
  const way = actOf(services.networks, intent);
  const deciders = decidersOfPost(profile, intent.author.id, services.clock());
  return {
    intent,
    profile,
    deciders,
    hash: exactHash(intent),
    preview: typeof way === 'string' ? way : way.preview(intent.text),
    standing: 'other',
    changes: changesIn(intent),
    refreshFor: intent.state === 'toApprove' ? await teamsIdsOf(services, tenant, deciders, [intent.author.id]) : [],
  };
}

/** The same, as one person may see it. */
export async function approvalFacts(
  services: ApprovalNeeds,
  actor: Actor,
  id: string,
): Promise<ApprovalFacts | undefined> {
  const facts = await approvalForAll(services, actor.tenant, id);
  if (!facts) return undefined;
  const now = services.clock();
  const mayChange = mayDraft({ actor, profile: facts.profile, now });
  return { ...facts, standing: standingIn(facts, actor, now), ...(mayChange ? { mayChange } : {}) };
}

function standingIn({ intent, profile }: ApprovalFacts, actor: Actor, now: Date): ApprovalFacts['standing'] {
  if (intent.author.id === actor.id) return 'author';
  // A yes after its time is followed by "now, or not at all".
  if (intent.approval?.by.id === actor.id && intent.approval.as === 'owner') return 'decider';
  return mayDecidePost(intent, profile, actor, now) ? 'decider' : 'other';
}

/** Longer texts are not compared word by word: it would take long, and nobody reads it. */
const comparedAtMost = 5_000;

/** What is different from the text that those who decide saw last. */
function changesIn({ before, text }: Intent): ApprovalFacts['changes'] {
  if (before === undefined || before === text) return [];
  if (before.length + text.length > comparedAtMost) return [{ kind: 'out', text: before }];
  return diffWordsWithSpace(before, text).flatMap(({ added, removed, value }) =>
    added || removed ? [{ kind: added ? ('in' as const) : ('out' as const), text: value }] : [],
  );
}

/** The card of what was decided just now. */
export async function approvalOutcome(services: ApprovalNeeds, actor: Actor, intent: Intent): Promise<Outcome> {
  const approval = await approvalFacts(services, actor, intent.id);
  const done = doneWords(intent);
  return approval ? { kind: 'approval', approval, done } : { kind: 'said', title: done };
}

/** What becomes of it after this answer. A Manager who said a late yes cannot send it: its author can. */
function doneWords(intent: Intent): string {
  const { state, author, handle, approval, declined, scheduled } = intent;
  const it = `the ${actWord(intent)} with ${handle}`;
  if (declined) return `You said no to ${it}.`;
  if (state !== 'waiting') return `You said yes: ${it} goes out ${scheduled ? 'at its time' : 'now'}.`;
  return approval?.as === 'owner'
    ? `You said yes, and the time of ${it} is over. Send it now, or drop it.`
    : `You said yes, and the time of ${it} is over. ${author.name} is asked: now, or not at all.`;
}

/** Everybody who may say yes or no to a post now. */
export async function decidersOf(
  services: Needs<'collections' | 'clock' | 'admins'>,
  profile: Profile,
  author: PersonId,
): Promise<PersonId[][]> {
  const deciders = decidersOfPost(profile, author, services.clock());
  const tiers =
    deciders.kind === 'owners'
      ? [deciders.owners.map(({ id }) => id)]
      : await decidersOfTenant(services, profile.tenant);
  return tiers.map((ids) => ids.filter((id) => id !== author));
}

/** A post that waits for a yes and whose moment has come: those who decide are reminded, or its time is over. */
export async function tendIntent(
  services: Needs<'collections' | 'clock' | 'admins' | 'ids' | 'follow'>,
  { tenant, id, profile: about, author }: Intent,
): Promise<void> {
  const profile = await services.collections.profiles.get(tenant, about);
  const deciders = profile ? (await decidersOf(services, profile, author.id)).find((ids) => ids.length > 0) : [];
  const moment: Moment = { now: services.clock(), id: services.ids() };
  await stepIntent(services, tenant, id, (now) =>
    now.state === 'toApprove' && now.due && now.due <= moment.now
      ? tendApproval(now, deciders ?? [], moment)
      : undefined,
  );
}
