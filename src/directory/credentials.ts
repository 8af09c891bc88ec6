import type { GetTokenOptions, TokenCredential } from '@azure/identity';
import type { Clock } from '../platform/clock.js';
import type { Outbound } from '../platform/outbound.js';
import type { TenantId } from '../rules/types.js';
import type { Cloud } from './clouds.js';
import { type Secret, sandboxCredential } from './sandboxCredential.js';

/** How the bot proves to Entra which app it is. */
export type DirectoryIdentity =
  | ({ kind: 'secret' } & Secret)
  | { kind: 'certificate'; clientId: string; certificatePath: string; certificatePassword?: string }
  /**
   * Without `appId` the identity itself holds the permissions and serves its own tenant only; with it, the app
   * registration `appId` trusts the (user-assigned) identity, and serves every tenant that consented to the app.
   */
  | { kind: 'managed-identity'; clientId?: string; appId?: string };

/** `sandbox`: set with OUTBOUND_ORIGIN, where `@azure/identity` cannot be used since it insists on https. */
export type CredentialOptions = { cloud: Cloud; sandbox?: { outbound: Outbound; clock: Clock } };

/**
 * The credential for each tenant, made when first asked for and kept, since `@azure/identity` keeps tokens inside it.
 * The package is loaded only then as well: it is large, and the sandbox never needs it.
 */
export function createCredentials(
  identity: DirectoryIdentity,
  { cloud, sandbox }: CredentialOptions,
): (tenant: TenantId) => TokenCredential {
  const cached = new Map<TenantId, TokenCredential>();
  const make = (tenant: TenantId): TokenCredential => {
    if (!sandbox) return whenNeeded(() => azureCredential(identity, cloud, tenant));
    const secret = identity.kind === 'secret' ? identity : { clientId: 'sandbox', clientSecret: 'sandbox' };
    return sandboxCredential(secret, tenant, cloud, sandbox);
  };
  return (tenant) => {
    const credential = cached.get(tenant) ?? make(tenant);
    cached.set(tenant, credential);
    return credential;
  };
}

function whenNeeded(make: () => Promise<TokenCredential>): TokenCredential {
  let made: Promise<TokenCredential> | undefined;
  return {
    async getToken(scopes: string | string[], options?: GetTokenOptions) {
      made ??= make();
      return (await made).getToken(scopes, options);
    },
  };
}

async function azureCredential(identity: DirectoryIdentity, cloud: Cloud, tenant: TenantId): Promise<TokenCredential> {
  const azure = await import('@azure/identity');
  const options = { authorityHost: cloud.authority, retryOptions: { maxRetries: 1 } };
  switch (identity.kind) {
    case 'secret':
      return new azure.ClientSecretCredential(tenant, identity.clientId, identity.clientSecret, options);
    case 'certificate': {
      const { certificatePath, certificatePassword } = identity;
      const certificate = { certificatePath, certificatePassword };
      return new azure.ClientCertificateCredential(tenant, identity.clientId, certificate, options);
    }
    case 'managed-identity': {
      const own = new azure.ManagedIdentityCredential(identity.clientId ? { clientId: identity.clientId } : {});
      if (!identity.appId) return own;
      const proof = async () => (await own.getToken(`${cloud.federation}/.default`)).token;
      return new azure.ClientAssertionCredential(tenant, identity.appId, proof, options);
    }
  }
}
