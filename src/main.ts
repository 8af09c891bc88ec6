import { startApp } from './app.js';
import { realTimeMs } from './platform/clock.js';
import { readSettings } from './settings.js';

/** Settings in, parts built, server up, graceful stop. Nothing else. */
try {
  const settings = readSettings(process.env);
  const app = await startApp(settings);
  if (app.sandbox) {
    const { welcome } = await import('./sandbox/welcome.js');
    process.stdout.write(welcome(app.address, settings.dataDir));
  }
  let stoppingSince = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Below npm one Ctrl-C may arrive twice: from the terminal, and passed on by npm. A later one means it.
      if (stoppingSince > 0 && realTimeMs() - stoppingSince < 1000) return;
      if (stoppingSince > 0) process.exit(1);
      stoppingSince = realTimeMs();
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
