import type { Asked } from '../../rules/operation.js';
import { typeNames } from '../../rules/profileTypes.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { Offer } from '../../rules/publishing/offers.js';
import type { ProfileId } from '../../rules/types.js';
import { type Button, button, opening } from '../input/button.js';
import { linkTo } from './reply.js';

const titles: Record<Exclude<Offer, 'settle'>, string> = {
  undo: 'Undo',
  sendNow: 'Send now',
  takeBack: 'Take back',
  lookAgain: 'Look again',
};

/**
 * What can be done with one post; what concerns the whole preview stands at the end of the card. `page`: where somebody who is
 * asked to look finds it.
 */
export function actionsOf(intent: Intent, offers: readonly Offer[], alone: boolean, page?: string): Button[] {
  const { id, handle, proof, candidates = [], state, kind, target } = intent;
  const what = kind === 'reply' ? 'reply' : 'post';
  const link = opening(`Open the ${what}`, proof?.url, `Open the ${what} of ${handle}`);
  const { networkLabel } = typeNames[intent.type];
  const place = opening(
    `Open ${networkLabel}`,
    offers.includes('settle') ? page : undefined,
    `Open ${handle} on ${networkLabel}`,
  );
  const settles = offers.includes('settle') ? settleButtons(intent) : [];
  const shown = candidates.flatMap(({ url }, at) =>
    opening(`Open ${at + 1}`, url, `Open what looks like it, ${at + 1}`),
  );
  const others = offers
    .filter((offer): offer is Exclude<Offer, 'settle'> => offer !== 'settle')
    .filter((offer) => !(alone && (offer === 'undo' || offer === 'sendNow') && state !== 'notSent'))
    .map((offer) => {
      const title = offer === 'sendNow' && state === 'notSent' ? 'Send again' : titles[offer];
      return button(title, { kind: offer, intent: id }, { tooltip: `${title}: ${handle}` });
    });
  const about = target && state !== 'sent' ? linkTo(target) : [];
  // A preview has nothing to prove.
  const receipt =
    state === 'sent' || state === 'takenBack'
      ? [button('Receipt', { kind: 'prove', intent: id }, { tooltip: `Receipt: ${handle}` })]
      : [];
  return [...link, ...about, ...place, ...shown.slice(0, 2), ...settles, ...others, ...receipt].slice(0, 6);
}

/** The form with everything in it; a like or a repost has nothing to change. What was declined has no pictures and no video any more. */
export function changeOf(intent: Intent, profiles: readonly ProfileId[]): Asked | undefined {
  const { posting, text, at, scheduled, state, kind, target, pictureIds, videoId } = intent;
  const filled = { profiles: profiles.map((id) => ({ id })), text, form: true as const, instead: posting };
  if (kind && target) return kind === 'reply' ? { kind, link: target.link, ...filled } : undefined;
  const pictures = pictureIds && state !== 'declined' ? { pictures: [...pictureIds] } : {};
  const video = videoId && state !== 'declined' ? { video: videoId } : {};
  return { kind: 'post', ...filled, ...pictures, ...video, ...(scheduled && at ? { at } : {}) };
}

function settleButtons({ id, handle, state, why, candidates = [] }: Intent): Button[] {
  const there =
    candidates.length > 0
      ? candidates
          .slice(0, 2)
          .map((one, at) =>
            button(
              `It is ${at + 1}`,
              { kind: 'settle', intent: id, there: true, candidate: one.id },
              { tooltip: `It is ${at + 1}: ${handle}` },
            ),
          )
      : [button('It is there', { kind: 'settle', intent: id, there: true }, { tooltip: `It is there: ${handle}` })];
  // What the network named may be an older post, and nobody but a person can see the others.
  const other =
    candidates.length > 0 && why?.code === 'cannotLook'
      ? [button('It is another', { kind: 'settle', intent: id, there: true }, { tooltip: `It is another: ${handle}` })]
      : [];
  if (state === 'notSent') return there;
  return [
    ...there,
    ...other,
    button('Not there', { kind: 'settle', intent: id, there: false }, { tooltip: `It is not there: ${handle}` }),
  ];
}
