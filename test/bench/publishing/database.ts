/** The database of a run that names none, as a process of its own that nobody kills. */
import { serveCommands } from './messages.js';
import { serveStore } from './sharedStore.js';

process.send?.({ origin: await serveStore() });
serveCommands(async () => ({}));
