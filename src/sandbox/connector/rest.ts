import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World, WorldPerson, WorldTeam } from '../world.js';
import { splitConversationId } from './activities.js';
import { type ConnectorFaults, parseFault, type Spoils } from './faults.js';
import { type Files, oneDriveHost } from './files.js';
import { isOwnHost, isOwnPage, readJson, write } from './http.js';
import type { Inbox } from './inbox.js';
import type { Places } from './places.js';
import { type RestAnswer, restError } from './restAnswer.js';
import type { ChatState } from './state.js';
import type { Activity } from './types.js';

export type RestOptions = {
  inbox: Inbox;
  state: ChatState;
  places: Places;
  faults: ConnectorFaults;
  files: Files;
  serviceUrl: () => string;
  /** Is this Authorization header the bot's? Absent: everyone on this machine is. */
  mayCall?: ((authorization: string | undefined) => Promise<boolean>) | undefined;
};

/** The Bot Connector's REST, and the fault dial at `POST /sandbox/faults`. */
export class Rest {
  readonly #options: RestOptions;
  /** How often the bot has asked for something: a member, a team, its channels. */
  reads = 0;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** False: the request is for somebody else. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === '/sandbox/faults') {
      write(response, await this.#dial(request));
      return true;
    }
    if (path.startsWith(`/${oneDriveHost}/`)) {
      this.#options.files.stored(request, response);
      return true;
    }
    const start = path.indexOf('/v3/');
    if (start < 0) return false;
    if (!isOwnPage(request)) {
      write(response, restError(403, 'Forbidden', 'Not from a web page.'));
      return true;
    }
    await this.#spoiled(
      request,
      response,
      path
        .slice(start + 4)
        .split('/')
        .map(decoded),
    );
    return true;
  }

  async #spoiled(request: IncomingMessage, response: ServerResponse, path: string[]): Promise<void> {
    const { mayCall, faults } = this.#options;
    if (mayCall && !(await mayCall(request.headers.authorization))) {
      return write(response, restError(401, 'Unauthorized', 'Authorization has been denied for this request.'));
    }
    const body = await readJson(request);
    if (body === undefined) return write(response, restError(413, 'MessageSizeTooBig', 'Message size too large.'));
    const kind = spoils(request.method ?? '', path);
    const fault = kind && body.type !== 'typing' ? faults.take(kind) : undefined;
    const [area, file = ''] = path;
    if (!fault && area === 'attachments') return this.#options.files.pasted(file, response);
    if (!fault) return write(response, this.#answer(request, path, body));
    if (fault.status === 'lost') {
      this.#answer(request, path, body);
      return void request.socket.destroy();
    }
    if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter));
    write(response, restError(fault.status, faultCodes[fault.status], 'Set by the fault dial.'));
  }

  #answer(request: IncomingMessage, path: string[], body: Record<string, unknown>): RestAnswer {
    if (request.method === 'GET') this.reads += 1;
    const [area, id = '', what, item, more] = path;
    const verb = `${request.method} ${what ?? ''}`;
    if (area === 'teams') return this.#team(verb, id);
    if (area !== 'conversations' || more !== undefined) return unknown();
    if (request.method === 'POST' && id === '') return this.#created(body);
    const { inbox } = this.#options;
    if (verb === 'POST activities') return inbox.post(id, body as Activity);
    if (verb === 'PUT activities') return inbox.update(id, item ?? '', body as Activity);
    if (verb === 'DELETE activities') return inbox.remove(id, item ?? '');
    return this.#members(verb, id, item);
  }

  #created(body: Record<string, unknown>): RestAnswer {
    const answer = this.#options.inbox.create(body);
    if (answer.status >= 400) return answer;
    return { ...answer, body: { ...(answer.body as object), serviceUrl: this.#options.serviceUrl() } };
  }

  #members(verb: string, id: string, memberId: string | undefined): RestAnswer {
    const { state, places } = this.#options;
    const conversation = state.get(splitConversationId(id).place);
    if (!conversation) return restError(404, 'ConversationNotFound', 'Conversation not found.');
    const people = places.members(conversation).map((one) => member(one, places.world));
    if (verb === 'GET pagedmembers') return { status: 200, body: { members: people } };
    if (verb !== 'GET members') return unknown();
    if (memberId === undefined) return { status: 200, body: people };
    const found = people.find((one) => one.id === memberId || one.aadObjectId === memberId);
    return found
      ? { status: 200, body: found }
      : restError(404, 'MemberNotFoundInConversation', 'Member not found in conversation');
  }

  #team(verb: string, id: string): RestAnswer {
    const { places } = this.#options;
    const team = places.team(id);
    if (!team) return restError(404, 'BadArgument', `Unknown team: ${id}`);
    if (verb === 'GET ') return { status: 200, body: this.#details(team) };
    if (verb === 'GET conversations') {
      const channels = team.channels.map(({ id, name, kind }) => ({ id, name, type: kind }));
      // Teams gives General no name.
      return { status: 200, body: { conversations: [{ id: team.id, type: 'standard' }, ...channels] } };
    }
    return unknown();
  }

  #details(team: WorldTeam) {
    const { places } = this.#options;
    return {
      id: team.id,
      name: team.name,
      aadGroupId: team.group,
      tenantId: places.world.tenant.id,
      type: 'standard',
      memberCount: places.teamPeople(team).length,
      channelCount: team.channels.length + 1,
    };
  }

  async #dial(request: IncomingMessage): Promise<RestAnswer> {
    const isHere = /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '');
    if (!isHere || !isOwnHost(request) || !isOwnPage(request)) return restError(403, 'Forbidden', 'Only from here.');
    const { faults } = this.#options;
    if (request.method === 'DELETE') faults.clear();
    if (request.method === 'POST') {
      const fault = parseFault(await readJson(request));
      if (!fault) return restError(400, 'BadSyntax', 'Say { match?, status, retryAfter?, times }.');
      faults.set(fault);
    }
    return { status: 200, body: { faults: faults.all() } };
  }
}

const faultCodes = {
  403: 'Forbidden',
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
} as const;
const unknown = () => restError(404, 'NotFound', 'No such resource.');

function spoils(method: string, [area, id, what]: string[]): Spoils | undefined {
  if (area === 'attachments') return 'file';
  if (area !== 'conversations') return undefined;
  if (method === 'POST' && !id) return 'create';
  if (what !== 'activities') return undefined;
  return method === 'PUT' ? 'update' : method === 'POST' ? 'send' : undefined;
}

function member(person: WorldPerson, world: World) {
  return {
    id: person.teamsId,
    name: person.name,
    aadObjectId: person.id,
    objectId: person.id,
    givenName: person.givenName,
    surname: person.surname,
    email: person.mail,
    userPrincipalName: person.signInName,
    tenantId: world.tenant.id,
    userRole: person.userType === 'Guest' ? 'guest' : 'user',
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
