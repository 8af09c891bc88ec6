import type { Outcome } from '../../operations/core/outcome.js';
import { button, inDialog } from '../input/button.js';
import { type SaidView, saidView } from './said.js';

/**
 * The way to the page where pictures, or a video, are chosen: cards cannot take files. In a dialog first, where one stays in
 * Teams; the link works on every client. On phones it is the better one: Teams for Android takes some files for its own and
 * ends (https://github.com/OfficeDev/microsoft-teams-library-js/issues/3151).
 */
export function picturesView({ posting, address, video }: Extract<Outcome, { kind: 'pictures' }>): SaidView {
  const what = video ? 'a video' : 'pictures';
  const view = saidView(
    `Choose ${what} for your post`,
    'On a phone, use the browser. The page works once, for 10 minutes. The preview comes back here.',
    [
      inDialog(
        'Choose here',
        { kind: 'pictures', posting, ...(video ? { video } : {}) },
        `Choose ${what} here, in Teams`,
      ),
      { title: 'Choose in the browser', url: address, tooltip: `Choose ${what} in the browser` },
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
