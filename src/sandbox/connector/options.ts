import type { Clock } from '../../platform/clock.js';
import type { World } from '../world.js';
import type { GivenFile } from './files.js';
import type { Activity, Message, Reply } from './types.js';

export type ConnectorOptions = {
  world: World;
  /** Where the bot listens: `http://127.0.0.1:3978/api/messages`. */
  botEndpoint: () => string;
  /** Where `handle` is mounted, as the bot reaches it; REST paths (`/v3/...`) are appended. */
  serviceUrl: () => string;
  dataDir: string;
  clock: Clock;
  /** The Authorization header for requests to the bot. */
  authorization?: () => Promise<string>;
  /** Is this the bot's Authorization header? */
  mayCall?: (authorization: string | undefined) => Promise<boolean>;
  /** How long the bot may take for one activity. Default 15 s, as Teams. */
  timeoutMs?: number;
};

export type SayOptions = {
  /** Entra object id, or Teams id. */
  from: string;
  /** A conversation id, with `;messageid=<root>` to answer in a thread. Default: the person's chat with the bot. */
  in?: string;
  text: string;
  /** Names in the text, written `@Name`, that were picked from the mention list. The rest stays typed text. */
  mentions?: string[];
  files?: GivenFile[];
};
export type SayOutcome = {
  /** The bot's HTTP status; undefined when the bot was not told (no mention of it in a channel or group chat). */
  status: number | undefined;
  /** What was posted to the bot. */
  activity: Activity | undefined;
  message: Message;
  /** What the bot wrote, anywhere, from the posting until its HTTP answer. */
  replies: Reply[];
};
export type ClickOptions = {
  from: string;
  message: string;
  verb: string;
  data?: Record<string, unknown>;
  title?: string;
  id?: string;
  /** `automatic` for a card's `refresh`. */
  trigger?: 'manual' | 'automatic';
};
export type SearchOptions = {
  from: string;
  message: string;
  dataset: string;
  queryText: string;
  data?: Record<string, unknown>;
};

export type MessageActionOptions = {
  from: string;
  message: string;
  /** As in the manifest. */
  command: string;
  /** What the dialog's card was submitted with; absent: the dialog is opened. */
  data?: Record<string, unknown>;
};

export type TaskOptions = {
  from: string;
  message: string;
  /** What the button carries, or what the dialog was submitted with. */
  data?: unknown;
  isSubmit?: boolean;
};
