import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.js';
import type { World } from '../world.js';
import type { Conversation, Message } from './types.js';

const saveAfterMs = 150;
/** A long chat takes long to write: no more than a tenth of the time goes into it. */
const restPerWrite = 9;

/** All conversations, kept in `<dataDir>/sandbox/chat.json`. */
export class ChatState {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #conversations = new Map<string, Conversation>();
  #lastId = 0;
  #timer: NodeJS.Timeout | undefined;
  #lastWriteMs = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataDir: string, world: World, clock: Clock) {
    const folder = join(dataDir, 'sandbox');
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'chat.json');
    this.#clock = clock;
    for (const one of places(world)) this.#conversations.set(one.id, one);
    this.#load();
  }

  all(): Conversation[] {
    return [...this.#conversations.values()];
  }

  get(id: string): Conversation | undefined {
    return this.#conversations.get(id);
  }

  /** A person's chat with the bot. */
  personal(person: string): Conversation | undefined {
    return this.all().find((one) => one.person === person);
  }

  /** `Planning`; of a team, by its id: `General`. */
  called(name: string, team?: string): Conversation | undefined {
    return this.all().find((one) => one.name === name && one.team === team && one.kind !== 'personal');
  }

  /** Message ids are times in milliseconds, like Teams'; two in one millisecond still differ. */
  nextId(): string {
    this.#lastId = Math.max(this.#lastId + 1, this.#clock().getTime());
    return String(this.#lastId);
  }

  find(message: string): { conversation: Conversation; message: Message } | undefined {
    for (const conversation of this.#conversations.values()) {
      const found = conversation.messages.find(({ id }) => id === message);
      if (found) return { conversation, message: found };
    }
    return undefined;
  }

  /** Something changed: it is on disk shortly after, many changes in one write. */
  changed(): void {
    const restMs = Math.max(saveAfterMs, this.#lastWriteMs * restPerWrite);
    this.#timer ??= setTimeout(() => void this.flush(), restMs);
  }

  /** Resolves when everything up to now is on disk. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const began = performance.now();
    const text = JSON.stringify({ version: 1, lastId: this.#lastId, conversations: this.all() });
    const draft = `${this.#file}.new`;
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, this.#file);
    this.#lastWriteMs = performance.now() - began;
  }

  #load(): void {
    const kept = read(this.#file);
    this.#lastId = kept?.lastId ?? 0;
    for (const one of kept?.conversations ?? []) {
      const place = this.#conversations.get(one.id);
      // Places come from the world, what was said in them from the file.
      if (place) {
        const { messages, read: seen, isInstalled, isBlocked } = one;
        Object.assign(place, { messages, read: seen, isInstalled, isBlocked });
      }
    }
  }
}

type Kept = { lastId: number; conversations: Conversation[] };

function read(file: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read; delete it to begin with empty chats`, { cause: error });
  }
}

/** Every person's chat with the bot, the group chats, and each team's channels with General first. */
function places(world: World): Conversation[] {
  const fresh = { isInstalled: false, isBlocked: false };
  const empty = () => ({ ...fresh, messages: [], read: {} });
  const personal = world.people.map(
    (person): Conversation => ({
      id: `a:personal-${person.teamsId.slice(3)}`,
      kind: 'personal',
      name: world.bot.name,
      person: person.id,
      ...empty(),
    }),
  );
  const groups = world.groupChats.map(({ id, name }): Conversation => ({ id, kind: 'groupChat', name, ...empty() }));
  const channels = world.teams.flatMap((team) =>
    [{ id: team.id, name: 'General', kind: 'standard' as const }, ...team.channels].map(
      ({ id, name, kind }): Conversation => ({
        id,
        kind: 'channel',
        name,
        team: team.id,
        channelKind: kind,
        ...empty(),
      }),
    ),
  );
  return [...personal, ...groups, ...channels];
}
