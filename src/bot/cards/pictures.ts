import type { Outcome } from '../../operations/core/outcome.js';
import { button } from '../input/button.js';
import { type SaidView, saidView } from './said.js';

/** The way to the page where pictures are chosen: cards cannot take files. */
export function picturesView({ posting, address }: Extract<Outcome, { kind: 'pictures' }>): SaidView {
  const view = saidView(
    'Choose pictures for your post',
    'The page works once, for 10 minutes. The preview comes back here.',
    [
      { title: 'Choose pictures', url: address, tooltip: 'Choose pictures, in the browser' },
      button('Back to the preview', { kind: 'posts', profiles: [], posting }),
    ],
  );
  // Nothing is done yet.
  return { ...view, colour: 'default' };
}
