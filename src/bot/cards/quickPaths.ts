import { type Expression, ExpressionEvaluator, ExpressionType, ReturnType } from 'adaptive-expressions';
import type { Template } from 'adaptivecards-templating';

/** What the templating engine hands to an expression: the place in the data it stands at. */
type Place = { $root?: unknown; $data?: unknown };
type Quickened = { evaluator: ExpressionEvaluator };

/**
 * Makes the plain paths of a template (`handle`, `show.verb`, `$root.title`) quick. adaptive-expressions looks each part
 * up by comparing all names of the object in lower case, some 2 µs a path; here it is one own-property read. Whatever
 * that does not find goes the library's way, so the answer is always the library's.
 */
export function quicken(template: Template): Template {
  // The parsed template; the library offers no way to it. A test notices if it moves.
  each((template as unknown as { _preparedPayload: unknown })._preparedPayload);
  return template;
}

function each(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if (isExpression(node)) {
    const parts = pathOf(node);
    if (parts) (node as Quickened).evaluator = quick(parts, node.evaluator);
    else for (const child of node.children) each(child);
  } else for (const child of Object.values(node)) each(child);
}

const isExpression = (node: object): node is Expression => 'evaluator' in node && 'children' in node;

/** `show.verb` is an accessor of `verb` in an accessor of `show`. Anything computed is no plain path. */
function pathOf(expression: Expression): string[] | undefined {
  if (expression.type !== ExpressionType.Accessor) return undefined;
  const [name, inside] = expression.children;
  const part = (name as { value?: unknown } | undefined)?.value;
  if (typeof part !== 'string' || part === '$index' || part === '$host') return undefined;
  if (!inside) return [part];
  const before = pathOf(inside);
  return before && [...before, part];
}

function quick(parts: readonly string[], slow: ExpressionEvaluator): ExpressionEvaluator {
  const [first = ''] = parts;
  const from = first === '$root' ? '$root' : '$data';
  const rest = first === '$root' || first === '$data' ? parts.slice(1) : parts;
  return new ExpressionEvaluator(
    slow.type,
    (expression, state, options) => {
      let value = (state as Place)[from];
      for (const part of rest) value = own(value, part);
      return value === undefined || value === null
        ? slow.tryEvaluate(expression, state, options)
        : { value, error: undefined as unknown as string };
    },
    ReturnType.Object,
  );
}

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
