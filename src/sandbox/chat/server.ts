import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connector } from '../connector/connector.js';
import type { DialogOutcome } from '../connector/dialogs.js';
import { isOwnHost, isOwnPage, readJson, write } from '../connector/http.js';
import type { World } from '../world.js';
import { servePage } from './pages.js';
import * as requests from './requests.js';
import type { ChatConversation, ChatState, ChatTab, Dialog, Found, MessageAction, Told } from './types.js';

export type ChatOptions = {
  connector: Connector;
  world: World;
  title: string;
  /** Shown in an empty chat; a click says it. */
  firstHints: string[];
  tabs?: ChatTab[];
  messageActions?: MessageAction[];
  /** Ends every fault that somebody set. */
  reset?: () => Promise<void>;
  /** What a tab gets when it asks who looks at it (single sign-on). */
  tabToken?: (person: { id: string; name: string }) => Promise<string>;
};
export type Chat = {
  /** Answers `/`, `/chat/...` and `/sandbox/api/...`, to this machine only. False: not for the chat. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Ends the open event streams, so that the server can stop. */
  close: () => void;
};

const apiPath = '/sandbox/api/';
/** The page gets this many of a conversation's newest messages. */
const mostMessages = 300;
/** A quiet stream is kept open by a comment this often. */
const beatMs = 20_000;
/** A message with some pictures in it. */
const mostBytes = 64 * 1024 * 1024;

/** The chat page and what it calls. It shows what the connector has, as anyone in the company. */
export function createChat(options: ChatOptions): Chat {
  const streams = new Set<ServerResponse>();
  const stop = options.connector.onChange((change) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(change)}\n\n`);
  });
  const beat = setInterval(() => {
    for (const stream of streams) stream.write(': still here\n\n');
  }, beatMs).unref();

  function stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 500\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [path = ''] = (request.url ?? '').split('?');
    const isApi = path.startsWith(apiPath);
    if (!isApi && path !== '/' && !path.startsWith('/chat/')) return false;
    if (!isOwnHost(request)) {
      write(response, { status: 403, body: { error: 'Open this page by its address on this machine.' } });
      return true;
    }
    if (!isApi) return servePage(request, response, path);
    const name = path.slice(apiPath.length);
    if (request.method === 'GET' && name === 'events') stream(request, response);
    else if (request.method === 'GET' && name === 'state') write(response, { status: 200, body: stateOf(options) });
    else await act(options, name, request, response);
    return true;
  }

  function close(): void {
    stop();
    clearInterval(beat);
    for (const one of streams) one.end();
  }
  return { handle, close };
}

async function act(options: ChatOptions, name: string, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST' || !(name in actions)) return write(response, { status: 404, body: {} });
  if (!isOwnPage(request)) return write(response, { status: 403, body: { error: 'not from another page' } });
  const body = await readJson(request, mostBytes);
  try {
    const answer = await actions[name as keyof typeof actions](options.connector, body, options);
    write(response, { status: 200, body: answer });
  } catch (error) {
    write(response, { status: 400, body: { error: error instanceof Error ? error.message : String(error) } });
  }
}

/** What the page may ask for. Each checks its request strictly and throws where it does not fit. */
const actions = {
  say: async (connector: Connector, body: unknown): Promise<Told> => {
    const { files, ...said } = requests.sayRequest.parse(body);
    const given = files.map(({ data, ...file }) => ({ ...file, bytes: Buffer.from(data, 'base64') }));
    const { status } = await connector.sayParts({ ...said, files: given });
    return { status: status ?? null };
  },
  click: async (connector: Connector, body: unknown): Promise<Told> => {
    const { title, id, ...rest } = requests.clickRequest.parse(body);
    const { status } = await connector.click({ ...rest, ...(title ? { title } : {}), ...(id ? { id } : {}) });
    return { status };
  },
  submit: async (connector: Connector, body: unknown): Promise<Told> => {
    const { status } = await connector.submit(requests.submitRequest.parse(body));
    return { status };
  },
  search: async (connector: Connector, body: unknown): Promise<Found> => {
    const { results, error } = await connector.search(requests.searchRequest.parse(body));
    return { results, ...(error ? { error } : {}) };
  },
  action: async (connector: Connector, body: unknown): Promise<Dialog> => {
    const { data, ...rest } = requests.actionRequest.parse(body);
    return dialogOf(await connector.messageAction({ ...rest, ...(data ? { data } : {}) }));
  },
  task: async (connector: Connector, body: unknown): Promise<Dialog> =>
    dialogOf(await connector.task(requests.taskRequest.parse(body))),
  open: async (connector: Connector, body: unknown): Promise<object> => {
    const { person, conversation } = requests.openRequest.parse(body);
    await connector.open(person, conversation);
    return {};
  },
  'tab-token': async (_: Connector, body: unknown, { world, tabToken }: ChatOptions): Promise<{ token: string }> => {
    const { person } = requests.tabTokenRequest.parse(body);
    const found = world.people.find(({ id }) => id === person);
    if (!found || !tabToken) throw new Error('no sign-on for them');
    return { token: await tabToken(found) };
  },
  reset: async (_: Connector, __: unknown, { reset }: ChatOptions): Promise<object> => {
    await reset?.();
    return {};
  },
  block: async (connector: Connector, body: unknown): Promise<object> => {
    const { person, isBlocked } = requests.blockRequest.parse(body);
    if (isBlocked) connector.block(person);
    else await connector.install(person);
    return {};
  },
};

const dialogOf = ({ title, card, page, note }: DialogOutcome): Dialog => ({
  ...(title ? { title } : {}),
  ...(card ? { card } : {}),
  ...(page ? { page } : {}),
  ...(note ? { note } : {}),
});

function stateOf({ connector, world, title, firstHints, tabs = [], messageActions = [] }: ChatOptions): ChatState {
  const { places } = connector;
  return {
    title,
    company: world.tenant.name,
    bot: world.bot,
    people: world.people.map(({ id, teamsId, name, jobTitle, department, accountEnabled, userType }) => ({
      id,
      teamsId,
      name,
      detail: `${jobTitle}, ${department}`,
      isActive: accountEnabled,
      isGuest: userType === 'Guest',
    })),
    teams: world.teams.map(({ id, name }) => ({ id, name })),
    conversations: connector.conversations().map(
      (one): ChatConversation => ({
        ...one,
        messages: one.messages.slice(-mostMessages),
        members: places.members(one).map(({ id }) => id),
        mentionables: places.mentionables(one),
      }),
    ),
    firstHints,
    tabs,
    messageActions,
  };
}
