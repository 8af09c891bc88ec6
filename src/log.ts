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
      logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(
          this,
          args.map((part) => (typeof part === 'string' ? cleanText(part) : part)),
        );
      },
    },
  };
  return destination ? pino(options as never, destination) : pino(options as never);
}
