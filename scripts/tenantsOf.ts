import type { Settings } from '../src/settings.js';

/** The organisations that the bot with these settings serves; in the sandbox the pretend one. */
export async function tenantsOf(settings: Settings): Promise<readonly string[]> {
  if (settings.mode === 'production') return settings.tenants;
  const { world } = await import('../src/sandbox/world.js');
  return [world.tenant.id];
}
