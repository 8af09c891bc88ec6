import { z } from 'zod';
import type { Asked } from '../../rules/operation.js';
import { channelKinds, lists } from '../../rules/operation.js';
import { topicNames } from '../../rules/tenant/noticeTopics.js';
import { policySettings } from '../../rules/tenant/policy.js';
import { acquisitions, lights, networkIds, profileTypes, roles } from '../../rules/types.js';

const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w:.-]+$/);
const words = z.string().min(1).max(200);
const page = z.int().min(0).max(10_000).optional();
/** Pressed on a list, to which there is a way back. */
const listed = z.literal(true).optional();
const place = z.strictObject({ key: z.string().max(400), id }).optional();
const turn = { page, after: place, before: place };
const profile = z.union([z.strictObject({ id }), z.strictObject({ words }), z.strictObject({ any: z.literal(true) })]);
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

const picking = z.strictObject({ review: z.literal(true).optional() }).optional();

const reaction = {
  link: z.string().min(1).max(8192),
  profiles,
  text: z.string().max(70_000).optional(),
  form: z.literal(true).optional(),
  instead: id.optional(),
};

/** Rows of one page of the tab's lists; it asks for fewer. */
export const mostRows = 1_000;

/** One strict shape per operation: unknown fields, wrong types and over-long text are refused. */
const shapes = {
  help: { all: z.literal(true).optional() },
  profiles: { list: z.enum(lists), network: z.enum(networkIds).optional(), ...turn },
  browse: {
    list: z.enum(lists),
    network: z.enum(networkIds).optional(),
    light: z.enum(lights).optional(),
    owner: id.optional(),
    group: id.optional(),
    search: z.string().max(200).optional(),
    descending: z.literal(true).optional(),
    after: place,
    most: z.int().min(1).max(mostRows).optional(),
  },
  show: { profile },
  add: { type: z.enum(profileTypes).optional(), network: z.enum(networkIds).optional() },
  share: {
    who: whos,
    profile,
    until,
    span: z.string().max(60).optional(),
    endless: z.literal(true).optional(),
    approval: z.literal(true).optional(),
    picking,
  },
  unshare: { who: whos, profile },
  invite: { who: whos, profile, picking },
  claim: { profile, why: z.string().max(500).optional(), ask: z.literal(true).optional() },
  withdraw: { profile },
  approve: { profile, claim: id, reason: z.string().max(300).optional() },
  decline: { profile, claim: id, reason: z.string().max(300).optional() },
  claimcard: { profile, claim: id, listed },
  object: { profile, owner: id.optional() },
  vouch: { profile, owner: id.optional() },
  claims: {},
  approvals: { to: z.enum(['here', 'off']) },
  policy: {
    setting: z.enum(policySettings).optional(),
    value: z.string().max(40).optional(),
    changes: z
      .array(z.strictObject({ setting: z.enum(policySettings), value: z.string().max(40) }))
      .max(policySettings.length)
      .optional(),
  },
  check: { profile },
  renew: { profile },
  forget: { profile },
  leave: { profile },
  delete: { profile },
  removeOwner: { owner: id, profile },
  whatif: { who },
  history: { profile, page },
  health: turn,
  allow: { what: z.enum(acquisitions), profile },
  deny: { what: z.enum(acquisitions), profile },
  role: { who, role: z.enum([...roles, 'admin', 'no-admin']) },
  roles: {},
  requestaccess: {},
  refuseaccess: { who },
  notices: { topic: z.enum(topicNames).optional(), on: z.boolean().optional() },
  post: {
    profiles,
    text: z.string().max(70_000).optional(),
    at: until,
    form: z.literal(true).optional(),
    instead: id.optional(),
    pictures: z.array(id).max(10).optional(),
    video: id.optional(),
  },
  pictures: { posting: id, video: z.literal(true).optional() },
  reply: reaction,
  like: reaction,
  repost: reaction,
  send: { posting: id },
  posts: { profiles, posting: id.optional(), page, listed, left: id.optional() },
  undo: { posting: id.optional(), intent: id.optional() },
  sendNow: { posting: id.optional(), intent: id.optional() },
  takeBack: { intent: id },
  lookAgain: { intent: id },
  settle: { intent: id, there: z.boolean(), candidate: z.string().max(200).optional() },
  approvePost: { intent: id, hash: z.string().min(1).max(100) },
  declinePost: { intent: id, reason: z.string().max(300).optional() },
  approvalcard: { intent: id, listed },
  watchVideo: { intent: id },
  prove: { link: z.string().min(1).max(2000).optional(), intent: id.optional() },
  freeze: { profile, drill: z.literal(true).optional() },
  thaw: { profile, reason: z.string().max(300).optional() },
  freezeAll: {},
  thawAll: { reason: z.string().max(300).optional() },
  code: { digits: z.string().regex(/^(\d{6})?$/) },
  yes: { confirm: id },
  no: { confirm: id },
} satisfies Record<Asked['kind'], z.ZodRawShape>;

const parsers = new Map<unknown, z.ZodType>(
  Object.entries(shapes).map(([kind, shape]) => [kind, z.strictObject({ kind: z.literal(kind), ...shape })]),
);

/** An operation out of something untrusted, as strictly as words are parsed; undefined when it is none. */
export function parseAsked(value: unknown): Asked | undefined {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const parsed = parsers.get(kind)?.safeParse(value);
  return parsed?.success ? (withoutUndefined(parsed.data as object) as Asked) : undefined;
}

function withoutUndefined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
