import { dayMs } from './spans.js';

/** A header longer than this says nothing that we read. */
const longestHeader = 500;

type Header = string | readonly string[] | null | undefined;

/**
 * How long `Retry-After` asks us to wait, in milliseconds: seconds, or a date in any of the forms that HTTP knows. Where
 * it comes twice, or lists several, the longest that can be read holds. Undefined when none can: then the caller waits as
 * it thinks right. Never more than `longestMs`.
 */
export function retryAfterMs(header: Header, now: Date, longestMs = dayMs): number | undefined {
  return longest(header, (one) => seconds(one) ?? untilDate(one, now), longestMs);
}

/** The same for headers that name the moment a limit ends, in unix seconds (`x-rate-limit-reset`). */
export function resetMs(header: Header, now: Date, longestMs = dayMs): number | undefined {
  const until = (one: string) => {
    const at = seconds(one);
    return at === undefined || at === 0 ? undefined : at - now.getTime();
  };
  return longest(header, until, longestMs);
}

function longest(header: Header, read: (one: string) => number | undefined, longestMs: number): number | undefined {
  const waits = entriesOf(header).flatMap((one) => read(one) ?? []);
  return waits.length === 0 ? undefined : Math.min(Math.max(0, ...waits), longestMs);
}

/** `fetch` joins headers that come twice with a comma, which stands behind the weekday of a date as well. */
function entriesOf(header: Header): string[] {
  const texts = typeof header === 'string' ? [header] : (header ?? []);
  const parts = texts.flatMap((text) => text.slice(0, longestHeader).split(',')).map((part) => part.trim());
  return parts.map((part, index) => (weekday.test(parts[index - 1] ?? '') ? `${parts[index - 1]}, ${part}` : part));
}

const weekday = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?$/;

/** Whole seconds, or a fraction of one, as some servers say it. */
function seconds(text: string): number | undefined {
  return /^\d{1,15}(\.\d{1,9})?$/.test(text) ? Math.ceil(Number(text) * 1000) : undefined;
}

/** RFC 9110's three forms, and the ISO form that some servers send instead. Only with a zone, or one that is UTC's. */
const zoned =
  /^(?:[A-Z][a-z]{2,8}, \d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} [\d:]{8} (?:GMT|UTC|[+-]\d{4})|\d{4}-[\d:T.-]{6,24}(?:Z|[+-]\d{2}:\d{2}))$/;
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} \d{4}$/;

function untilDate(text: string, now: Date): number | undefined {
  const at = zoned.test(text) ? Date.parse(text) : asctime.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - now.getTime();
}
