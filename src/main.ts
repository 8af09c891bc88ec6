import { startApp } from './app.js';
import { readSettings } from './settings.js';
import { welcome } from './welcome.js';

/** Settings in, parts built, server up, graceful stop. Nothing else. */
try {
  const app = await startApp(readSettings(process.env));
  process.stdout.write(welcome(app));
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          app.log.error({ err: error }, 'the stop failed');
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
