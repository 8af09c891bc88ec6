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

/** The way to the video of a post that waits: cards cannot play one. */
export function watchView({ intent, address }: Extract<Outcome, { kind: 'watch' }>): SaidView {
  const view = saidView(
    'Watch the video before you decide',
    'The page is for you alone, and works for half an hour, until the post is decided.',
    [
      { title: 'Watch the video', url: address, tooltip: 'Watch the video, in the browser' },
      button('Back to the post', { kind: 'approvalcard', intent }),
    ],
  );
  return { ...view, colour: 'default' };
}
