import type { Profile } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** Who acts in the history when the bot itself does. */
export const botName = { id: 'bot', name: 'Social Profiles' };

/** One line in the history: who was told, and who could not be reached. The same key writes it once. */
export async function keepTold(
  services: Needs<'collections' | 'clock'>,
  profile: Pick<Profile, 'tenant' | 'id' | 'type' | 'handle'>,
  key: string,
  { told, missed }: { told: readonly string[]; missed: readonly string[] },
): Promise<void> {
  const parts = [
    told.length > 0 ? `told ${told.join(', ')}` : '',
    missed.length > 0 ? `could not reach ${missed.join(', ')}` : '',
  ].filter(Boolean);
  if (parts.length === 0) return;
  const { tenant, id, type, handle } = profile;
  await services.collections.audit.insert({
    ...{ tenant, id: `told:${key}`, version: 1, at: services.clock(), actor: botName },
    ...{ operation: 'tell', outcome: 'done', what: parts.join('; ') },
    profileId: id,
    profile: { id, type, handle },
  });
}
