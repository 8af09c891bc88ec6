import { randomBytes } from 'node:crypto';
import { AskedTooMuch } from '../../directory/fair.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { StoreBusy, StoreDown } from '../../store/store.js';
import { slowDown } from '../people/limits.js';
import { OutcomeUnknown } from './ownWork.js';
import type { Needs } from './parts.js';

/** A surprise: a short sentence with a reference number for the one who asked, the rest in the log. */
export function surprise(
  { log, clock }: Needs<'log' | 'clock'>,
  error: unknown,
): { refusal: Refusal; reference: string } {
  const reference = randomBytes(3).toString('hex').toUpperCase();
  if (error instanceof AskedTooMuch) return { refusal: slowDown(error.until, clock()), reference };
  log.error({ err: error, reference }, 'a turn failed');
  return { refusal: refuse(codeOf(error), reference), reference };
}

function codeOf(error: unknown): 'storeBusy' | 'storeDown' | 'storeUnknown' | 'surprise' {
  if (error instanceof OutcomeUnknown) return 'storeUnknown';
  if (error instanceof StoreBusy) return 'storeBusy';
  return error instanceof StoreDown ? 'storeDown' : 'surprise';
}
