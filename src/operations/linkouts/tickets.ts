import { createHash, randomBytes } from 'node:crypto';
import type { TenantId } from '../../rules/types.js';

/**
 * A ticket is an unguessable address part that also says which tenant it belongs to, so that no look-up runs without
 * one: 16 bytes of tenant id and 24 that nobody guesses, random ones unless given. Only its hash is stored.
 */
export function makeTicket(tenant: TenantId, secret: Buffer = randomBytes(24)): string {
  return Buffer.concat([Buffer.from(tenant.replaceAll('-', ''), 'hex'), secret.subarray(0, 24)]).toString('base64url');
}

/** The tenant a ticket names, or undefined when it is not shaped like one. */
export function tenantOf(ticket: string): TenantId | undefined {
  if (!/^[\w-]{54}$/.test(ticket)) return undefined;
  const hex = Buffer.from(ticket, 'base64url').subarray(0, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What is stored in place of a ticket or a cookie. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
