import { reactionKinds } from '../../rules/ids.js';
import type { Asked, Moment } from '../../rules/operation.js';
import { refusalToPublish } from '../../rules/publishing/asking.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Actor } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';
import type { Attached } from '../core/step.js';
import { keepPicture } from './pictures.js';

type AttachNeeds = Needs<'collections' | 'vault' | 'clock' | 'ids' | 'policies'>;
/** Who attached what, and when. */
type By = { actor: Actor; moment: Moment; attached: readonly Attached[] | undefined };

/** As many as the form has boxes for their words. */
const most = 10;

/**
 * The pictures that came with a message, kept like those that are chosen on the page: one after the other, so that one at a
 * time is in memory. What is attached to other words means nothing, but a reply must not go out without its picture.
 */
export async function withAttached(
  services: AttachNeeds,
  { actor, moment, attached = [] }: By,
  asked: Asked,
): Promise<{ pictures?: string[] } | Refusal> {
  if (attached.length === 0) return {};
  if (reactionKinds.some((kind) => kind === asked.kind)) return refuse('reactionsWithoutPictures');
  if (asked.kind !== 'post') return {};
  const refusal = await refusedAnyhow(services, actor, moment, asked);
  if (refusal) return refusal;
  if (attached.length > most) return refuse('tooManyFiles', attached.length, most);
  const { pictureMb } = await services.policies.of(actor.tenant);
  if (pictureMb === 0) return refuse('noPicturesHere');
  const pictures: string[] = [];
  for (const [at, fetch] of attached.entries()) {
    const bytes = await fetch(pictureMb);
    const kept = 'sentence' in bytes ? bytes : await keepPicture(services, actor, { bytes, alt: '' }, pictureMb);
    if ('sentence' in kept) {
      return attached.length > 1 ? { ...kept, sentence: `Picture ${at + 1}: ${kept.sentence}` } : kept;
    }
    pictures.push(kept.id);
  }
  return { pictures };
}

/** A no comes before anything is fetched. What a share with a group allows is judged live, after it. */
async function refusedAnyhow(
  { collections }: Needs<'collections'>,
  actor: Actor,
  moment: Moment,
  { profiles: refs }: Extract<Asked, { kind: 'post' }>,
): Promise<Refusal | undefined> {
  for (const ref of refs) {
    const profile = 'id' in ref ? await collections.profiles.get(actor.tenant, ref.id) : undefined;
    const restsOnGroup = profile?.shares.some(({ principal }) => principal.kind === 'group');
    const refusal = 'id' in ref && !restsOnGroup ? refusalToPublish(profile, { actor, moment }) : undefined;
    if (refusal) return refusal;
  }
  return undefined;
}
