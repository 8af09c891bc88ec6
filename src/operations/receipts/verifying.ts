import { type Head, hashOfRecord, noRecord } from '../../store/chain.js';
import { exportFormat } from './exporting.js';

/** What is wrong with a record of an export, by its number; `line` where it has none that can be read. */
export type Fault = {
  kind: 'changed' | 'dropped' | 'swapped' | 'added' | 'unreadable' | 'head';
  number?: number;
  line?: number;
  sentence: string;
};
type Row = { line: number; number: number; prev: string; hash: string; own: string; tenant: string };
type Header = { tenant: string; head: Head };

/**
 * Everything that is wrong with an export of an audit; nothing for one that is whole. `kept`: a head that was written down
 * somewhere else at an earlier time. Without one, an export that somebody made anew from beginning to end, or cut off at
 * its end together with its head, cannot be told from a whole one.
 */
export function verifyAudit(lines: readonly string[], kept?: Head): Fault[] {
  const [first = '', ...others] = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  const header = headerOf(first);
  if (!header) return [{ kind: 'head', line: 1, sentence: 'The first line is not the head of such an export.' }];
  const faults: Fault[] = [];
  const rows = others.flatMap((text, at) => rowOf(text, at + 2) ?? unreadable(faults, at + 2));
  const byNumber = new Map<number, Row[]>();
  for (const row of rows) byNumber.set(row.number, [...(byNumber.get(row.number) ?? []), row]);
  const chain = chainOf(byNumber, header, faults);
  checkLinks(chain, header, faults);
  checkOrder(rows, header, faults);
  if (kept) checkKept(chain, header, kept, faults);
  return faults;
}

function headerOf(text: string): Header | undefined {
  const value = parsed(text);
  const head = value?.head as Partial<Head> | undefined;
  const isHead = Number.isSafeInteger(head?.number) && Number(head?.number) >= 0 && typeof head?.hash === 'string';
  if (value?.format !== exportFormat || typeof value.tenant !== 'string' || !isHead) return undefined;
  return { tenant: value.tenant, head: head as Head };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function rowOf(text: string, line: number): Row | undefined {
  const value = parsed(text);
  const { number, prev, hash, tenant } = value ?? {};
  if (!value || !Number.isSafeInteger(number) || typeof prev !== 'string' || typeof hash !== 'string') return undefined;
  return { line, number: number as number, prev, hash, own: hashOfRecord(value), tenant: String(tenant) };
}

function unreadable(faults: Fault[], line: number): [] {
  faults.push({ kind: 'unreadable', line, sentence: `Line ${line} is no record that can be read.` });
  return [];
}

/** One row for each number that the head promises; what is missing, twice there, beyond it or not what its hash says is named. */
function chainOf(byNumber: ReadonlyMap<number, Row[]>, { tenant, head }: Header, faults: Fault[]): Map<number, Row> {
  const chain = new Map<number, Row>();
  for (const [number, rows] of byNumber) {
    if (number < 1 || number > head.number) {
      for (const { line } of rows)
        faults.push({
          kind: 'added',
          number,
          line,
          sentence: `Record ${number} (line ${line}) was added: the chain ends at ${head.number}.`,
        });
      continue;
    }
    const [row, ...more] = [...rows].sort((a, b) => closeness(b, byNumber, head) - closeness(a, byNumber, head));
    for (const { line } of more)
      faults.push({
        kind: 'added',
        number,
        line,
        sentence: `Record ${number} is there more than once; line ${line} was added.`,
      });
    if (!row) continue;
    chain.set(number, row);
    if (row.own !== row.hash || row.tenant !== tenant)
      faults.push({
        kind: 'changed',
        number,
        line: row.line,
        sentence: `Record ${number} was changed: it is not what its hash says.`,
      });
  }
  for (let number = 1; number <= head.number; number++)
    if (!chain.has(number)) faults.push({ kind: 'dropped', number, sentence: `Record ${number} was dropped.` });
  return chain;
}

/** Of several with one number, the one that its neighbours know. */
function closeness(row: Row, byNumber: ReadonlyMap<number, Row[]>, head: Head): number {
  const isWhole = row.own === row.hash;
  const isBehind =
    row.number === 1 ? row.prev === '' : byNumber.get(row.number - 1)?.some(({ hash }) => hash === row.prev);
  const isBefore =
    row.number === head.number
      ? row.hash === head.hash
      : byNumber.get(row.number + 1)?.some(({ prev }) => prev === row.hash);
  return (isWhole ? 4 : 0) + (isBefore ? 2 : 0) + (isBehind ? 1 : 0);
}

/** Each record names the hash of the one before; the head names that of the last. */
function checkLinks(chain: ReadonlyMap<number, Row>, { head }: Header, faults: Fault[]): void {
  const changed = new Set(faults.filter(({ kind }) => kind === 'changed').map(({ number }) => number));
  const tell = (number: number, sentence: string) => {
    if (changed.has(number)) return;
    changed.add(number);
    faults.push({ kind: 'changed', number, sentence });
  };
  for (let number = 0; number < head.number; number++) {
    const hash = number === 0 ? noRecord.hash : chain.get(number)?.hash;
    const after = chain.get(number + 1);
    if (hash === undefined || !after || after.prev === hash) continue;
    if (changed.has(number) || changed.has(number + 1)) continue;
    if (number > 0)
      tell(number, `Record ${number} was changed, or record ${number + 1} after it: they do not follow each other.`);
    tell(number + 1, `Record ${number + 1} was changed, or record ${number} before it: they do not follow each other.`);
  }
  const last = chain.get(head.number);
  if (last && last.hash !== head.hash)
    tell(head.number, `Record ${head.number} was changed, or the head of the export: it does not end with it.`);
  if (head.number === 0 && head.hash !== noRecord.hash)
    faults.push({
      kind: 'head',
      line: 1,
      sentence: 'The head of the export was changed: it names a hash and no record.',
    });
}

/** Records that stand in another place than their numbers say. */
function checkOrder(rows: readonly Row[], { head }: Header, faults: Fault[]): void {
  const inside = rows.filter(({ number }) => number >= 1 && number <= head.number);
  const sorted = [...inside].sort((a, b) => a.number - b.number || a.line - b.line);
  for (const [at, row] of inside.entries()) {
    if (row.number === sorted[at]?.number) continue;
    faults.push({
      kind: 'swapped',
      number: row.number,
      line: row.line,
      sentence: `Record ${row.number} stands in the wrong place, in line ${row.line}.`,
    });
  }
}

/** Against a head from elsewhere, also a chain that was made anew, or cut off at its end, is told. */
function checkKept(chain: ReadonlyMap<number, Row>, { head }: Header, kept: Head, faults: Fault[]): void {
  for (let number = head.number + 1; number <= kept.number; number++)
    faults.push({
      kind: 'dropped',
      number,
      sentence: `Record ${number} was dropped: the head that was kept knows it.`,
    });
  const row = chain.get(kept.number);
  if (row && row.hash !== kept.hash)
    faults.push({
      kind: 'changed',
      number: kept.number,
      sentence: `Record ${kept.number} or one before it was changed: it is not the head that was kept.`,
    });
}
