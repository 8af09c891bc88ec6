import { badRequest } from './answer.js';
import type { Row } from './rows.js';

type Test = (row: Row) => boolean;
type Reader = { take: (pattern: RegExp) => string | undefined; done: () => boolean };

/** No more values than this in one filter. */
const mostValues = 15;

/**
 * The part of OData's `$filter` that Graph offers without `ConsistencyLevel`, as far as it is used: `eq`, `in`,
 * `startswith`, `any`, `and`, `or`, brackets. https://learn.microsoft.com/graph/filter-query-parameter
 * @throws GraphNo for anything else, so that text which breaks out of its quotes is noticed
 */
export function filterBy(text: string): Test {
  const reader = readerOf(text);
  let values = 0;
  const literal = (): unknown => {
    if (++values > mostValues)
      throw badRequest('Too many child clauses specified in search filter expression. Max allowed: 15.');
    const string = reader.take(/'((?:[^']|'')*)'/y);
    if (string !== undefined) return string.replaceAll("''", "'");
    const word = reader.take(/(true|false|null)\b/y) ?? wrong(text);
    return word === 'null' ? null : word === 'true';
  };
  const either = (): Test => {
    const one = both();
    if (reader.take(/(or)\s/y) === undefined) return one;
    const other = either();
    return (row) => one(row) || other(row);
  };
  const both = (): Test => {
    const one = single();
    if (reader.take(/(and)\s/y) === undefined) return one;
    const other = both();
    return (row) => one(row) && other(row);
  };
  const single = (): Test => {
    if (reader.take(/(\()/y)) {
      const inner = either();
      reader.take(/(\))/y) ?? wrong(text);
      return inner;
    }
    const start = reader.take(/startswith\((\w+),/y);
    if (start) return closed((value, row) => lower(row[start]).startsWith(lower(value)));
    const set = reader.take(/(\w+)\/any\((?:\w+):\w+ eq (?=')/iy);
    if (set) return closed((value, row) => Array.isArray(row[set]) && row[set].includes(value));
    const list = reader.take(/(\w+) in \(/y);
    if (list) return among(list);
    const property = reader.take(/(\w+) eq /y) ?? wrong(text);
    const value = literal();
    return (row) => equal(row[property], value);
  };
  const closed = (test: (value: unknown, row: Row) => boolean): Test => {
    const value = literal();
    reader.take(/(\))/y) ?? wrong(text);
    return (row) => test(value, row);
  };
  const among = (property: string): Test => {
    const values: unknown[] = [literal()];
    while (reader.take(/(,)/y)) values.push(literal());
    reader.take(/(\))/y) ?? wrong(text);
    return (row) => values.some((value) => equal(row[property], value));
  };
  const test = either();
  if (!reader.done()) wrong(text);
  return test;
}

function readerOf(text: string): Reader {
  let at = 0;
  const skip = () => {
    while (text[at] === ' ') at++;
  };
  return {
    take(pattern) {
      skip();
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) return undefined;
      at = pattern.lastIndex;
      return match[1];
    },
    done() {
      skip();
      return at === text.length;
    },
  };
}

function wrong(text: string): never {
  throw badRequest(`Invalid filter clause: ${text.length} characters.`);
}

function equal(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' ? lower(one) === lower(other) : one === other;
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
