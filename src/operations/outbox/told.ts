import { bySystem, record } from '../../rules/entries.js';
import type { Profile } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** One line in the history: who was told, and who could not be reached. The same key writes it once. */
export async function keepTold(
  services: Needs<'collections' | 'clock' | 'records'>,
  profile: Pick<Profile, 'tenant' | 'id' | 'type' | 'handle'>,
  key: string,
  { told, missed }: { told: readonly string[]; missed: readonly string[] },
): Promise<void> {
  const parts = [
    told.length > 0 ? `told ${told.join(', ')}` : '',
    missed.length > 0 ? `could not reach ${missed.join(', ')}` : '',
  ].filter(Boolean);
  if (parts.length === 0) return;
  const by = bySystem('bot', profile.tenant, { now: services.clock(), id: `told:${key}` });
  await services.records.keep(record(by, { operation: 'tell', what: parts.join('; '), about: profile }));
}
