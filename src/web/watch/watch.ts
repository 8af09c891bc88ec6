import type { Parts } from '../../operations/core/parts.js';
import { partBytes } from '../../operations/publishing/videos.js';
import { bytesOf, type Watched, watchedAt } from '../../operations/publishing/watching.js';
import { sizeWords } from '../../platform/bytes.js';
import { actWord } from '../../rules/publishing/intent.js';
import { lengthWords } from '../../rules/publishing/video.js';
import { refuse } from '../../rules/refusals.js';
import { spoken } from '../../rules/spoken.js';
import type { WebAnswer, WebHandler, WebRequest } from '../server/exchange.js';
import { html, page, playerHeaders } from '../server/html.js';
import { asPage, refused } from '../server/pages.js';
import { ranged } from '../server/range.js';

/** The page where whoever decides about a post looks at its video, and the bytes that its player asks for. */
export function watchHandlers(services: Parts): { look: WebHandler; play: WebHandler } {
  const watched = ({ params }: WebRequest) => watchedAt(services, params.id ?? '');
  return {
    look: asPage(services, async (request) => {
      const found = await watched(request);
      if (!found) return refused(refuse('watchGone'));
      return { status: 200, headers: playerHeaders, body: watchPage(found, request.params.id ?? '') };
    }),
    play: async (request) => {
      const found = await watched(request);
      return found ? piece(services, found, request.headers.range) : { status: 410 };
    },
  };
}

/** A piece that is in memory at once, however much the player asks for: it asks for the rest after that. */
async function piece(services: Parts, found: Watched, range: string | undefined): Promise<WebAnswer> {
  // Browsers play a MOV file as what it almost is, and as nothing else.
  const asked = ranged(range, { size: found.video.bytes, most: partBytes, type: 'video/mp4' });
  if (!('from' in asked)) return asked.answer;
  const { from, to, answer } = asked;
  const bytes = await bytesOf(services, found, from, to);
  if (!bytes) return { status: 410 };
  return { ...answer, headers: { ...answer.headers, 'x-content-type-options': 'nosniff' }, body: bytes };
}

/** Names whose page it is: who was sent the address by somebody else closes it. Nothing is decided here. */
function watchPage({ actor, intent, video }: Watched, ticket: string): string {
  const { title, seconds, bytes, codecs } = video;
  const facts = `${lengthWords(seconds)}, ${sizeWords(bytes)}`;
  return page(
    'The video of a post',
    html`<p>For <b>${actor.name}</b>. If that is not you, close this page.</p>
<video controls preload="metadata" src="/watch/${ticket}/video" aria-label="The video of the post"></video>
<p>${title ? html`<b>${title}</b> ` : undefined}<span class="soft">${facts}</span></p>
<p class="soft">The ${actWord(intent)} of ${intent.author.name} with ${intent.handle}:</p><blockquote>${intent.text}</blockquote>
<p class="soft">Decide in Teams, on the card. If nothing plays here, this browser does not know ${spoken(codecs)}: try another one.</p>`,
  );
}
