import { post } from './api.js';

const [firstWaitMs, longestWaitMs] = [1_000, 30_000];
/** Where a proxy lets no stream through, the page still looks now and then. */
const slowLookMs = 60_000;

/** Calls `changed` after each change anywhere in the organisation, and when that may have been missed. Ends with the page. */
export async function listen(changed: () => void): Promise<never> {
  setInterval(changed, slowLookMs);
  document.addEventListener('visibilitychange', changed);
  for (let wait = firstWaitMs; ; wait = Math.min(longestWaitMs, wait * 2)) {
    const from = performance.now();
    await follow(changed).catch(() => undefined);
    // A stream that was open for a while ended as all do.
    if (performance.now() - from > longestWaitMs) wait = firstWaitMs;
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
  }
}

/** Server-sent events, read by hand: the browser's own reader sends no token. */
async function follow(changed: () => void): Promise<void> {
  const { body } = await post('changes', new AbortController().signal);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) return;
    const events = `${rest}${value}`.split('\n\n');
    rest = events.pop() ?? '';
    if (events.some((event) => event.startsWith('event:'))) changed();
  }
}
