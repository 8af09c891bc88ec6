import { typeNames } from '../rules/profileTypes.js';
import { type Acquisition, type NetworkId, networkIds, type ProfileType, profileTypes } from '../rules/types.js';
import type { OwnFacts, TypeFacts } from './facts.js';
import { networks } from './index.js';

type Listed = { [Id in NetworkId]: keyof (typeof networks)[Id]['types'] }[NetworkId];

const own = Object.assign({}, ...Object.values(networks).map(({ types }) => types)) as Record<Listed, OwnFacts>;
const merged: Record<Listed, TypeFacts> = Object.fromEntries(
  profileTypes.map((type) => [type, { ...typeNames[type], ...own[type] }]),
) as Record<ProfileType, TypeFacts>;

/** All that differs between profile types. A type that no network has does not compile. */
export const typeFacts: Readonly<Record<ProfileType, TypeFacts>> = merged;

export function networkOf(type: ProfileType): NetworkId {
  return typeFacts[type].network;
}

export function typesOf(network: NetworkId): ProfileType[] {
  return profileTypes.filter((type) => typeFacts[type].network === network);
}

/** Whether a grant with these scopes may read what an owner allowed. A person can untick scopes on the consent page. */
export function mayAcquire(type: ProfileType, what: Acquisition, scopes: readonly string[]): boolean {
  return (typeFacts[type].reading?.[what] ?? []).some((set) => set.every((scope) => scopes.includes(scope)));
}

/** Whether a grant with these scopes may publish; of a type that publishes nothing, nothing is asked. */
export function mayPublish(type: ProfileType, scopes: readonly string[]): boolean {
  const { publishing = [], otherWay } = typeFacts[type];
  const holds = (needed: readonly string[]) => needed.every((scope) => scopes.includes(scope));
  return holds(publishing) || (otherWay?.publishing !== undefined && holds(otherWay.publishing));
}

/**
 * What the settings call the apps: `X` for X_CLIENT_ID and X_CLIENT_SECRET. `key` is where `Apps` wants the pair; `reviewed`:
 * the setting that says what else the app holds.
 */
export function settingsPrefixes(): { key: NetworkId | ProfileType; prefix: string; reviewed?: string }[] {
  const types = profileTypes.flatMap((key) => {
    const prefix = typeFacts[key].ownApp;
    return prefix ? [{ key, prefix }] : [];
  });
  return [...networkIds.map((key) => ({ key, prefix: key.toUpperCase(), ...reviewedOf(key) })), ...types];
}

function reviewedOf(network: NetworkId): { reviewed?: string } {
  const reviewed = typesOf(network).flatMap((type) => typeFacts[type].reviewed?.setting ?? [])[0];
  return reviewed ? { reviewed } : {};
}
