import type { Needs, PostingCards } from '../../operations/core/parts.js';
import { cardMessage } from '../cards/cardMessage.js';
import { postingCard, postingView } from '../cards/posting.js';
import { saidCard, saidView } from '../cards/said.js';
import { type Connector, ConnectorRefused } from '../transport/connector.js';

const waitMs = 5_000;

/** Changes the card of a preview where its author sees it, in the author's zone. */
export function createPostingCards(connector: Connector, { clock }: Needs<'clock'>): PostingCards {
  const later = ({ retryAfterMs }: ConnectorRefused) =>
    new Date(clock().getTime() + Math.max(waitMs, retryAfterMs ?? 0));
  return {
    async say(where, title, url) {
      const buttons = url ? [{ title: 'Open it', url }] : [];
      try {
        await connector.send(where, cardMessage(saidCard(saidView(title, undefined, buttons))));
        return { kind: 'told' };
      } catch (error) {
        if (!(error instanceof ConnectorRefused)) throw error;
        // No answer at all: it mostly is there, and nobody wants to read it twice.
        if (error.isUnknown && error.status === 0) return { kind: 'told' };
        if (error.status === 403 || error.status === 404) return { kind: 'unreachable' };
        return { kind: 'later', at: later(error) };
      }
    },
    async update(card, facts) {
      const timeZone = facts.rows[0]?.intent.timeZone ?? 'UTC';
      try {
        await connector.update(
          card,
          card.activity,
          cardMessage(postingCard(postingView(facts, { timeZone, now: clock() }))),
        );
        return { kind: 'updated' };
      } catch (error) {
        if (!(error instanceof ConnectorRefused)) throw error;
        if (error.status === 404) return { kind: 'gone' };
        if (error.status === 403) return { kind: 'unreachable' };
        return { kind: 'later', at: later(error) };
      }
    },
  };
}
