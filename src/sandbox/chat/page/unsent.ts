import type { SayRequest } from '../types.js';
import { api } from './api.js';

const key = 'sandbox-unsent';
/** More than anybody says to an app that does not answer. */
const most = 50;

/** What was said while the server was away, oldest first. Kept over a reload. */
export function unsent(): SayRequest[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? (kept as SayRequest[]) : [];
  } catch {
    return [];
  }
}

function keep(all: readonly SayRequest[]): void {
  localStorage.setItem(key, JSON.stringify(all));
}

/** Keeps it to be sent. False: there is too much already, and it is lost. */
export function keepUnsent(request: SayRequest): boolean {
  const before = unsent();
  if (before.length >= most) return false;
  keep([...before, request]);
  return true;
}

let sending: Promise<void> | undefined;

/** The server is there again: what was kept is sent, in its order; what fails again stays. */
export function sendUnsent(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll(): Promise<void> {
  for (let [next, ...rest] = unsent(); next; [next, ...rest] = unsent()) {
    try {
      await api.say(next);
    } catch (error) {
      // Away again: later. What the server does not take never goes.
      if (error instanceof TypeError) return;
    }
    keep(rest);
  }
}
