import type { Deciding } from '../decision.js';
import type { Publishing } from './intent.js';

/** What was loaded for an operation on posts. */
export const publishingOf = ({ state }: Deciding): Publishing =>
  state.publishing ?? { drafts: [], intents: [], profiles: new Map() };
