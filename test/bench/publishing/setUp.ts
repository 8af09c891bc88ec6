import { randomUUID } from 'node:crypto';
import type { Parts } from '../../../src/operations/core/parts.js';
import { grantFields } from '../../../src/operations/signins/grantStore.js';
import { withAccess } from '../../../src/rules/derived.js';
import type { Profile, ProfileType, TenantId } from '../../../src/rules/types.js';
import { type Harness, signInNow } from '../../contract/networks-harness.js';
import { bot } from './botParts.js';

/** The accounts that posts go out with: of every type that publishes, with who signs in to them. */
const accounts: readonly { type: ProfileType; externalId: string; handle: string; signsIn: string }[] = [
  { type: 'x-user', externalId: '1400000000000000101', handle: 'contoso', signsIn: 'contoso' },
  { type: 'x-user', externalId: '1400000000000000102', handle: 'contoso_support', signsIn: 'contoso_support' },
  { type: 'x-user', externalId: '1400000000000000103', handle: 'contoso_careers', signsIn: 'contoso_careers' },
  { type: 'facebook-page', externalId: '200000000000101', handle: 'contoso', signsIn: 'Alex Wilber' },
  { type: 'facebook-page', externalId: '200000000000102', handle: 'contososupport', signsIn: 'Alex Wilber' },
  { type: 'facebook-page', externalId: '200000000000103', handle: 'careers', signsIn: 'Alex Wilber' },
  { type: 'linkedin-page', externalId: '5001001', handle: 'contoso', signsIn: 'Alex Wilber' },
  { type: 'linkedin-page', externalId: '5001002', handle: 'contoso-careers', signsIn: 'Alex Wilber' },
  { type: 'linkedin-member', externalId: 'aLeX_w1lb3r', handle: 'alex-wilber', signsIn: 'Alex Wilber' },
];

export type Target = { tenant: TenantId; profile: string; type: ProfileType };

/**
 * Every organisation has a profile of each account, owned by Ann, shared with Ben, and with Cee, whose posts need a yes.
 * All have a chat with the bot.
 */
export async function setUp(parts: Parts, tenants: readonly TenantId[]): Promise<Target[]> {
  const targets: Target[] = [];
  for (const tenant of tenants) {
    for (const id of ['ann', 'ben', 'cee', 'ada', 'bob']) {
      const chat = { serviceUrl: parts.baseUrl, conversation: `a:${id}`, bot };
      await parts.collections.people.insert({ tenant, id, version: 1, name: id, chat, outbox: [] });
    }
    for (const account of accounts) targets.push(await addProfile(parts, tenant, account));
  }
  return targets;
}

async function addProfile(parts: Parts, tenant: TenantId, account: (typeof accounts)[number]): Promise<Target> {
  const { type, externalId, handle } = account;
  const now = parts.clock();
  const ann = { id: 'ann', name: 'Ann' };
  const share = (id: string) => ({ principal: { kind: 'person' as const, id, name: id }, by: ann, at: now });
  const shares = [share('ben'), { ...share('cee'), approval: true as const }];
  const profile: Profile = withAccess({
    ...{ tenant, id: `p-${randomUUID().slice(0, 8)}`, version: 1, revision: 1, type, externalId, handle, name: handle },
    ...{ owners: [{ ...ann, since: now }], shares, claims: [] },
    ...{ allowed: {}, access: [], outbox: [] },
  });
  await parts.collections.profiles.insert(profile);
  const harness = { networks: parts.networks } as Harness;
  const tokens = await signInNow(harness, type, { account: account.signsIn });
  const found = await parts.networks.of(type).accounts(type, tokens);
  const mine = found.find((one) => one.externalId === externalId);
  if (!mine) throw new Error(`${account.signsIn} has no ${type} ${externalId}`);
  await parts.collections.grants.insert({
    ...{
      tenant,
      id: `${profile.id}:ann`,
      version: 1,
      profile: profile.id,
      person: 'ann',
      personName: 'Ann',
      type,
      externalId,
    },
    ...{ state: 'good', since: now, lastGoodAt: now },
    ...grantFields(parts, { tenant, profile: profile.id, person: 'ann' }, type, mine.tokens ?? tokens),
  });
  return { tenant, profile: profile.id, type };
}
