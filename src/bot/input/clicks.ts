import { parseAsked } from '../../operations/core/schema.js';
import type { Asked, WhoRef } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { codeIn } from './arguments.js';
import { isPolicyBox, withPolicyBoxes } from './policyBoxes.js';
import { isPostBox, withPostBoxes } from './postBoxes.js';
import { afterSpan, dayValue, endOfDay } from './times.js';
import { tooLong } from './typedText.js';

/** Boxes of the share picker, and the one for a reason. What is beside `do` and no card's box is refused. */
const boxes = new Set(['do', 'who', 'until', 'note', 'code']);
const noteLimit = 300;
const boxLimit = 2000;

/** Card data from a click, as an operation. Anything unexpected is a refusal. Dates in boxes end where the person is. */
export function askedFrom(data: unknown, timeZone: string, now: Date): Asked | Refusal {
  const no = refuse('cardNotUnderstood');
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return no;
  const entries = Object.entries(data).filter(([key]) => key !== 'msteams');
  const asked = parseAsked(entries.find(([key]) => key === 'do')?.[1]);
  if (!asked || entries.some(([key]) => !boxes.has(key) && !isPostBox(key) && !isPolicyBox(key))) return no;
  const filled = new Map(entries.filter(([key]) => key !== 'do' && (key !== 'code' || asked.kind === 'code')));
  if (asked.kind === 'code') return withCode(filled.get('code') ?? asked.digits);
  if (filled.size === 0) return fromNow(asked, now, timeZone);
  if (filled.has('note')) return (filled.size === 1 && withNote(asked, filled.get('note'))) || no;
  if (asked.kind === 'post' && [...filled.keys()].every(isPostBox))
    return withPostBoxes(asked, filled, now, timeZone) ?? no;
  if (asked.kind === 'reply' && filled.size === 1 && filled.has('text'))
    return withText(asked, filled.get('text')) ?? no;
  if (asked.kind === 'policy' && [...filled.keys()].every(isPolicyBox)) return withPolicyBoxes(filled) ?? no;
  if (asked.kind !== 'share' && asked.kind !== 'invite') return no;
  if ([...filled.keys()].some(isPolicyBox)) return no;
  return withBoxes(asked, filled, now, timeZone) ?? no;
}

function withCode(typed: unknown): Asked | Refusal {
  return (typeof typed === 'string' && codeIn(typed)) || refuse('codeMissing');
}

/** "for 1 hour" counts from the click, however long the card stood there. */
function fromNow(asked: Asked, now: Date, timeZone: string): Asked {
  const until = asked.kind === 'share' && asked.span ? afterSpan(asked.span, now, timeZone) : undefined;
  return until ? ({ ...asked, until } as Asked) : asked;
}

/** The reason somebody gave: of a decision, or of a claim. On other buttons of the same card the box means nothing. */
function withNote(asked: Asked, note: unknown): Asked | undefined {
  if (typeof note !== 'string' || note.length > boxLimit) return undefined;
  const words = note.trim().slice(0, noteLimit);
  if (words === '') return asked;
  return (asked.kind === 'claim' ? { ...asked, why: words } : parseAsked({ ...asked, reason: words })) ?? asked;
}

/** An empty box is no text: the form is shown again. */
function withText(asked: Extract<Asked, { kind: 'reply' }>, text: unknown): Asked | Refusal | undefined {
  if (typeof text !== 'string') return undefined;
  const { text: _, ...rest } = asked;
  const long = tooLong(text);
  if (long) return long;
  return text.trim() === '' ? rest : { ...rest, text };
}

function withBoxes(
  asked: Extract<Asked, { kind: 'share' | 'invite' }>,
  filled: ReadonlyMap<string, unknown>,
  now: Date,
  timeZone: string,
): Asked | undefined {
  const text = (name: string) => filled.get(name) ?? '';
  const [who, until] = [text('who'), text('until')];
  if (![who, until].every((value) => typeof value === 'string' && value.length <= boxLimit)) return undefined;
  const added = String(who).split(',').filter(Boolean).map(whoOf);
  if (added.some((one) => one === undefined)) return undefined;
  const isSpan = asked.kind === 'share' && asked.until && asked.span && until === dayValue(asked.until, timeZone);
  const from = isSpan ? fromNow(asked, now, timeZone) : undefined;
  const end = until === '' ? undefined : endOfDay(String(until), timeZone);
  if (until !== '' && !end) return undefined;
  const { until: _, span: __, ...rest } = { until: undefined, span: undefined, ...asked };
  const picks = [...asked.who, ...(added as WhoRef[])].slice(0, 20);
  return {
    ...rest,
    who: picks,
    ...(end && asked.kind === 'share' ? { until: end } : {}),
    ...(from && 'span' in from ? { until: from.until, span: from.span } : {}),
    // What stands in a box was not looked at yet, so it is never shared with at once.
    picking: asked.picking ?? { review: true },
  };
}

function whoOf(value: string): WhoRef | undefined {
  const [, kind, id] = /^(person|group):([\w-]{1,64})$/.exec(value) ?? [];
  if (kind && id) return kind === 'person' ? { person: id } : { group: id };
  return value === 'everyone' ? { everyone: true } : undefined;
}
