import type { Logger } from 'pino';
import { createBrowserIdentity } from './directory/browserIdentity.js';
import { clouds } from './directory/clouds.js';
import { createCredentials } from './directory/credentials.js';
import { createGraphDirectory } from './directory/graph.js';
import { createInstaller } from './directory/installer.js';
import { createNetworks } from './networks/createNetworks.js';
import type { Needs } from './operations/core/parts.js';
import type { Clock } from './platform/clock.js';
import type { Outbound } from './platform/outbound.js';
import type { Settings } from './settings.js';

export type OutsideParts = { clock: Clock; log: Logger; outbound: Outbound };

/** The services outside that operations ask: the directory, the networks and the organisation's own sign-in. */
export function createOutside(
  settings: Settings,
  { clock, log, outbound }: OutsideParts,
): Needs<'directory' | 'install' | 'networks' | 'identity'> {
  const cloud = settings.directory?.cloud ?? 'global';
  const identity = settings.directory?.identity;
  if (!identity) throw new Error('no app registration reads the directory');
  const appId = settings.botId.replace('28:', '');
  const isLocal = settings.mode === 'sandbox' || settings.outboundOrigin !== undefined;
  const credentials = { cloud: clouds[cloud], ...(isLocal ? { sandbox: { outbound, clock } } : {}) };
  return {
    directory: createGraphDirectory({ cloud, outbound, clock, log, tokens: createCredentials(identity, credentials) }),
    install: createInstaller({ cloud, outbound, clock, tokens: createCredentials(identity, credentials) }, appId),
    networks: createNetworks({ outbound, clock, apps: settings.apps }),
    ...(settings.entra
      ? { identity: createBrowserIdentity({ ...settings.entra, authority: clouds[cloud].authority, outbound }) }
      : {}),
  };
}
