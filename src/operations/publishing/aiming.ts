import type { LinkTarget } from '../../networks/link.js';
import type { PastedLink } from '../../networks/links.js';
import { NetworkTrouble } from '../../networks/network.js';
import type { Aimed } from '../../networks/publishing.js';
import { networkOf } from '../../networks/types.js';
import { nameOf } from '../../rules/access.js';
import { type NetworkId, networkIds, type ReactionKind } from '../../rules/ids.js';
import { mayDraft } from '../../rules/may.js';
import { networkLabelOf } from '../../rules/profileTypes.js';
import type { Aim } from '../../rules/publishing/intent.js';
import { anyOf } from '../../rules/spoken.js';
import type { Actor, Profile, ProfileType } from '../../rules/types.js';
import type { Needs, Parts } from '../core/parts.js';
import { callWith, useGrant } from '../signins/grants.js';
import { limitedUntil } from '../signins/rateLimits.js';
import { actOf, authorOf, reactionOf } from './actOf.js';
import type { Reaction } from './reactions.js';
import { usableProfiles } from './usable.js';

type Link = PastedLink & { link: string };
const no = (sentence: string, fix: string): Aim => ({ kind: 'no', sentence, fix });
const everyNetwork = anyOf(networkIds.map(networkLabelOf), networkIds.length);

/**
 * What the pasted link is for whoever asks. Own rights are looked at first: with no profile to react with, no network is
 * asked anything. Undefined: the profile that was named may not be used by them, which the rules say better.
 */
export async function aimOf(
  services: Parts,
  actor: Actor,
  operation: Reaction,
  named: Profile | undefined,
): Promise<Aim | undefined> {
  const link = services.networks.readLink(operation.link);
  if (!link)
    return no(
      `That is not a link to a post on ${everyNetwork}.`,
      'Open the post, copy its link, and paste it behind the command.',
    );
  const now = services.clock();
  if (operation.profiles.length > 0 && !(named && mayDraft({ actor, profile: named, now }))) return undefined;
  const of = await candidates(services, actor, link.network, named);
  const [only, ...more] = of.filter(({ type }) => canReact(services, type, operation.kind));
  const [first] = of;
  if (!first) return noProfile(link.network, named);
  if (!only)
    return no(whyNot(services, first.type, operation.kind), `You can open the post and ${operation.kind} it there.`);
  if (more.length > 0) return { kind: 'choose', profiles: [only, ...more] };
  return lookedAt(services, actor, operation, only, link);
}

async function candidates(services: Parts, actor: Actor, network: NetworkId, named: Profile | undefined) {
  const now = services.clock();
  if (!named) return usableProfiles(services, actor, network);
  return networkOf(named.type) === network && mayDraft({ actor, profile: named, now }) ? [named] : [];
}

function noProfile(network: NetworkId, named: Profile | undefined): Aim {
  const label = networkLabelOf(network);
  return named
    ? no(`That link leads to ${label}, and ${nameOf(named)} is not there.`, `Name a profile on ${label}, or none.`)
    : no(`You may publish with no profile on ${label}.`, 'Say "add" to add one, or ask an owner to share theirs.');
}

const anywhere = { link: '', id: '0' };
const whyNot = ({ networks }: Needs<'networks'>, type: ProfileType, kind: ReactionKind): string => {
  const act = actOf(networks, { type, kind, target: anywhere });
  return typeof act === 'string' ? act : '';
};
const canReact = (services: Needs<'networks'>, type: ProfileType, kind: ReactionKind) =>
  whyNot(services, type, kind) === '';

async function lookedAt(
  services: Parts,
  actor: Actor,
  operation: Reaction,
  profile: Profile,
  pasted: Link,
): Promise<Aim> {
  const link = pasted.kind === 'short' ? await unshortened(services, pasted) : pasted;
  if (!link) return no('That short link leads to no post.', 'Open it, then paste the link from the address bar.');
  if (link === 'later') return later(networkLabelOf(pasted.network));
  if (link.kind === 'no') return no(link.sentence, link.fix);
  if (networkOf(profile.type) !== link.network) return noProfile(link.network, undefined);
  const aimed = await asked(services, actor, operation, profile, link);
  switch (aimed.kind) {
    case 'no':
      return aimed;
    case 'later':
      return later(networkLabelOf(link.network));
    case 'pick':
      return { kind: 'pick', profile, posts: aimed.posts.map(({ url, text, at }) => ({ link: url, text, at })) };
    case 'at': {
      const { to, by, text } = aimed;
      const words = { ...(by ? { by } : {}), ...(text ? { text: text.slice(0, keptText) } : {}) };
      return { kind: 'at', profile, target: { link: link.link, ...to, ...words } };
    }
  }
}

/** As much of somebody's post as a card shows. */
const keptText = 500;
const later = (label: string): Aim => no(`${label} does not answer just now.`, 'Try again in a minute.');

async function unshortened(
  { networks }: Needs<'networks'>,
  { url }: Link,
): Promise<Exclude<Link, { kind: 'short' }> | 'later' | undefined> {
  const followed = await networks.followLink(url);
  if (followed.kind === 'later') return 'later';
  const link = followed.kind === 'nowhere' ? undefined : networks.readLink(followed.url);
  return link?.kind === 'short' ? undefined : link;
}

/** What the network says of it beforehand, with a sign-in of the profile. */
async function asked(
  services: Parts,
  actor: Actor,
  { kind }: Reaction,
  profile: Profile,
  link: Exclude<LinkTarget, { kind: 'no' | 'short' }>,
): Promise<Aimed> {
  const { type, tenant } = profile;
  const aiming = services.networks.aiming(type);
  if (await limitedUntil(services, tenant, type)) return { kind: 'later' };
  const grant = await useGrant(services, profile, { kind: 'act', actor: actor.id });
  if (grant.kind === 'none') return signIn(`No sign-in of ${nameOf(profile)} works just now.`);
  if (aiming?.scopes(reactionOf[kind]).some((scope) => !grant.grant.scopes.includes(scope)))
    return signIn(`The sign-in of ${nameOf(profile)} does not allow this.`);
  if (!aiming?.aim) return plainly(link);
  try {
    const { aim } = aiming;
    const what = { author: authorOf(profile), link, reaction: reactionOf[kind] };
    return await callWith(services, grant, (_network, tokens) => aim(tokens, what));
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    return error.kind === 'dead' ? signIn(`No sign-in of ${nameOf(profile)} works just now.`) : { kind: 'later' };
  }
}

const signIn = (sentence: string): Aimed => ({
  kind: 'no',
  sentence,
  fix: 'An owner has to renew theirs, and allow everything on the page. Then say it again.',
});

/** The link says all there is to know. */
function plainly(link: Exclude<LinkTarget, { kind: 'no' | 'short' }>): Aimed {
  if (link.kind === 'post' || link.kind === 'media') {
    return { kind: 'at', to: { id: link.id, ...(link.comment ? { comment: link.comment } : {}) } };
  }
  return { kind: 'no', sentence: 'That link hides which post it is.', fix: 'Paste another link of the post.' };
}
