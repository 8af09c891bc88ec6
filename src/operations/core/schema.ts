import { z } from 'zod';
import type { Asked } from '../../rules/operation.js';
import { channelKinds, lists } from '../../rules/operation.js';
import { policySettings } from '../../rules/tenant/policy.js';
import { acquisitions, networkIds, profileTypes, roles } from '../../rules/types.js';

const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w:.-]+$/);
const words = z.string().min(1).max(200);
const page = z.int().min(0).max(10_000).optional();
const profile = z.union([z.strictObject({ id }), z.strictObject({ words })]);
const profiles = z.array(profile).max(10);
const who = z.union([
  z.strictObject({ person: id }),
  z.strictObject({
    group: id,
    channel: z.strictObject({ name: z.string().max(200), kind: z.enum(channelKinds).optional() }).optional(),
  }),
  z.strictObject({ everyone: z.literal(true) }),
  z.strictObject({ tag: z.strictObject({ team: id, id: z.string().max(200), name: z.string().max(200) }) }),
  z.strictObject({ words }),
]);
const whos = z.array(who).max(20);
const until = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .optional();

const picking = z.strictObject({ search: z.string().max(200) }).optional();

/** One strict shape per operation: unknown fields, wrong types and over-long text are refused. */
const operation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('help') }),
  z.strictObject({ kind: z.literal('profiles'), list: z.enum(lists), network: z.enum(networkIds).optional(), page }),
  z.strictObject({ kind: z.literal('show'), profile }),
  z.strictObject({ kind: z.literal('add'), type: z.enum(profileTypes).optional() }),
  z.strictObject({
    kind: z.literal('share'),
    who: whos,
    profile,
    until,
    endless: z.literal(true).optional(),
    approval: z.literal(true).optional(),
    picking,
  }),
  z.strictObject({ kind: z.literal('unshare'), who: whos, profile }),
  z.strictObject({ kind: z.literal('invite'), who: whos, profile, picking }),
  z.strictObject({
    kind: z.literal('claim'),
    profile,
    why: z.string().max(500).optional(),
    ask: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('withdraw'), profile }),
  z.strictObject({ kind: z.enum(['approve', 'decline']), profile, claim: id, reason: z.string().max(300).optional() }),
  z.strictObject({ kind: z.literal('claimcard'), profile, claim: id }),
  z.strictObject({ kind: z.enum(['object', 'vouch']), profile, owner: id.optional() }),
  z.strictObject({ kind: z.literal('claims') }),
  z.strictObject({ kind: z.literal('approvals'), to: z.enum(['here', 'off']) }),
  z.strictObject({
    kind: z.literal('policy'),
    setting: z.enum(policySettings).optional(),
    value: z.string().max(40).optional(),
  }),
  z.strictObject({ kind: z.literal('renew'), profile }),
  z.strictObject({ kind: z.literal('forget'), profile }),
  z.strictObject({ kind: z.literal('leave'), profile }),
  z.strictObject({ kind: z.literal('delete'), profile }),
  z.strictObject({ kind: z.literal('removeOwner'), owner: id, profile }),
  z.strictObject({ kind: z.literal('whatif'), who }),
  z.strictObject({ kind: z.literal('history'), profile, page }),
  z.strictObject({ kind: z.literal('health'), page }),
  z.strictObject({ kind: z.enum(['allow', 'deny']), what: z.enum(acquisitions), profile }),
  z.strictObject({ kind: z.literal('role'), who, role: z.enum([...roles, 'admin', 'no-admin']) }),
  z.strictObject({ kind: z.literal('roles') }),
  z.strictObject({
    kind: z.literal('post'),
    profiles,
    text: z.string().max(70_000).optional(),
    at: until,
    form: z.literal(true).optional(),
    instead: id.optional(),
  }),
  z.strictObject({ kind: z.literal('send'), posting: id }),
  z.strictObject({ kind: z.literal('posts'), profiles, posting: id.optional(), page }),
  z.strictObject({ kind: z.enum(['undo', 'sendNow']), posting: id.optional(), intent: id.optional() }),
  z.strictObject({ kind: z.enum(['takeBack', 'lookAgain']), intent: id }),
  z.strictObject({
    kind: z.literal('settle'),
    intent: id,
    there: z.boolean(),
    candidate: z.string().max(200).optional(),
  }),
  z.strictObject({ kind: z.literal('freeze'), profile, drill: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('thaw'), profile, reason: z.string().max(300).optional() }),
  z.strictObject({ kind: z.literal('freezeAll') }),
  z.strictObject({ kind: z.literal('thawAll'), reason: z.string().max(300).optional() }),
  z.strictObject({ kind: z.literal('code'), digits: z.string().regex(/^\d{6}$/) }),
  z.strictObject({ kind: z.enum(['yes', 'no']), confirm: id }),
]);

/** An operation out of something untrusted, as strictly as words are parsed; undefined when it is none. */
export function parseAsked(value: unknown): Asked | undefined {
  const parsed = operation.safeParse(value);
  return parsed.success ? (withoutUndefined(parsed.data) as Asked) : undefined;
}

function withoutUndefined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
