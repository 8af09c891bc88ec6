import { compareRows, holds, isAfter, type Test } from '../conditions.js';
import type { After, StoredDoc } from '../store.js';
import { above, beginningOf, kindOf, partOf } from './keys.js';
import { inTurn, merged, type Span, spanOf } from './scan.js';
import type { Table } from './table.js';
import type { Index, Row, Tree } from './tableIndex.js';

type Sort = [string, 1 | -1][];
export type Asked = { tests: readonly Test[]; sort: Sort; after?: After | undefined };

/** One index, and the parts of it that hold all that can pass. */
type Plan<T extends StoredDoc> = {
  tree: Tree<T>;
  spans: Span[];
  /** How many conditions the spans settle, and those that each row is still held against. */
  settles: number;
  left: readonly Test[];
  /** Walked in this direction, the rows come as the sort wants them, and from `after` on. */
  ordered?: 1 | -1;
};

/** With more values than this, in all combinations, an index is no help. */
const mostSpans = 8192;
/** Rows looked at to see which of two indexes is the narrower one. */
const probed = 256;

/** The rows that meet all conditions, in the order that was asked for: read no further than the caller goes on. */
export function* rowsOf<T extends StoredDoc>(table: Table<T>, asked: Asked): Generator<Row<T>> {
  const { tests, sort, after } = asked;
  const plan = planOf(table, asked);
  const [first] = sort;
  const left = typeof plan === 'object' ? plan.left : tests;
  const isIn = (row: Row<T>) => holds(row.doc, left) && (!after || !first || isAfter(row.doc, first, after));
  if (sort.length === 0 || (typeof plan === 'object' && plan.ordered !== undefined)) {
    for (const row of walkPlan(table, tests, plan)) if (isIn(row)) yield row;
    return;
  }
  const found = [...walkPlan(table, tests, plan)].filter(isIn);
  yield* found.sort((a, b) => compareRows(a.doc, b.doc, sort));
}

function walkPlan<T extends StoredDoc>(
  table: Table<T>,
  tests: readonly Test[],
  plan: Plan<T> | 'ids' | 'all',
): Iterable<Row<T>> {
  if (plan === 'all') return table.rows.values();
  if (plan === 'ids') return byIds(table, tests);
  const { tree, spans, ordered } = plan;
  return ordered ? merged(tree, spans, ordered) : inTurn(tree, spans);
}

function* byIds<T extends StoredDoc>(table: Table<T>, tests: readonly Test[]): Generator<Row<T>> {
  const ids = tests.find((test) => test.field === 'id' && 'in' in test);
  for (const id of new Set(ids && 'in' in ids ? ids.in : [])) {
    const row = typeof id === 'string' ? table.rows.get(id) : undefined;
    if (row) yield row;
  }
}

function planOf<T extends StoredDoc>(table: Table<T>, asked: Asked): Plan<T> | 'ids' | 'all' {
  const { tests } = asked;
  if (tests.some((test) => test.field === 'id' && 'in' in test)) return 'ids';
  const plans: Plan<T>[] = [];
  for (const index of table.indexes) {
    const plan = planWith(index, asked);
    // It settles everything, and is in order where one was asked for: no other can be better.
    if (plan && (plan.ordered || asked.sort.length === 0) && plan.settles === tests.length) return plan;
    if (plan) plans.push(plan);
  }
  return narrowest(plans) ?? 'all';
}

/** The one with the fewest rows, as far as they are counted; of several long ones, the one that is in order. */
function narrowest<T extends StoredDoc>(plans: readonly Plan<T>[]): Plan<T> | undefined {
  const order = (plan: Plan<T>) => Number(plan.ordered !== undefined) * 100 + plan.settles;
  let best: Plan<T> | undefined;
  let least = plans.length > 1 ? probed : 0;
  for (const plan of [...plans].sort((a, b) => a.spans.length - b.spans.length)) {
    const size = least === 0 ? 0 : sizeOf(plan, least);
    if (best && size === least && order(plan) <= order(best)) continue;
    best = plan;
    least = size;
  }
  return best;
}

/** How many rows there are, counted up to `most`. */
function sizeOf<T extends StoredDoc>({ tree, spans }: Plan<T>, most: number): number {
  let size = 0;
  for (const _ of inTurn(tree, spans)) if (++size === most) break;
  return size;
}

/** How this index would answer: exact values of its first fields, then one range or the sort field. */
function planWith<T extends StoredDoc>(index: Index<T>, asked: Asked): Plan<T> | undefined {
  const { fields } = index;
  const { tests, sort } = asked;
  let starts = [''];
  let at = 0;
  for (; at < fields.length; at += 1) {
    const test = tests.find(({ field }) => field === fields[at]);
    if (!test || !('in' in test) || starts.length * test.in.length > mostSpans) break;
    const parts = [...new Set(test.in)].map(partOf);
    starts = starts.flatMap((start) => parts.map((part) => start + part));
  }
  const field = fields[at] ?? 'id';
  const range = tests.find((test) => test.field === field && !('in' in test));
  const [first] = sort;
  // What lies between the sort field and the id would have a say; and a whole index is in order only with every row in it.
  const isLast = at >= fields.length - 1;
  const isOrdered = isLast && sort.length <= 2 && first?.[0] === field && (at > 0 || index.everyRowOnce);
  if (at === 0 && !range && !isOrdered) return undefined;
  const spans = starts.map((start) => (range ? rangeSpan(start, range) : spanOf(start)));
  const settled = new Set(fields.slice(0, at));
  // The ends of a range are looked at row by row, and so is what a list may not hold besides.
  const left = tests.filter((test) => !settled.has(test.field) || !('in' in test) || test.with || test.without);
  const plan = { tree: index.tree, spans, left, settles: at + (range ? 1 : 0) };
  if (!isOrdered || !first) return plan;
  return { ...plan, ordered: first[1], spans: spans.map((span) => cut(span, asked)) };
}

function rangeSpan(start: string, test: Test): Span {
  if ('prefix' in test)
    return { start, from: start + beginningOf(test.prefix), to: start + beginningOf(test.prefix) + above };
  const range = 'range' in test ? test.range : {};
  const [sample] = Object.values(range);
  const kind = sample === undefined ? '' : kindOf(sample);
  const low = range.gt ?? range.gte;
  const high = range.lt ?? range.lte;
  // The conditions decide about the ends themselves.
  return {
    start,
    from: start + (low === undefined ? kind : partOf(low)),
    to: start + (high === undefined ? kind : partOf(high)) + above,
  };
}

/** The span from the document on that the page follows. */
function cut({ start, from, to }: Span, { sort, after }: Asked): Span {
  const [first] = sort;
  if (!after || !first) return { start, from, to };
  const key = start + (first[0] === 'id' ? '' : partOf(after.value)) + partOf(after.id);
  if (first[1] === 1) return { start, from: key > from ? key : from, to };
  return { start, from, to: key < to ? key : to };
}
