import type { Parts } from '../../operations/core/parts.js';
import { surprise } from '../../operations/core/surprise.js';
import { addPictures, type OpenPage, openPage } from '../../operations/publishing/picturePages.js';
import type { Chosen } from '../../operations/publishing/pictures.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { BadBody, type WebAnswer, type WebHandler, type WebRequest } from '../server/exchange.js';
import { pageHeaders } from '../server/html.js';
import { isFromOwnPage } from '../server/origin.js';
import { addedPage, choosePage, closedPage, picturesAtOnce } from './composePages.js';

const megabyte = 1_000_000;
/** Words and the form itself, besides the files. */
const besideBytes = 64 * 1024;
/** Whole pictures are held in memory while they are read: so many people at once. */
const mostAtOnce = 3;

/** The page where pictures are chosen: looking spends nothing, and what is sent shows in the chat, where Send is. */
export function composeHandlers(services: Parts): { look: WebHandler; add: WebHandler } {
  let busy = 0;

  async function add(request: WebRequest): Promise<WebAnswer> {
    if (!isFromOwnPage(request.headers, new URL(services.baseUrl).origin)) {
      return shown(403, closedPage(refuse('notFromHere')));
    }
    const open = await openPage(services, request.params.id ?? '');
    if (!open) return gone;
    if (busy >= mostAtOnce) return shown(503, choosePage(open, refuse('slowDown', 'a few seconds')));
    busy += 1;
    try {
      return await added(open, await boxesIn(request, open));
    } catch (error) {
      if (error instanceof BadBody && error.status === 413) return shown(413, choosePage(open, tooMuch(open)));
      throw error;
    } finally {
      busy -= 1;
    }
  }

  async function added(open: OpenPage, boxes: readonly Box[]): Promise<WebAnswer> {
    const chosen = boxes.filter(({ bytes }) => bytes.length > 0);
    const refused = await addPictures(services, open, chosen);
    if (refused) {
      const { at, refusal } = refused;
      const which = at === undefined ? undefined : chosen[at]?.number;
      return shown(400, choosePage(open, refusal, { alts: boxes.map(({ alt }) => alt), ...(which ? { which } : {}) }));
    }
    return shown(200, addedPage(chosen.length));
  }

  /** People read what comes of it: also when something is away, they get a page with what to do. */
  const asPage =
    (handler: WebHandler): WebHandler =>
    async (request) => {
      try {
        return await handler(request);
      } catch (error) {
        if (error instanceof BadBody) throw error;
        const { refusal } = surprise(services, error);
        return shown(500, closedPage(refusal));
      }
    };

  return {
    look: asPage(async (request) => {
      const open = await openPage(services, request.params.id ?? '');
      return open ? shown(200, choosePage(open)) : gone;
    }),
    add: asPage(add),
  };
}

/** One box of the form: the words stay when its file is refused. */
type Box = Chosen & { number: number };

async function boxesIn(request: WebRequest, { mostMb }: OpenPage): Promise<Box[]> {
  const form = await request.upload(picturesAtOnce * mostMb * megabyte + besideBytes);
  const boxes: Box[] = [];
  for (let number = 1; number <= picturesAtOnce; number++) {
    const [file, alt] = [form.get(`picture${number}`), form.get(`alt${number}`)];
    // A box that nobody filled is sent as a file without bytes.
    const bytes = file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
    boxes.push({ number, bytes, alt: typeof alt === 'string' ? alt : '' });
  }
  return boxes;
}

const tooMuch = ({ mostMb }: OpenPage): Refusal => refuse('picturesTooBig', String(mostMb));
const shown = (status: number, body: string): WebAnswer => ({ status, headers: pageHeaders, body });
const gone = shown(410, closedPage(refuse('picturePageGone')));
