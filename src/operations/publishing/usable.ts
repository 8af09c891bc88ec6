import { mayDraft } from '../../rules/may.js';
import type { Actor, NetworkId, Profile } from '../../rules/types.js';
import { pageOf } from '../answers/pages.js';
import type { Needs } from '../core/parts.js';

/** More than a form or a question can offer: whoever has more names the one that is meant. */
const usableAtMost = 50;

/** Profiles that somebody may publish with now, on one network or all: those they own first, by name. */
export async function usableProfiles(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  network?: NetworkId,
): Promise<Profile[]> {
  const now = services.clock();
  const where = network ? { network } : {};
  const pages = await Promise.all(
    (['owned', 'shared'] as const).map((scope) => pageOf(services, actor, { scope, ...where }, { size: usableAtMost })),
  );
  const found = pages.flatMap(({ profiles }) => profiles);
  return found.filter((profile) => mayDraft({ actor, profile, now })).slice(0, usableAtMost);
}
