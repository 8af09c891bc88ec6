import { isWaiting, whoDecides } from '../../rules/claims/claims.js';
import type { Claim, OutboxEntry, PersonId, Profile, TenantId } from '../../rules/types.js';
import { claimForAll, decidersOfTenant } from '../answers/claims.js';
import { approvalForAll, decidersOf } from '../publishing/approvals.js';
import { approvalLease, type CardNeeds, type Subject, showOneAtATime } from './decisionCards.js';

type CardEntry = Extract<OutboxEntry, { kind: 'claimCard' }>;
type ApprovalEntry = Extract<OutboxEntry, { kind: 'approvalCard' }>;

/** Makes all cards of one claim show how it is now. Gives the entry back when something has to be tried again. */
export function showClaim(services: CardNeeds, profile: Profile, entry: CardEntry): Promise<CardEntry | undefined> {
  // It may have been decided while another showed it.
  const load = async () => {
    const fresh = (await services.collections.profiles.get(profile.tenant, profile.id)) ?? profile;
    const claim = fresh.claims.find((one) => one.id === entry.claim);
    return claim && claimSubject(services, fresh, claim);
  };
  return showOneAtATime(services, profile.tenant, `claim:${entry.claim}`, entry, load);
}

async function claimSubject(services: CardNeeds, profile: Profile, claim: Claim): Promise<Subject> {
  return {
    id: claim.id,
    profile,
    waits: isWaiting(claim),
    card: { kind: 'claim', claim: await claimForAll(services, profile, claim) },
    tiers: () => claimTiers(services, profile, claim),
  };
}

/** The same for a post that waits for a yes. */
export function showApproval(
  services: CardNeeds,
  tenant: TenantId,
  entry: ApprovalEntry,
): Promise<ApprovalEntry | undefined> {
  const load = async (): Promise<Subject | undefined> => {
    const approval = await approvalForAll(services, tenant, entry.intent);
    if (!approval) return undefined;
    const { profile, intent } = approval;
    return {
      id: intent.id,
      profile,
      waits: intent.state === 'toApprove',
      card: { kind: 'approval', approval },
      tiers: () => decidersOf(services, profile, intent.author.id),
    };
  };
  return showOneAtATime(services, tenant, approvalLease(entry.intent), entry, load);
}

/** The owners, or where none decides those who look after the tenant; never a party to it. */
async function claimTiers(services: CardNeeds, profile: Profile, claim: Claim): Promise<PersonId[][]> {
  const deciders = whoDecides(profile, claim, services.clock());
  const owners = deciders.kind === 'owners' ? deciders.owners.map(({ id }) => id) : [];
  const tiers = [owners, ...(await decidersOfTenant(services, profile.tenant))];
  const party = [claim.by.id, ...(claim.objectedBy ? [claim.objectedBy.id] : [])];
  return tiers.map((ids) => ids.filter((id) => !party.includes(id)));
}
