import type { Parts } from '../../operations/core/parts.js';
import { type OpenPage, openPage } from '../../operations/publishing/picturePages.js';
import { addVideo, beginOnPage, keepPart, saidIn } from '../../operations/publishing/videoPages.js';
import { partBytes } from '../../operations/publishing/videos.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { WebAnswer, WebHandler, WebRequest } from '../server/exchange.js';
import { isFromOwnPage } from '../server/origin.js';

/** So many parts are in memory at once, of all who send one just now. */
const mostAtOnce = 24;

/**
 * What the page of a video asks for, in JSON: it begins, sends part after part, and says what the video is. No part is more than
 * a megabyte, so that a slow line is no reason to cut one, and nothing is in memory whole.
 */
export function videoHandlers(services: Parts): { begin: WebHandler; part: WebHandler; done: WebHandler } {
  let busy = 0;

  /** For whoever has the address, from the page itself. */
  const onPage =
    (work: (request: WebRequest, open: OpenPage) => Promise<Refusal | object>): WebHandler =>
    async (request) => {
      if (!isFromOwnPage(request.headers, new URL(services.baseUrl).origin)) return refused(refuse('notFromHere'), 403);
      const open = await openPage(services, request.params.id ?? '');
      if (open?.page.what !== 'video') return refused(refuse('picturePageGone'), 410);
      const answer = await work(request, open);
      return 'code' in answer ? refused(answer as Refusal, 400) : { status: 200, body: answer };
    };

  return {
    begin: onPage(async (request, open) => {
      const asked = (await request.json()) as { bytes?: unknown } | null;
      const bytes = asked?.bytes;
      if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return refuse('videoMissing');
      const begun = await beginOnPage(services, open, bytes);
      return 'sentence' in begun ? begun : { partBytes };
    }),
    part: async (request) => {
      if (busy >= mostAtOnce) return { status: 503, headers: { 'retry-after': '1' } };
      busy += 1;
      try {
        return await kept(request);
      } finally {
        busy -= 1;
      }
    },
    done: onPage(async (request, open) => {
      const form = await request.form();
      const isOff = form.get('off') === 'yes';
      const refusal = await addVideo(services, open, isOff ? 'off' : saidIn(form, open));
      return refusal ?? { done: isOff ? 'The post has no video now.' : 'The video is in the preview.' };
    }),
  };

  function kept(request: WebRequest): Promise<WebAnswer> {
    return onPage(async (_, open) => {
      const { part = '' } = request.params;
      const bytes = await request.raw(partBytes);
      const isKept = /^\d{1,5}$/.test(part) && (await keepPart(services, open, Number(part), bytes));
      return isKept ? {} : refuse('videoCut');
    })(request);
  }
}

const refused = ({ code, sentence, fix }: Refusal, status: number): WebAnswer => ({
  status,
  body: { code, sentence, fix },
});
