/** Where an expression stands: the whole view, and the part of it that `$data` chose. */
export type Place = { root: unknown; data: unknown };
/** `shown`: a path that leads nowhere shows as itself, such as `${handle}`, so that the fault is seen; else undefined. */
export type Expression = (place: Place, shown: boolean) => unknown;

/**
 * Reads what stands between `${` and `}`: the part of the Adaptive Expression Language that our templates use. It means what
 * adaptivecards-templating makes of it: the tests compare.
 * @throws Error that names what it does not know
 */
export function readExpression(text: string): Expression {
  const tokens = tokensOf(text);
  const expression = comparison(tokens);
  if (tokens.length > 0) throw unread(text, tokens[0]);
  return expression;
}

const tokenForm = /\s*(?:'[^'\\]*'|\d+|\$?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|==|!=|[!>(),])/y;
const pathForm = /^\$?[A-Za-z_]/;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const form = new RegExp(tokenForm);
  while (form.lastIndex < text.trimEnd().length) {
    const from = form.lastIndex;
    const [token] = form.exec(text) ?? [];
    if (token === undefined) throw unread(text, text.slice(from));
    tokens.push(token.trim());
  }
  return tokens;
}

const unread = (text: string, at: string | undefined) =>
  new Error(`a card's expression cannot be read: \${${text}}, at "${at ?? 'its end'}"`);

/** A comparison of what is missing never shows it. */
const comparisons: Record<string, (a: unknown, b: unknown) => boolean> = {
  '==': isSame,
  '!=': (a, b) => !isSame(a, b),
  '>': (a, b) => typeof a === 'number' && typeof b === 'number' && a > b,
};

function comparison(tokens: string[]): Expression {
  const left = negation(tokens);
  const compare = comparisons[tokens[0] ?? ''];
  if (!compare) return left;
  tokens.shift();
  const right = negation(tokens);
  return (place) => compare(left(place, false), right(place, false));
}

function negation(tokens: string[]): Expression {
  if (tokens[0] !== '!') return single(tokens);
  tokens.shift();
  const inner = negation(tokens);
  return (place) => !isTrue(inner(place, false));
}

function single(tokens: string[]): Expression {
  const token = tokens.shift() ?? '';
  if (token.startsWith("'")) return constant(token.slice(1, -1));
  if (/^\d/.test(token)) return constant(Number(token));
  if (!pathForm.test(token)) throw unread(token, token);
  return tokens[0] === '(' ? called(token, tokens) : path(token);
}

const constant =
  (value: unknown): Expression =>
  () =>
    value;

type Row = { takes: (count: number) => boolean; of: (...args: Expression[]) => Expression };
const missing: Expression = () => undefined;

/** `asIs`: a path that leads nowhere stays a fault that is seen. */
const ofOne = (give: (value: unknown) => unknown, asIs = true): Row => ({
  takes: (count) => count === 1,
  of: (value = missing) => {
    return (place, shown) => give(value(place, asIs && shown));
  },
});

/** One row per function: how many arguments it takes, and what it gives. */
const functions: Record<string, Row> = {
  if: {
    takes: (count) => count === 3,
    of: (when = missing, then = missing, otherwise = missing) => {
      return (place, shown) => (isTrue(when(place, false)) ? then : otherwise)(place, shown);
    },
  },
  exists: ofOne(isThere, false),
  count: ofOne(countOf),
  string: ofOne(textOf),
  int: ofOne(wholeOf),
  concat: {
    takes: (count) => count > 0,
    of: (...parts) => {
      return (place, shown) => parts.map((part) => textOf(part(place, shown))).join('');
    },
  },
};

function called(name: string, tokens: string[]): Expression {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  const args: Expression[] = [];
  do {
    tokens.shift();
    args.push(comparison(tokens));
  } while (tokens[0] === ',');
  if (tokens.shift() !== ')') throw unread(name, tokens[0]);
  if (!known?.takes(args.length)) {
    throw new Error(`cards know no ${name}(...) of ${args.length}; a row in expression.ts makes one`);
  }
  return known.of(...args);
}

function path(text: string): Expression {
  const [first = '', ...more] = text.split('.');
  const starts = first.startsWith('$');
  if (starts && first !== '$root' && first !== '$data') throw unread(text, first);
  const [isRoot, names] = [first === '$root', starts ? more : [first, ...more]];
  const itself = `\${${text}}`;
  return (place, shown) => {
    let value = isRoot ? place.root : place.data;
    for (const name of names) value = own(value, name);
    return isThere(value) ? value : shown ? itself : undefined;
  };
}

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
/** Whatever is there is true, also 0 and the empty text; only `false` is not. */
const isTrue = (value: unknown): boolean => isThere(value) && value !== false;

function isSame(a: unknown, b: unknown): boolean {
  return isThere(a) && isThere(b) ? a === b : isThere(a) === isThere(b);
}

function countOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

/** A whole number out of text that begins with one. */
function wholeOf(value: unknown): number | undefined {
  const whole = Number.parseInt(String(value), 10);
  return Number.isNaN(whole) ? undefined : whole;
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

/** A number with its thousands apart. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return numbers.format(value);
  return isThere(value) ? String(value) : '';
}
