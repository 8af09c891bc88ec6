import type { Parts } from '../../operations/core/parts.js';
import { addPictures, type OpenPage, openPage } from '../../operations/publishing/picturePages.js';
import type { Chosen } from '../../operations/publishing/pictures.js';
import { megabyte } from '../../platform/bytes.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { BadBody, type WebAnswer, type WebHandler, type WebRequest } from '../server/exchange.js';
import { isFromOwnPage } from '../server/origin.js';
import { asPage, refused, shown } from '../server/pages.js';
import { addedPage, choosePage, picturesAtOnce } from './composePages.js';
import { shownInTeams } from './inDialog.js';
import { videoPage, videoPageHeaders } from './videoPage.js';

/** Words and the form itself, besides the files. */
const besideBytes = 64 * 1024;
/** Whole pictures are held in memory while they are read: so many people at once. */
const mostAtOnce = 3;

/** The page where pictures are chosen: looking spends nothing, and what is sent shows in the chat, where Send is. */
export function composeHandlers(services: Parts, framedHere: boolean): { look: WebHandler; add: WebHandler } {
  const inTeams = shownInTeams(services, framedHere);
  let busy = 0;

  async function add(request: WebRequest): Promise<WebAnswer> {
    if (!isFromOwnPage(request.headers, new URL(services.baseUrl).origin)) return refused(refuse('notFromHere'));
    const open = await openPage(services, request.params.id ?? '');
    if (!open || open.page.what) return gone;
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
    const wrong = await addPictures(services, open, chosen);
    if (wrong) {
      const { at, refusal } = wrong;
      const which = at === undefined ? undefined : chosen[at]?.number;
      return shown(400, choosePage(open, refusal, { alts: boxes.map(({ alt }) => alt), ...(which ? { which } : {}) }));
    }
    return shown(200, addedPage(chosen.length));
  }

  return {
    look: inTeams(
      asPage(services, async (request) => {
        const open = await openPage(services, request.params.id ?? '');
        if (open?.page.what === 'video') return { ...shown(200, videoPage(open)), headers: videoPageHeaders };
        return open ? shown(200, choosePage(open)) : gone;
      }),
    ),
    add: inTeams(asPage(services, add)),
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
const gone = refused(refuse('picturePageGone'));
