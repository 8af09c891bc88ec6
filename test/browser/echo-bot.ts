import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from '../../src/sandbox/connector/types.js';

type Heard = Activity & { serviceUrl: string; conversation: { id: string }; from: { id: string; name: string } };

/** A bot in plain HTTP, written against the Bot Connector's REST alone. */
export class EchoBot {
  readonly heard: Heard[] = [];
  /** How late invokes are answered. */
  delayMs = 0;
  #votes = 0;
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/messages`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const activity = JSON.parse(Buffer.concat(chunks).toString()) as Heard;
    this.heard.push(activity);
    const body = activity.type === 'invoke' ? await this.#invoke(activity) : await this.#message(activity);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  async #message(activity: Heard): Promise<undefined> {
    if (activity.type !== 'message') return;
    const text = (activity.text ?? '').replace(/<at>Social Profiles<\/at>(&nbsp;)?/, '').trim();
    await call(activity, 'POST', '/activities', { type: 'typing' });
    const attachments = text.includes('card') ? [attach(baseCard(this.#votes))] : undefined;
    const reply = attachments
      ? { type: 'message', attachments, summary: 'A vote' }
      : { type: 'message', text: `You said **${text}**, ${activity.from.name}. [More](https://example.com)` };
    await call(activity, 'POST', `/activities/${activity.id}`, reply);
  }

  async #invoke(activity: Heard): Promise<unknown> {
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const value = activity.value as {
      action?: { verb: string; data: Record<string, unknown> };
      trigger?: string;
      queryText?: string;
    };
    if (activity.name === 'application/search') return found(value.queryText ?? '');
    const { verb, data } = value.action ?? { verb: '', data: {} };
    const answer = (type: string, of: unknown) => ({
      statusCode: 200,
      type: `application/vnd.microsoft.${type}`,
      value: of,
    });
    if (verb === 'say') return answer('activity.message', 'Only you read this.');
    if (verb === 'refuse')
      return { ...answer('error', { code: 'BadRequest', message: 'That is not allowed.' }), statusCode: 400 };
    if (verb === 'mine') return answer('card.adaptive', ownCard(`Seen by ${activity.from.name}`));
    if (verb === 'vote') {
      this.#votes += 1;
      await call(activity, 'PUT', `/activities/${String(activity.replyToId)}`, {
        type: 'message',
        attachments: [attach(baseCard(this.#votes))],
      });
    }
    return answer('card.adaptive', ownCard(`Thank you, ${activity.from.name}: ${JSON.stringify(data)}`));
  }
}

async function call(activity: Heard, method: string, path: string, body: object): Promise<void> {
  const url = `${activity.serviceUrl}/v3/conversations/${encodeURIComponent(activity.conversation.id)}${path}`;
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

const attach = (content: object) => ({ contentType: 'application/vnd.microsoft.card.adaptive', content });

function found(text: string) {
  const names = ['Marketing', 'Marketing EMEA', 'Sales', 'Spokespeople'];
  const fits = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const results = fits.map((title) => ({ title, value: `group:${title}` }));
  return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}

function ownCard(text: string) {
  const again = { type: 'Action.Execute', title: 'Again', verb: 'mine', data: {} };
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text, wrap: true }], actions: [again] };
}

function baseCard(votes: number) {
  const execute = (title: string, verb: string, more: object = {}) => ({
    type: 'Action.Execute',
    title,
    verb,
    data: { n: 1 },
    ...more,
  });
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    speak: 'Vote card',
    refresh: { action: execute('Refresh', 'mine'), userIds: ['29:adele'] },
    body: [
      { type: 'TextBlock', text: 'Where do we post?', style: 'heading', wrap: true },
      {
        type: 'TextBlock',
        text: `${votes} votes so far. *Everyone* sees this; details [here](https://example.com).`,
        isSubtle: true,
        wrap: true,
      },
      {
        type: 'FactSet',
        facts: [
          { title: 'Team', value: 'Marketing' },
          { title: 'Ends', value: 'Friday' },
        ],
      },
      {
        type: 'Container',
        style: 'warning',
        items: [{ type: 'TextBlock', text: 'Needs care soon', color: 'warning', wrap: true }],
      },
      { type: 'Input.Text', id: 'note', label: 'Note', placeholder: 'A word on why' },
      {
        type: 'Input.ChoiceSet',
        id: 'with',
        label: 'With whom',
        style: 'filtered',
        isMultiSelect: true,
        placeholder: 'Find people and groups',
        choices: [],
        'choices.data': { type: 'Data.Query', dataset: 'principals' },
      },
    ],
    actions: [
      execute('Vote', 'vote', { style: 'positive' }),
      execute('Only me', 'mine'),
      execute('Whisper', 'say'),
      execute('Refuse', 'refuse', { style: 'destructive' }),
      execute('Later', 'mine', { mode: 'secondary' }),
      { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com/' },
    ],
  };
}
