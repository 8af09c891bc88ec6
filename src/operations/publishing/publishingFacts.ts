import type { Networks } from '../../networks/createNetworks.js';
import { nameOf } from '../../rules/access.js';
import type { State } from '../../rules/decision.js';
import type { Operation } from '../../rules/operation.js';
import type { Aim, Draft, Intent, Publishing } from '../../rules/publishing/intent.js';
import { targetKeyOf } from '../../rules/publishing/reacting.js';
import type { Actor, Profile, ProfileId } from '../../rules/types.js';
import type { Needs, Parts } from '../core/parts.js';
import { hashOf } from '../linkouts/tickets.js';
import { actOf, wayOf } from './actOf.js';
import { aimOf } from './aiming.js';
import { intentsOf } from './ledger.js';
import { isReacting } from './reactions.js';

type FactNeeds = Needs<'collections' | 'networks'>;

/** What an operation on posts may look at: the posts, their profiles now, and what the networks make of the text. */
export async function publishingFacts(services: Parts, actor: Actor, operation: Operation): Promise<Partial<State>> {
  const intents = await named(services, actor, operation);
  const asked = 'profiles' in operation ? operation.profiles : [];
  const profiles = await profilesOf(services, actor.tenant, [...asked, ...intents.map(({ profile }) => profile)]);
  const aim = isReacting(operation)
    ? await aimOf(services, actor, operation, profiles.get(operation.profiles[0] ?? ''))
    : undefined;
  if (aim && 'profile' in aim) profiles.set(aim.profile.id, aim.profile);
  const [only] = intents;
  const profile = only && intents.length === 1 ? profiles.get(only.profile) : undefined;
  const publishing: Publishing = {
    intents,
    profiles,
    drafts: draftsOf(services.networks, operation, intents, profiles, aim),
    ...(aim ? { aim } : {}),
    ...costOf(services.networks, only),
  };
  return { publishing, ...(profile ? { profile } : {}) };
}

/** Which posts an operation is about. Undo without a name is about what was sent last and is still held. */
async function named(services: FactNeeds, actor: Actor, operation: Operation): Promise<Intent[]> {
  const { tenant } = actor;
  if ('posting' in operation && operation.posting) return intentsOf(services, tenant, operation.posting);
  if ('instead' in operation && operation.instead) return intentsOf(services, tenant, operation.instead);
  const { intents } = services.collections;
  if ('intent' in operation && operation.intent) {
    const one = await intents.get(tenant, operation.intent);
    return one ? [one] : [];
  }
  if (operation.kind !== 'undo') return [];
  const where = { authorId: actor.id, state: { in: ['held', 'waiting'] } };
  const held = await intents.find(tenant, where, { sort: { askedAt: -1 }, limit: 50 });
  return held.filter(({ posting }) => posting === held[0]?.posting);
}

async function profilesOf({ collections }: FactNeeds, tenant: string, ids: readonly ProfileId[]) {
  const wanted = [...new Set(ids)];
  const found = wanted.length > 0 ? await collections.profiles.find(tenant, { id: { in: wanted } }) : [];
  return new Map(found.map((profile) => [profile.id, profile]));
}

/** Of a new text for the profiles that were named, else of the texts as they were asked. */
function draftsOf(
  networks: Networks,
  operation: Operation,
  intents: readonly Intent[],
  profiles: ReadonlyMap<ProfileId, Profile>,
  aim: Aim | undefined,
): Draft[] {
  return actsOf(operation, intents, aim).flatMap(({ id, ...act }) => {
    const profile = profiles.get(id);
    return profile ? draftOf(networks, profile, act) : [];
  });
}

type Act = Pick<Intent, 'text' | 'kind' | 'target'>;

function actsOf(operation: Operation, intents: readonly Intent[], aim: Aim | undefined): (Act & { id: ProfileId })[] {
  if (operation.kind === 'post') return operation.profiles.map((id) => ({ id, text: operation.text ?? '' }));
  if (!isReacting(operation))
    return intents.map(({ profile, text, kind, target }) => actFor(profile, text, kind, target));
  const { kind, text = '' } = operation;
  return aim?.kind === 'at' ? [actFor(aim.profile.id, text, kind, aim.target)] : [];
}

const actFor = (id: ProfileId, text: string, kind: Intent['kind'], target: Intent['target']) => ({
  id,
  text,
  ...(kind && target ? { kind, target } : {}),
});

function draftOf(networks: Networks, profile: Profile, act: Act): Draft {
  const way = actOf(networks, { type: profile.type, ...act });
  const handle = nameOf(profile);
  if (typeof way === 'string')
    return { profile, handle, wire: act.text, hash: hashOfAct(profile, act, act.text), problems: [way] };
  const { wire, problems } = way.preview(act.text);
  const stopping = problems.filter(({ stops }) => stops).map(({ sentence }) => sentence);
  return { profile, handle, wire, hash: hashOfAct(profile, act, wire), problems: stopping };
}

/** What was looked at is what goes out: the text as it is sent, and for a reaction what it is done to. */
const hashOfAct = ({ type }: Profile, { kind, target }: Act, wire: string) =>
  hashOf(kind && target ? JSON.stringify([kind, targetKeyOf(type, target), wire]) : wire);

function costOf(networks: Networks, intent: Intent | undefined): Pick<Publishing, 'takeBackCost'> {
  const way = intent && wayOf(networks, intent);
  return way ? { takeBackCost: way.takeBackCost } : {};
}

/** Whether, by whom and since when nothing of the organisation goes out. */
export async function frozenAllFacts(
  { collections }: Needs<'collections'>,
  { tenant }: Actor,
): Promise<Partial<State>> {
  const frozen = (await collections.tenants.get(tenant, 'tenant'))?.frozen;
  return frozen ? { frozenAll: frozen } : {};
}
