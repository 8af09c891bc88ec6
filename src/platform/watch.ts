import { type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';

/** What is looked at, from the outermost to the innermost. */
export const watched = ['turn', 'operation', 'decide', 'store', 'outbox', 'outside'] as const;
export type Watched = (typeof watched)[number];
/** How it went: done, a planned "no", or neither. */
export type How = 'done' | 'refused' | 'failed';

/**
 * Runs work and tells whoever watches how long it took and how it went. `kind` is one of a short list that was given
 * beforehand (which operation, which service); anything else counts as `other`. Nothing else is told, so no name, text,
 * id or token can get in: not from an error either.
 */
export type Watch = <T>(what: Watched, kind: string, work: () => Promise<T>, howOf?: (result: T) => How) => Promise<T>;

/** Nobody watches: the work, and nothing besides. */
export const unwatched: Watch = (_what, _kind, work) => work();

export type Note = (what: Watched, kind: string, how: How, seconds: number) => void;
export type WatchOptions = {
  /** All that `kind` can be. */
  kinds: Readonly<Record<Watched, readonly string[]>>;
  /** Counts; left out: nobody does. */
  note?: Note | undefined;
  /** Makes a span of each; left out: nobody does. */
  tracer?: Tracer | undefined;
};

export function createWatch({ kinds, note, tracer }: WatchOptions): Watch {
  if (!note && !tracer) return unwatched;
  const known = Object.fromEntries(watched.map((what) => [what, new Set(kinds[what])])) as Record<Watched, Set<string>>;
  return (what, kind, work, howOf = () => 'done') => {
    const name = known[what].has(kind) ? kind : 'other';
    const started = performance.now();
    const run = async (span?: Span) => {
      let how: How = 'failed';
      try {
        const result = await work();
        how = howOf(result);
        return result;
      } finally {
        note?.(what, name, how, (performance.now() - started) / 1000);
        if (span) endSpan(span, how);
      }
    };
    return tracer
      ? tracer.startActiveSpan(`${what} ${name}`, { attributes: { [`socialprofiles.${what}`]: name } }, run)
      : run();
  };
}

/** The error itself is left out: its words can name anybody. */
function endSpan(span: Span, how: How): void {
  span.setAttribute('socialprofiles.outcome', how);
  if (how === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** How a call went by its HTTP status; 0: no answer came. */
export function howOfStatus(status: number): How {
  if (status === 0 || status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}
