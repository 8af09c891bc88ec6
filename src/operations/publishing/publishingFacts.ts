import type { Networks } from '../../networks/createNetworks.js';
import { nameOf } from '../../rules/access.js';
import type { State } from '../../rules/decision.js';
import type { Operation } from '../../rules/operation.js';
import type { Draft, Intent, Publishing } from '../../rules/publishing/intent.js';
import type { Actor, Profile, ProfileId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';
import { hashOf } from '../linkouts/tickets.js';
import { intentsOf } from './ledger.js';

type FactNeeds = Needs<'collections' | 'networks'>;

/** What an operation on posts may look at: the posts, their profiles now, and what the networks make of the text. */
export async function publishingFacts(
  services: FactNeeds,
  actor: Actor,
  operation: Operation,
): Promise<Partial<State>> {
  const intents = await named(services, actor, operation);
  const asked = 'profiles' in operation ? operation.profiles : [];
  const profiles = await profilesOf(services, actor.tenant, [...asked, ...intents.map(({ profile }) => profile)]);
  const [only] = intents;
  const profile = only && intents.length === 1 ? profiles.get(only.profile) : undefined;
  const publishing: Publishing = {
    intents,
    profiles,
    drafts: draftsOf(services.networks, operation, intents, profiles),
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
): Draft[] {
  const texts =
    operation.kind === 'post'
      ? operation.profiles.map((id) => ({ id, text: operation.text ?? '' }))
      : intents.map((intent) => ({ id: intent.profile, text: intent.text }));
  return texts.flatMap(({ id, text }) => {
    const profile = profiles.get(id);
    return profile ? draftOf(networks, profile, text) : [];
  });
}

function draftOf(networks: Networks, profile: Profile, text: string): Draft {
  const publishing = networks.publishing(profile.type);
  const handle = nameOf(profile);
  if (typeof publishing === 'string')
    return { profile, handle, wire: text, hash: hashOf(text), problems: [publishing] };
  const { wire, problems } = publishing.preview(text);
  const stopping = problems.filter(({ stops }) => stops).map(({ sentence }) => sentence);
  return { profile, handle, wire, hash: hashOf(wire), problems: stopping };
}

function costOf(networks: Networks, intent: Intent | undefined): Pick<Publishing, 'takeBackCost'> {
  const publishing = intent && networks.publishing(intent.type);
  return publishing && typeof publishing !== 'string' ? { takeBackCost: publishing.takeBackCost } : {};
}

/** Whether, by whom and since when nothing of the organisation goes out. */
export async function frozenAllFacts(
  { collections }: Needs<'collections'>,
  { tenant }: Actor,
): Promise<Partial<State>> {
  const frozen = (await collections.tenants.get(tenant, 'tenant'))?.frozen;
  return frozen ? { frozenAll: frozen } : {};
}
