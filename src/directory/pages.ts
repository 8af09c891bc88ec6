import { z } from 'zod';
import type { TenantId } from '../rules/types.js';
import { type Answer, type Ask, type Call, down } from './client.js';
import { DirectoryDown } from './directory.js';

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.count': z.number().optional(),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

/** No list here has more; a link that leads round in circles ends too. */
const mostPages = 5_000;

/** `count`: how many rows the whole list has, where it was asked for; on the first page only. */
export type Page = { value: unknown[]; count: number | undefined; deltaLink: string | undefined };

/**
 * Follows a list page by page; the last page of a delta has its link. The first page of what does not exist is empty.
 * Headers are the same on each page, as Graph asks.
 * @throws DirectoryDown on every other answer that is not a page
 */
export async function* pages(call: Call, tenant: TenantId, path: string, ask: Ask): AsyncGenerator<Page, void> {
  let next: string | undefined = path;
  for (let count = 0; next !== undefined; count++) {
    if (count === mostPages) throw new DirectoryDown('The directory’s list has no end.', 'unreachable');
    const answer: Answer = await call(tenant, next, ask);
    if (answer.status === 404 && count === 0) return;
    const read: z.infer<typeof page> = accepted(answer, page);
    yield { value: read.value, count: read['@odata.count'], deltaLink: read['@odata.deltaLink'] };
    next = read['@odata.nextLink'];
  }
}

/** The body of a 2xx, as `shape` says it is. @throws DirectoryDown when it is another answer or has another shape */
export function accepted<T>(answer: Answer, shape: z.ZodType<T>): T {
  if (answer.status < 200 || answer.status > 299) throw down(answer);
  const read = shape.safeParse(answer.body);
  if (!read.success) throw new DirectoryDown('The directory answered in a way we do not know.', 'unreachable');
  return read.data;
}

/** The same, and undefined for a 404. */
export function acceptedIfFound<T>(answer: Answer, shape: z.ZodType<T>): T | undefined {
  return answer.status === 404 ? undefined : accepted(answer, shape);
}

/** The rows that have the shape. Others (a kind added later, a row without rights to its fields) are left out. */
export function rows<T>(value: readonly unknown[], shape: z.ZodType<T>): T[] {
  return value.flatMap((row) => {
    const read = shape.safeParse(row);
    return read.success ? [read.data] : [];
  });
}
