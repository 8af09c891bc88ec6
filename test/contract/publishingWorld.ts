import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Directory } from '../../src/directory/directory.js';
import { handle } from '../../src/operations/core/handle.js';
import type { Outcome } from '../../src/operations/core/outcome.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { authenticate } from '../../src/operations/people/actor.js';
import type { Asked } from '../../src/rules/operation.js';
import type { FakePost } from '../../src/sandbox/networks/posts.js';

/** So many organisations, by their ids. */
export const tenantIds = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `aaaaaaaa-0000-4000-8000-${String(at + 1).padStart(12, '0')}`);

const thaw = ['ada', 'bob'].map((id) => ({ id, name: id }));
/** Who thaws. */
export const admins: Parts['admins'] = {
  of: async () => thaw,
  has: async (_, id) => thaw.some((admin) => admin.id === id),
  fresh: async () => ({ admins: thaw, version: 0 }),
  forget: () => {},
};

/** Everybody is there and works, and is in no group: rights change by shares alone. */
export const directoryOf = (nameOf: (id: string) => string): Directory =>
  ({
    isEnabled: async () => true,
    person: async (_: string, id: string) => ({ id, name: nameOf(id), enabled: true, guest: false }),
    memberOf: async () => [],
    groupsOf: async () => [],
    people: async () => [],
  }) as unknown as Directory;

type By = { activity: string; tenant: string; person: string; name: string };

/** What one delivery of an activity leads to; the same `activity` is the same delivery again. */
export async function deliverTo(parts: Parts, { activity, tenant, person, name }: By, asked: Asked): Promise<Outcome> {
  const by = await authenticate(parts, { tenant, id: person, name, timeZone: 'UTC' });
  const id = createHash('sha256').update(activity).digest('base64url').slice(0, 24);
  return handle(parts, { ...by, id, personal: true, again: false }, asked);
}

/** All that was ever made, as the pretend networks wrote it down, and whether it is gone. */
export function postsMade(dataDir: string): { post: FakePost; gone: boolean }[] {
  const file = readFileSync(join(dataDir, 'networks-posts.jsonl'), { encoding: 'utf8', flag: 'a+' });
  const lines = file
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { post?: FakePost; gone?: string });
  const gone = new Set(lines.map((line) => line.gone));
  return lines.flatMap(({ post }) => (post ? [{ post, gone: gone.has(`${post.network}/${post.id}`) }] : []));
}
