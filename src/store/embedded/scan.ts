import type { StoredDoc } from '../store.js';
import { above } from './keys.js';
import type { Row, Tree } from './tableIndex.js';

/** Keys that begin with `start`, from `from` on up to `to`; both ends lie between keys or are named by `skip`. */
export type Span = { start: string; from: string; to: string };

/** All keys that begin with this. */
export const spanOf = (start: string): Span => ({ start, from: start, to: start + above });

type Entries<T extends StoredDoc> = Iterator<[string, Row<T>]>;

/** The rows of one span in key order, or in the other one. */
function* walk<T extends StoredDoc>(tree: Tree<T>, { from, to }: Span, direction: 1 | -1): Generator<[string, Row<T>]> {
  for (const entry of direction === 1 ? tree.entries(from) : tree.entriesReversed(to)) {
    if (direction === 1 ? entry[0] > to : entry[0] < from) return;
    yield entry;
  }
}

/** The rows of several spans one after the other, each once: lists have a row in several places. */
export function* inTurn<T extends StoredDoc>(tree: Tree<T>, spans: readonly Span[]): Generator<Row<T>> {
  const seen = new Set<Row<T>>();
  for (const span of spans) {
    for (const [, row] of walk(tree, span, 1)) {
      if (seen.has(row)) continue;
      seen.add(row);
      yield row;
    }
  }
}

type Lane<T extends StoredDoc> = { entries: Entries<T>; start: number; rest: string; row: Row<T> };

/**
 * The rows of several spans in one order: that of what follows the beginnings of their keys. Each row comes once, since
 * it ends alike in every span.
 */
export function* merged<T extends StoredDoc>(
  tree: Tree<T>,
  spans: readonly Span[],
  direction: 1 | -1,
): Generator<Row<T>> {
  const lanes = spans.flatMap((span) => {
    const lane: Lane<T> = {
      entries: walk(tree, span, direction),
      start: span.start.length,
      rest: '',
      row: undefined as never,
    };
    return step(lane) ? [lane] : [];
  });
  let last: string | undefined;
  while (lanes.length > 0) {
    let [first] = lanes as [Lane<T>];
    for (const lane of lanes) if (direction === 1 ? lane.rest < first.rest : lane.rest > first.rest) first = lane;
    const { rest, row } = first;
    if (!step(first)) lanes.splice(lanes.indexOf(first), 1);
    if (rest === last) continue;
    last = rest;
    yield row;
  }
}

function step<T extends StoredDoc>(lane: Lane<T>): boolean {
  const next = lane.entries.next();
  if (next.done) return false;
  lane.rest = next.value[0].slice(lane.start);
  lane.row = next.value[1];
  return true;
}
