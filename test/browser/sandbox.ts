import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChat } from '../../src/sandbox/chat/server.js';
import { type Connector, createConnector } from '../../src/sandbox/connector/connector.js';
import { world } from '../../src/sandbox/world.js';
import { EchoBot } from './echo-bot.js';

export type ChatSandbox = {
  address: string;
  connector: Connector;
  bot: EchoBot;
  dataDir: string;
  stop: () => Promise<void>;
};

/** The chat and its connector with a tiny bot, on a free port of loopback. `dataDir`: go on from there. */
export async function startChatSandbox(options: { dataDir?: string; timeoutMs?: number } = {}): Promise<ChatSandbox> {
  const bot = new EchoBot();
  const endpoint = await bot.start();
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'chat-'));
  let address = '';
  const connector = createConnector({
    world,
    botEndpoint: () => endpoint,
    serviceUrl: () => `${address}/connector`,
    dataDir,
    clock: () => new Date(),
    ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
  });
  const chat = createChat({ connector, world, title: 'Contoso', firstHints: ['help', 'card', 'profiles'] });
  const server = createServer(async (request, response) => {
    if (await connector.handle(request, response)) return;
    if (await chat.handle(request, response)) return;
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    chat.close();
    bot.stop();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await connector.close();
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
  return { address, connector, bot, dataDir, stop };
}
