import type { Outcome } from '../../operations/core/outcome.js';
import { button } from '../input/button.js';
import { type SaidView, saidView } from './said.js';

/** The way to the page where pictures, or a video, are chosen: cards cannot take files. */
export function picturesView({ posting, address, video }: Extract<Outcome, { kind: 'pictures' }>): SaidView {
  const view = saidView(
    video ? 'Choose a video for your post' : 'Choose pictures for your post',
    'The page works once, for 10 minutes. The preview comes back here.',
    [
      video
        ? { title: 'Choose a video', url: address, tooltip: 'Choose a video, in the browser' }
        : { title: 'Choose pictures', url: address, tooltip: 'Choose pictures, in the browser' },
      button('Back to the preview', { kind: 'posts', profiles: [], posting }),
    ],
  );
  // Nothing is done yet.
  return { ...view, colour: 'default' };
}
