import { type DestinationStream, type Logger, pino } from 'pino';
import { type Cleaned, clean, cleanText } from './logCleaning.js';

/** `debug` logs more, never more secret: no level shows tokens, codes, query strings or what people wrote. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    // pino would turn `err` into a stack with the raw message before the formatter below sees it.
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => clean(fields) as Record<string, Cleaned>,
    },
    hooks: {
      logMethod(this: Logger, [first, ...rest]: unknown[], method: (...args: unknown[]) => void) {
        // Without a message of its own an error would give its raw one.
        const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
        const message = rest.length === 0 && error instanceof Error ? [error.message] : rest;
        const fields = first instanceof Error ? { err: first } : first;
        method.apply(this, [
          typeof fields === 'string' ? cleanText(fields) : fields,
          ...message.map((part) => clean(part)),
        ]);
      },
    },
  };
  const log = destination ? pino(options as never, destination) : pino(options as never);
  // What a child carries along does not pass the formatter.
  const { child } = log;
  log.child = function (this: Logger, fields: object, more?: object) {
    return child.call(this, clean(fields) as object, more);
  } as typeof child;
  return log;
}
