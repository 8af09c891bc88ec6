import { button, h, icon } from '../../../web/pages/card/dom.js';
import { attachMenu } from '../../../web/pages/card/menu.js';
import type { Message } from '../../connector/types.js';
import { openAction } from './dialog.js';
import { icons } from './icons.js';
import type { Model } from './model.js';

/** "..." on a message: what the app offers to do with it. */
export function messageMenu(model: Model, message: Message): HTMLElement | undefined {
  const { messageActions } = model.state;
  if (messageActions.length === 0 || message.isDeleted) return undefined;
  const more = button(
    'More options',
    () => undefined,
    { appearance: 'subtle', 'icon-only': true, class: 'message-menu' },
    icon(icons.more),
  );
  attachMenu(more, 'More options', () =>
    messageActions.map((action) => ({
      content: [h('span', {}, action.title)],
      act: () => openAction(model, message, action, more),
    })),
  );
  return more;
}
