import type { TenantId } from '../rules/types.js';
import { type Answer, type Call, down } from './client.js';
import { DirectoryDown } from './directory.js';
import { pages } from './pages.js';
import { retryPolicies } from './retryPolicy.js';

/** The link lived too long, or the directory lost its place: everything has to be read anew. */
export class LinkTooOld extends Error {}

/**
 * Reads one round of a delta query, page by page, from its first request or from a link. The link for the next round.
 * https://learn.microsoft.com/graph/delta-query-overview
 * @throws LinkTooOld, DirectoryDown
 */
export async function readDelta(
  call: Call,
  tenant: TenantId,
  path: string,
  take: (value: readonly unknown[]) => void,
): Promise<string> {
  const patient: Call = async (...[of, at]) => fresh(await call(of, at, { retryPolicy: retryPolicies.sweep }));
  for await (const { value, deltaLink } of pages(patient, tenant, path, {})) {
    take(value);
    if (deltaLink !== undefined) return deltaLink;
  }
  throw new DirectoryDown('The directory’s list of changes has no end.', 'unreachable');
}

/** Told by 410, or by the code alone: https://learn.microsoft.com/graph/errors */
function fresh(answer: Answer): Answer {
  const lost =
    answer.code === 'syncStateNotFound' || answer.code === 'resyncRequired' || answer.code === 'SyncStateNotFound';
  if (answer.status === 410 || lost) throw new LinkTooOld();
  if (answer.status === 404) throw down(answer);
  return answer;
}
