/** The world around the bots of a run, as a process of its own: pretend networks under the full dial, and a pretend Teams. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNetworkFakes } from '../../../src/sandbox/networks/index.js';
import { runClock, type Seen, type Start, serveCommands } from './messages.js';

const start = JSON.parse(process.argv[2] ?? '') as Start;
const clock = runClock(start);
const fakes = createNetworkFakes({ dataDir: start.dataDir, clock: clock.now });
const seen: Seen = {};

/** The words that say on a card how a post stands; the longer of two that begin alike first. */
const words = [
  'Not there any more',
  'Not there',
  'Shown in another way than it was sent',
  'Sent',
  'Please have a look',
  'Did not go out',
  'Stopped',
  'Declined',
  'Waits for a yes',
  'Waits',
  'Looking for it',
  'Going out now',
];

/** Cards of posts are changed in place; everything else is a message to a person. */
async function teams(request: IncomingMessage): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString();
  const activity = /\/activities\/([^/?]+)$/.exec(request.url ?? '')?.[1];
  if (request.method === 'PUT' && activity) {
    const card = words.find((word) => body.includes(`"text":"${word}"`));
    if (card) seen[activity] = { card };
  }
}

let messages = 0;
const server = createServer((request, response) => {
  const answer = (request.url ?? '').startsWith('/v3/')
    ? teams(request).then(() => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"m${++messages}"}`);
        return true;
      })
    : fakes.handle(request, response);
  answer.then(
    (isOurs) => isOurs || response.writeHead(404).end(),
    () => response.destroy(),
  );
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

serveCommands(async (command) => {
  if (command.kind === 'dial') fakes.fault(command.network, command.fault ?? undefined);
  if (command.kind === 'jump') clock.jumpTo(command.aheadMs);
  return command.kind === 'seen' ? { seen } : {};
});
