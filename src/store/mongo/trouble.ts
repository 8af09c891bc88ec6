import { setTimeout as pause } from 'node:timers/promises';
import {
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoSystemError,
  MongoTopologyClosedError,
} from 'mongodb';
import { StoreBusy, StoreDown, StoreUnknown } from '../store.js';

/** Codes of a server that is shutting down, starting, or not the primary (the driver's own list, error.ts). */
const outageCodes = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** The server had no time for it and did nothing: locks, a full cache, a rate limit (16500: Azure Cosmos DB). */
const busyCodes = new Set([24, 46, 112, 365, 462, 16500]);
/** Of Node's own socket, where the driver hands them on as they are ("This socket has been ended by the other party"). */
const socketCodes = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_DESTROYED', 'ETIMEDOUT']);

const busyTries = 4;
const busyPauseMs = 60;

/** What the driver throws, in the store's own kinds; a server that is busy is asked again, after growing pauses. */
export async function reached<R>(call: () => Promise<R>): Promise<R> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (cause) {
      const known = kindOf(cause);
      if (!(known instanceof StoreBusy) || tries === busyTries) throw known ?? cause;
      await pause(busyPauseMs * 2 ** tries * (0.5 + Math.random() / 2));
    }
  }
}

function kindOf(cause: unknown): StoreDown | undefined {
  if (isBusy(cause)) return new StoreBusy('MongoDB is busy.', { cause });
  if (isUnsent(cause)) return new StoreDown('MongoDB did not answer.', { cause });
  return isOutage(cause) ? new StoreUnknown('MongoDB did not answer.', { cause }) : undefined;
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  return (
    error.hasErrorLabel('SystemOverloadedError') ||
    /WaitQueueTimeout/.test(error.name) ||
    (error instanceof MongoServerError && busyCodes.has(Number(error.code)))
  );
}

/** It never left: there was nobody to send it to. */
const isUnsent = (error: unknown): boolean =>
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNotConnectedError ||
  error instanceof MongoTopologyClosedError ||
  (error instanceof MongoError && /ClientClosed/.test(error.name));

function isOutage(error: unknown): boolean {
  if (error instanceof MongoServerError) return outageCodes.has(Number(error.code)) || isRetryable(error);
  if (error instanceof MongoNetworkError || error instanceof MongoSystemError) return true;
  if (error instanceof MongoError) return isRetryable(error);
  return error instanceof Error && 'code' in error && socketCodes.has(String(error.code));
}

const isRetryable = (error: MongoError) => error.hasErrorLabel('RetryableWriteError');
