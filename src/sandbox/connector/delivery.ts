import type { Activity } from './types.js';

export type BotAnswer = {
  /** HTTP status of the bot; 0 when it could not be reached, 504 when it took too long. */
  status: number;
  body: unknown;
  /** How often the activity was posted. */
  deliveries: number;
};
export type DeliveryOptions = {
  botEndpoint: () => string;
  authorization?: (() => Promise<string>) | undefined;
  timeoutMs: number;
};

/**
 * Posts an activity to the bot. What takes longer than the time limit is posted once more, the same activity with the
 * same id, as Teams does; an invoke is not (the client shows an error instead).
 */
export async function deliver(activity: Activity, options: DeliveryOptions): Promise<BotAnswer> {
  const first = await post(activity, options);
  if (first.status !== 504 || activity.type === 'invoke') return { ...first, deliveries: 1 };
  return { ...(await post(activity, options)), deliveries: 2 };
}

async function post(activity: Activity, options: DeliveryOptions): Promise<Omit<BotAnswer, 'deliveries'>> {
  const authorization = await options.authorization?.();
  try {
    const response = await fetch(options.botEndpoint(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    return { status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { status: isLate ? 504 : 0, body: undefined };
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
