import { setTimeout as pause } from 'node:timers/promises';
import type { Agent, Dispatcher } from 'undici';
import type { Outbound } from '../../platform/outbound.js';
import { isServiceUrl, isStorageUrl } from '../../platform/serviceHosts.js';
import { howOfStatus, type Watch } from '../../platform/watch.js';
import type { BotToken } from './botToken.js';

/** A file that came with a message. `service`: pasted, kept by Teams' own service. `storage`: in the sender's OneDrive. */
export type AttachedFile = { at: 'service' | 'storage'; address: string };
/** `foreign`: an address at which Teams keeps no files; nobody was asked. */
export type FetchedFile = { kind: 'fetched'; bytes: Buffer } | { kind: 'tooBig' | 'foreign' | 'failed' };

export type FetchFileOptions = { agent: Agent; token: BotToken; loopback: boolean; outbound: Outbound; watch: Watch };

/** One try, its whole body included. */
const attemptMs = 20_000;
/**
 * Teams' service says 403 at times to whom it should not (microsoft/botbuilder-js#4887), so it is asked again. The address of
 * a stored file works for minutes and without a sign-in: it is opened once.
 */
const tries = { service: 3, storage: 1 };
const pauseMs = 500;

/**
 * The bytes of a file, at most so many of them. Only Teams' service gets the bot's token; redirects are not followed, since
 * where they lead nobody has judged.
 */
export async function fetchFile(
  options: FetchFileOptions,
  { at, address }: AttachedFile,
  mostBytes: number,
): Promise<FetchedFile> {
  const isKnown = at === 'service' ? isServiceUrl(address, options) : isStorageUrl(address);
  if (!isKnown) return { kind: 'foreign' };
  for (let attempt = 1, status = 0; ; attempt++) {
    const tried = await options.watch(
      'outside',
      'connector',
      () => tryOnce(options, { at, address }, mostBytes, status === 401),
      (one) => howOfStatus(one.status),
    );
    if (tried.kind !== 'failed' || attempt === tries[at]) return tried;
    ({ status } = tried);
    await pause(pauseMs * attempt);
  }
}

async function tryOnce(
  { agent, token, outbound }: FetchFileOptions,
  { at, address }: AttachedFile,
  mostBytes: number,
  fresh: boolean,
): Promise<FetchedFile & { status: number }> {
  const { origin, pathname, search } = at === 'service' ? new URL(address) : outbound(address);
  try {
    const bearer = at === 'service' ? await token({ fresh }) : undefined;
    const { statusCode: status, body } = await agent.request({
      ...{ origin, path: pathname + search, method: 'GET', signal: AbortSignal.timeout(attemptMs) },
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    });
    // What is not read to its end is broken off, which is no error here.
    body.on('error', () => undefined);
    if (status !== 200) {
      body.destroy();
      return { kind: 'failed', status };
    }
    const bytes = await bounded(body, mostBytes);
    return bytes ? { kind: 'fetched', bytes, status } : { kind: 'tooBig', status };
  } catch {
    return { kind: 'failed', status: 0 };
  }
}

async function bounded(body: Dispatcher.ResponseData['body'], mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
