import type { Needs } from '../../operations/core/parts.js';
import { changes, type OperationKind } from '../../rules/operation.js';
import { put } from '../../store/update.js';

const dayMs = 86_400_000;
const keptLimit = 5000;
/** A delivery that got no answer in this time is taken for dead (the process stopped), and may be run again. */
const deadAfterMs = 60_000;

/**
 * Runs what an activity asks for once. A second delivery, here or in another process, gets the first one's answer
 * (`T`, plain JSON) and does nothing, for 24 hours.
 */
export function createOnce<T>(services: Needs<'collections' | 'clock' | 'later'>) {
  const kept = new Map<string, { answer: Promise<T>; at: number }>();
  return async (tenant: string, id: string, kind: OperationKind, run: () => Promise<T>): Promise<T> => {
    const key = `${tenant}|${id}`;
    const known = kept.get(key);
    if (known && Date.now() - known.at < dayMs) return known.answer;
    const answer = changes(kind) ? inStore(services, tenant, id, run) : run();
    kept.set(key, { answer, at: Date.now() });
    if (kept.size > keptLimit) kept.delete(kept.keys().next().value as string);
    answer.catch(() => kept.delete(key));
    return answer;
  };
}

async function inStore<T>(
  services: Needs<'collections' | 'clock' | 'later'>,
  tenant: string,
  id: string,
  run: () => Promise<T>,
): Promise<T> {
  const { activities } = services.collections;
  const at = services.clock();
  const mark = { tenant, id, version: 1, at, expires: new Date(at.getTime() + dayMs) };
  if (!(await activities.insert(mark))) {
    const first = await activities.get(tenant, id);
    if (first?.answer !== undefined) return JSON.parse(first.answer) as T;
    const dead = first && at.getTime() - first.at.getTime() > deadAfterMs;
    if (!dead) return undefined as T;
  }
  try {
    const answer = await run();
    services.later('keep answer', () => put(activities, { ...mark, answer: JSON.stringify(answer ?? null) }, mark));
    return answer;
  } catch (error) {
    await activities.delete(tenant, id).catch(() => undefined);
    throw error;
  }
}
