import type { PagePlace } from '../../rules/operation.js';

/** Where a page begins: behind a row, or before one; from the start without. */
export type Turned = { size: number; after?: PagePlace; before?: PagePlace };
export type Turns = {
  /** There is more behind, or before, this page. */
  next?: PagePlace;
  previous?: PagePlace;
};

/** How rows of a list are read and told apart. */
export type Rows<R, K> = {
  /** `count` rows in order behind a place (going back: before it, the nearest first). */
  read: (place: PagePlace | undefined, count: number, isBack: boolean) => Promise<R[]>;
  placeOf: (row: R) => PagePlace;
  /** What is shown of those that still belong there; the others are passed over. */
  keep: (rows: R[]) => Promise<{ row: R; kept: K }[]>;
};

/** One page: as many rows as it holds and one more are read, and again where some are passed over. */
export async function turn<R, K>({ read, placeOf, keep }: Rows<R, K>, turned: Turned): Promise<Turns & { rows: K[] }> {
  const { size, after, before } = turned;
  const isBack = before !== undefined;
  const all: { row: R; kept: K }[] = [];
  for (let place = before ?? after; all.length <= size; ) {
    const found = await read(place, size + 1, isBack);
    all.push(...(await keep(found)));
    const last = found.at(-1);
    if (found.length <= size || !last) break;
    place = placeOf(last);
  }
  const page = all.slice(0, size);
  const goesOn = all.length > size;
  if (isBack) page.reverse();
  const [first, last] = [page[0], page.at(-1)];
  return {
    rows: page.map(({ kept }) => kept),
    ...(last && (isBack || goesOn) ? { next: placeOf(last.row) } : {}),
    ...(first && (isBack ? goesOn : after) ? { previous: placeOf(first.row) } : {}),
  };
}
