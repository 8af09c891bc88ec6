import type { Logger } from 'pino';
import { createBrowserIdentity } from './directory/browserIdentity.js';
import { clouds } from './directory/clouds.js';
import { createCredentials } from './directory/credentials.js';
import { fairly } from './directory/fair.js';
import { createGraphDirectory } from './directory/graph.js';
import { createInstaller } from './directory/installer.js';
import { createNetworks } from './networks/createNetworks.js';
import type { Needs } from './operations/core/parts.js';
import type { Limits } from './operations/people/limits.js';
import type { Clock } from './platform/clock.js';
import { askingNow } from './platform/onBehalf.js';
import type { Outbound } from './platform/outbound.js';
import type { Watch } from './platform/watch.js';
import type { Settings } from './settings.js';

export type OutsideParts = { clock: Clock; log: Logger; outbound: Outbound; limits: Limits; watch: Watch };

/** The services outside that operations ask: the directory, the networks and the organisation's own sign-in. */
export function createOutside(
  settings: Settings,
  { clock, log, outbound, limits, watch }: OutsideParts,
): Needs<'directory' | 'install' | 'networks' | 'identity'> {
  const cloud = settings.directory?.cloud ?? 'global';
  const identity = settings.directory?.identity;
  if (!identity) throw new Error('no app registration reads the directory');
  const appId = settings.botId.replace('28:', '');
  const isLocal = settings.mode === 'sandbox' || settings.outboundOrigin !== undefined;
  const credentials = { cloud: clouds[cloud], ...(isLocal ? { sandbox: { outbound, clock } } : {}) };
  const tokens = createCredentials(identity, credentials);
  const directory = createGraphDirectory({ cloud, outbound, watch, clock, log, tokens });
  return {
    directory: fairly(directory, () => {
      const who = askingNow();
      return who && limits.spend('directory', who);
    }),
    install: createInstaller({ cloud, outbound, watch, clock, tokens }, appId),
    networks: createNetworks({ outbound, watch, clock, apps: settings.apps }),
    ...(settings.entra
      ? { identity: createBrowserIdentity({ ...settings.entra, authority: clouds[cloud].authority, outbound }) }
      : {}),
  };
}
