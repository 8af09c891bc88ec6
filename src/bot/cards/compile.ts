import { type Expression, type Place, readExpression } from './expression.js';

/** Fills a template with a view. What is the same in every card is shared by all, and frozen. */
export type Filling = (view: object) => unknown;

/** A part of a template: the same for every view, or made anew for each. */
type Part = { same: unknown } | { make: (place: Place) => unknown };

/**
 * Makes a function of a template: `$data` repeats or steps in, `$when` leaves out, `${...}` is filled in. Texts of the view
 * are put in as they are and never evaluated.
 * @throws Error when the template uses what `expression.ts` does not know
 */
export function compileTemplate(template: unknown): Filling {
  const part = compile(template);
  return (view) => ('make' in part ? part.make({ root: view, data: view }) : part.same);
}

function compile(node: unknown): Part {
  if (typeof node === 'string') return compileText(node);
  if (Array.isArray(node)) return compileList(node.map(compile));
  return typeof node === 'object' && node !== null ? compileObject(node as Record<string, unknown>) : { same: node };
}

const openForm = /\$\{([^}]*)\}/g;

/** One expression alone keeps its kind: a number, a list, an object. With text around it, it becomes text. */
function compileText(text: string): Part {
  const [only, ...more] = [...text.matchAll(openForm)];
  if (!only) return { same: text };
  if (more.length === 0 && only[0] === text) return { make: shownOf(readExpression(only[1] ?? ''), text) };
  const pieces = text
    .split(openForm)
    .map((piece, at) => (at % 2 === 0 ? piece : shownOf(readExpression(piece), piece)));
  return {
    make: (place) => {
      let filled = '';
      for (const piece of pieces) filled += typeof piece === 'string' ? piece : String(piece(place));
      return filled;
    },
  };
}

const shownOf = (expression: Expression, text: string) => (place: Place) => {
  const value = expression(place, true);
  if (value === undefined) throw new Error(`a view does not fill ${text}`);
  return value;
};

/** What is left out is no part of the list; what repeats becomes several parts. */
function compileList(parts: readonly Part[]): Part {
  if (parts.every(isSame)) return { same: Object.freeze(parts.map(({ same }) => same)) };
  return {
    make: (place) => {
      const list: unknown[] = [];
      for (const part of parts) {
        const one = 'make' in part ? part.make(place) : part.same;
        if (Array.isArray(one)) list.push(...one);
        else if (one !== null) list.push(one);
      }
      return list;
    },
  };
}

const isSame = (part: Part): part is { same: unknown } => 'same' in part;

function compileObject({ $when: when, $data: data, ...fields }: Record<string, unknown>): Part {
  const object = compileFields(fields);
  if (when === undefined && data === undefined) return object;
  const isWanted = when === undefined ? () => true : conditionOf(when);
  const from = data === undefined ? undefined : compile(data);
  return {
    make: (place) => {
      const found = from === undefined ? place.data : 'make' in from ? from.make(place) : from.same;
      const made: unknown[] = [];
      for (const one of from !== undefined && Array.isArray(found) ? found : [found]) {
        const there = { root: place.root, data: one };
        if (isWanted(there)) made.push('make' in object ? object.make(there) : object.same);
      }
      return made.length === 0 ? null : made.length === 1 ? made[0] : made;
    },
  };
}

/** Only what is clearly so is drawn. */
function conditionOf(when: unknown): (place: Place) => boolean {
  const [, inner] = /^\$\{([^}]*)\}$/.exec(String(when)) ?? [];
  if (inner === undefined) throw new Error(`a card's $when is no expression: ${String(when)}`);
  const expression = readExpression(inner);
  return (place) => expression(place, false) === true;
}

function compileFields(fields: Record<string, unknown>): Part {
  const parts = Object.entries(fields).map(([name, value]) => ({ name, part: compile(value) }));
  const copy = (place: Place) => {
    const object: Record<string, unknown> = {};
    for (const { name, part } of parts) object[name] = 'make' in part ? part.make(place) : part.same;
    return object;
  };
  if (parts.some(({ part }) => !isSame(part))) return { make: copy };
  return { same: Object.freeze(copy({ root: undefined, data: undefined })) };
}
