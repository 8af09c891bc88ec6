/** For a container's health check: ends with 0 when the bot on this machine's PORT answers that it is alive. */
const port = process.env.PORT?.trim() || '3978';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_500) });
  process.exitCode = answer.status === 200 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
