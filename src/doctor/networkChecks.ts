import { createNetworks } from '../networks/createNetworks.js';
import { type NetworkRow, networkRow } from '../networks/index.js';
import { NetworkTrouble } from '../networks/network.js';
import { networkOf, settingsPrefixes } from '../networks/types.js';
import type { Clock } from '../platform/clock.js';
import { outboundThrough } from '../platform/outbound.js';
import { type NetworkId, type ProfileType, profileTypes } from '../rules/types.js';
import type { Settings } from '../settings.js';
import { type Finding, look, ok, wrong } from './finding.js';

/** A code that no network ever gave: whoever knows the app says no to the code, whoever does not says no to the app. */
const madeUp = 'doctor-made-this-up';
const state = 'doctor';

/** Each network's app: known there with this secret, and where people have to come back to. */
export async function checkNetworks(settings: Settings, clock: Clock): Promise<Finding[]> {
  const { apps } = settings;
  const set = settingsPrefixes().filter(({ key }) => apps[key] && apps[key] !== 'none');
  if (set.length === 0)
    return [wrong('networks', 'none is set up.', 'Set the pair of at least one network, as README says.')];
  const networks = createNetworks({ outbound: outboundThrough(settings.outboundOrigin), clock, apps });
  const found = await Promise.all(
    set.map(async ({ key, prefix }) => {
      const type = typeOf(key, networks.offered);
      const redirectUri = `${settings.baseUrl}/link/callback/${networkOf(type)}`;
      const returned = new URL(`${redirectUri}?code=${madeUp}&state=${state}`);
      const signIn = { type, app: networks.appFor(type), redirectUri, state, verifier: madeUp.repeat(3) };
      const trouble = await troubleOf(() => networks.of(type).exchange(signIn, returned));
      return [
        about(prefix, networkRow(networkOf(type)), trouble),
        look(`${prefix} redirect`, `the app there has to name ${redirectUri}`),
      ];
    }),
  );
  return found.flat();
}

/** The type that an app is for, or one of its network's. */
function typeOf(key: NetworkId | ProfileType, offered: readonly ProfileType[]): ProfileType {
  const own = profileTypes.find((type) => type === key);
  return own ?? offered.find((type) => networkOf(type) === key) ?? profileTypes[0];
}

async function troubleOf(exchange: () => Promise<unknown>): Promise<NetworkTrouble['kind'] | 'none'> {
  try {
    await exchange();
    return 'none';
  } catch (error) {
    return error instanceof NetworkTrouble ? error.kind : 'passing';
  }
}

function about(
  prefix: string,
  { portal, saysNoAlike }: Pick<NetworkRow, 'portal' | 'saysNoAlike'>,
  trouble: NetworkTrouble['kind'] | 'none',
): Finding {
  const what = `${prefix}_CLIENT_ID`;
  const pair = `${what} and ${prefix}_CLIENT_SECRET`;
  if (trouble === 'notSetUp') {
    const fix = `Compare ${pair} with what ${portal} shows.`;
    return wrong(what, 'the network does not know an app with this id and secret.', fix);
  }
  if (saysNoAlike) return look(what, `the network does not tell whether it knows the app: compare ${pair} there.`);
  if (trouble === 'passing' || trouble === 'wait') {
    return look(what, `the network gave no clear answer: try again, and compare ${pair} there.`);
  }
  return ok(what, 'the network knows the app');
}
