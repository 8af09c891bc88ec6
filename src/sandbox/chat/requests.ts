import { z } from 'zod';

/** The page's requests, checked field by field. */
const id = z.string().min(1).max(200);
const data = z.record(z.string(), z.unknown()).default({});
const part = z.union([z.string().max(30_000), z.strictObject({ mention: id })]);

const file = z.strictObject({ name: z.string().max(500), type: z.string().max(100), data: z.base64() });

export const sayRequest = z.strictObject({
  ...{ from: id, in: id, parts: z.array(part).min(1).max(200) },
  files: z.array(file).max(20).default([]),
});
export const clickRequest = z.strictObject({
  from: id,
  message: id,
  verb: z.string().max(200),
  data,
  title: z.string().max(500).optional(),
  id: z.string().max(200).optional(),
  trigger: z.enum(['manual', 'automatic']).default('manual'),
});
export const submitRequest = z.strictObject({ from: id, message: id, data: z.unknown() });
export const searchRequest = z.strictObject({
  from: id,
  message: id,
  dataset: id,
  queryText: z.string().max(500),
  data,
});
export const actionRequest = z.strictObject({
  from: id,
  message: id,
  command: id,
  data: z.record(z.string(), z.unknown()).optional(),
});
export const taskRequest = z.strictObject({
  from: id,
  message: id,
  data: z.unknown().optional(),
  isSubmit: z.boolean().default(false),
});
export const openRequest = z.strictObject({ person: id, conversation: id });
export const tabTokenRequest = z.strictObject({ person: id });
export const blockRequest = z.strictObject({ person: id, isBlocked: z.boolean() });
