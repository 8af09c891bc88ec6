import { app, dialog } from '@microsoft/teams-js';

/** Teams waits to hear from a page in its dialog. In a browser's own window nobody answers, and the page stays. */
const inTeams = app.initialize();
const close = () => inTeams.then(() => dialog.url.submit()).catch(() => undefined);

inTeams.catch(() => undefined);
addEventListener('chosen', close);
if (document.querySelector('[data-chosen]')) void close();
