import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded.js';
import {
  type Collection,
  type CollectionSpec,
  type Files,
  type Store,
  StoreDown,
  type StoredDoc,
  ValueTaken,
} from '../../../src/store/store.js';
import { methods } from '../../stories/storeCounts.js';

/**
 * The embedded store in a process of its own, for several that use it over loopback: a database that needs no server to be
 * installed, and lives on when the processes at it are killed. For trying things; nothing of it is shipped.
 */
type Question = { number: number; collection: string; method: string; args: unknown[]; spec?: CollectionSpec };
type Answer = { number: number; result?: unknown; error?: { kind: string; message: string } };

/** What is asked of the files, in the place of a collection. */
const filesName = '$files';
const fileMethods = ['add', 'put', 'get', 'drop'] as const satisfies readonly (keyof Files)[];

const kinds = { ValueTaken, StoreDown } as const;

/** Whole messages out of a stream: each has its length before it. */
function listen(socket: Socket, take: (message: unknown) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const end = 4 + rest.readUInt32BE();
      take(deserialize(rest.subarray(4, end)));
      rest = rest.subarray(end);
    }
  });
}

function say(socket: Socket, message: Question | Answer): void {
  const body = serialize(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  socket.cork();
  socket.write(length);
  socket.write(body);
  process.nextTick(() => socket.uncork());
}

/** Opens it, in memory, and answers on a free port of loopback. */
export async function serveStore(): Promise<string> {
  const store = await openEmbeddedStore(':memory:');
  const collections = new Map<string, Promise<object>>([[filesName, store.files()]]);
  const answer = async ({ number, collection, method, args, spec }: Question): Promise<Answer> => {
    try {
      const known = collections.get(collection) ?? (spec && store.collection<StoredDoc>(spec));
      if (!known) throw new StoreDown(`no collection ${collection}`);
      collections.set(collection, known);
      const here = (await known) as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
      return { number, result: await here[method]?.(...args) };
    } catch (error) {
      const thrown = error as Error;
      return { number, error: { kind: thrown.constructor.name, message: thrown.message } };
    }
  };
  const server = createServer((socket) => {
    socket.setNoDelay();
    socket.on('error', () => socket.destroy());
    listen(
      socket,
      (question) => void answer(question as Question).then((said) => socket.writable && say(socket, said)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `shared://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The store that another process serves at this address. */
export async function openSharedStore(address: string): Promise<Store> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const open = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const end = () => {
    for (const { reject } of open.values()) reject(new StoreDown('the store is gone'));
    open.clear();
  };
  socket.on('close', end).on('error', end);
  listen(socket, (message) => {
    const { number, result, error } = message as Answer;
    const waiting = open.get(number);
    open.delete(number);
    if (!error) return waiting?.resolve(result);
    const Kind = kinds[error.kind as keyof typeof kinds] ?? Error;
    waiting?.reject(new Kind(error.message));
  });
  const ask = (question: Omit<Question, 'number'>) =>
    new Promise<unknown>((resolve, reject) => {
      if (socket.destroyed) return reject(new StoreDown('the store is gone'));
      const number = ++last;
      open.set(number, { resolve, reject });
      say(socket, { ...question, number });
    });
  return {
    isAlone: false,
    collection: async <T extends StoredDoc>(spec: CollectionSpec) =>
      Object.fromEntries(
        Object.keys(methods).map((method) => [
          method,
          (...args: unknown[]) => ask({ collection: spec.name, method, args, spec }),
        ]),
      ) as unknown as Collection<T>,
    files: async () =>
      Object.fromEntries(
        fileMethods.map((method) => [method, (...args: unknown[]) => ask({ collection: filesName, method, args })]),
      ) as unknown as Files,
    all: () => {
      throw new Error('migrations are not for this store');
    },
    drop: async () => undefined,
    ready: async () => undefined,
    close: async () => void socket.destroy(),
  };
}
