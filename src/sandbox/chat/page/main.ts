import '@fluentui/web-components/avatar.js';
import '@fluentui/web-components/button.js';
import '@fluentui/web-components/spinner.js';
import { required } from '../../../web/pages/card/dom.js';
import { api, listen } from './api.js';
import { showHeader } from './header.js';
import { Model } from './model.js';
import { Pane } from './pane.js';
import { showRail } from './rail.js';
import { startTheme } from './theme.js';
import { sendUnsent } from './unsent.js';

startTheme();
const model = new Model(await api.state());
document.title = model.state.title;
showHeader(required<HTMLElement>('#head'), model);
showRail(required<HTMLElement>('#rail'), model);
new Pane(required<HTMLElement>('#pane'), model);

const offline = required<HTMLElement>('#offline');
listen(
  (change) => model.apply(change),
  async (isUp, isAgain) => {
    offline.hidden = isUp;
    if (isUp) await sendUnsent();
    if (isUp && isAgain) model.replace(await api.state());
  },
);
addEventListener('focus', () => model.goTo(model.open.id));
// A link that is put into the address of this very page.
addEventListener('hashchange', () => {
  if (new URLSearchParams(location.hash.slice(1)).has('tab')) location.reload();
});
