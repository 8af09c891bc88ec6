import { randomBytes } from 'node:crypto';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { StoreDown } from '../../store/store.js';
import type { Needs } from './parts.js';

/** A surprise: a short sentence with a reference number for the one who asked, the rest in the log. */
export function surprise({ log }: Needs<'log'>, error: unknown): { refusal: Refusal; reference: string } {
  const reference = randomBytes(3).toString('hex').toUpperCase();
  log.error({ err: error, reference }, 'a turn failed');
  return { refusal: refuse(error instanceof StoreDown ? 'storeDown' : 'surprise', reference), reference };
}
