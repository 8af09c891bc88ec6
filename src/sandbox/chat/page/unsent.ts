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

/** Keeps it to be sent. False: there is too much already, or a browser keeps no files, and it is lost. */
export function keepUnsent(request: SayRequest): boolean {
  const before = unsent();
  if (before.length >= most || request.files) return false;
  keep([...before, request]);
  return true;
}

/** The server is there again: what was kept is sent, in its order, by one tab; what fails again stays. */
export const sendUnsent = (): Promise<void> => navigator.locks.request(key, sendAll);

async function sendAll(): Promise<void> {
  for (let [next] = unsent(); next; [next] = unsent()) {
    try {
      await api.say(next);
    } catch (error) {
      // Away again: later. What the server does not take never goes.
      if (error instanceof TypeError) return;
    }
    // More may have been kept meanwhile.
    keep(unsent().slice(1));
  }
}
