import type { WebHandler } from '../server/exchange.js';
import { html, page, pageHeaders } from '../server/html.js';

/** The pages a Teams app has to name: what is kept of people, and on which terms. Organisations may name their own. */
export const privacyPage: WebHandler = async () => ({
  status: 200,
  headers: pageHeaders,
  body: page(
    'Privacy',
    html`<p>Social Profiles keeps which social profiles your organisation has, who owns them, with whom they are shared,
and who did what with them. Of people it keeps the name and the id that Teams and the directory give them, and what they publish through it.</p>
<p>What a network gives when somebody signs in is kept encrypted. Passwords never come here.</p>
<p>It is run by your organisation: ask there to see, correct or delete what is kept of you. "forget" in the chat removes
your own sign-in; the network's own settings can take it back at any time.</p>`,
  ),
});

export const termsPage: WebHandler = async () => ({
  status: 200,
  headers: pageHeaders,
  body: page(
    'Terms of use',
    html`<p>This app is run by your organisation, under its own rules. The software is open source under the MIT licence
and comes without a warranty.</p>`,
  ),
});
