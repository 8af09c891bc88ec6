import { isGuid } from '../platform/guid.js';

/** Entra ids are GUIDs. Anything else never becomes part of an address: it names nobody. */
export function isDirectoryId(id: string): boolean {
  return isGuid(id);
}

/** Each id once, without those that cannot be one. */
export function directoryIds(ids: readonly string[]): string[] {
  return [...new Set(ids.filter(isDirectoryId))];
}

export function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
