import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { MongoNetworkError, MongoNotConnectedError, MongoServerError, MongoTopologyClosedError } from 'mongodb';
import { openStore } from '../../src/store/index.js';
import { openMongoStore } from '../../src/store/mongo/mongo.js';
import { reached } from '../../src/store/mongo/trouble.js';
import { type Collection, type Store, StoreBusy, StoreDown, StoreUnknown } from '../../src/store/store.js';
import { places, type Thing, thing, thingSpec } from './store-places.js';

/** A port that hands everything on to `target`, or, without one, takes connections and stays silent. */
class Gate {
  readonly server: Server;
  #sockets = new Set<Socket>();
  #target: { host: string; port: number } | undefined;
  /** The next request with this word in it is carried out, and its answer is lost with the connection. */
  losing: string | undefined;

  constructor(target?: { host: string; port: number }) {
    this.#target = target;
    this.server = createServer((near) => this.#join(near));
  }

  async open(port = 0): Promise<number> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.server.listening) await new Promise((done) => this.server.close(done));
  }

  #join(near: Socket): void {
    this.#keep(near);
    if (!this.#target) return;
    const far = this.#keep(dial(this.#target));
    near.pipe(far);
    let isLost = false;
    near.on('data', (chunk: Buffer) => {
      if (this.losing === undefined || !chunk.includes(this.losing)) return;
      this.losing = undefined;
      isLost = true;
    });
    far.on('data', (chunk: Buffer) => (isLost ? near.destroy() : near.write(chunk))).on('end', () => near.end());
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

function targetOf(uri = ''): { host: string; port: number } {
  const [, host = '', port] = /^mongodb:\/\/(?:[^@/]*@)?([^:/,]+):?(\d*)/.exec(uri) ?? [];
  return { host, port: Number(port) || 27017 };
}

async function closedPort(): Promise<number> {
  const gate = new Gate();
  const port = await gate.open();
  await gate.shut();
  return port;
}

describe('the MongoDB store without an answer', () => {
  it('says StoreDown, with the cause, within a few seconds', async function () {
    this.timeout(8000);
    const store = await openStore({ mongoUri: `mongodb://127.0.0.1:${await closedPort()}/x`, dataDir: 'unused' });
    const start = Date.now();
    await assert.rejects(store.collection(thingSpec('things')), (error) => {
      assert.ok(error instanceof StoreDown);
      assert.match(String((error.cause as Error).message), /ECONNREFUSED/);
      return true;
    });
    assert.ok(Date.now() - start < 5000);
    await store.close();
  });

  it('says that it is not ready in the time that was asked for, refused or silent', async function () {
    this.timeout(8000);
    const silent = new Gate();
    for (const port of [await closedPort(), await silent.open()]) {
      const store = await openMongoStore(`mongodb://127.0.0.1:${port}/x`);
      const start = Date.now();
      await assert.rejects(store.ready(300), StoreDown);
      assert.ok(Date.now() - start < 2500);
      await store.close();
    }
    await silent.shut();
  });

  it('says of each trouble whether something may have been written', async () => {
    const server = (code: number) => new MongoServerError({ code, message: 'no' });
    const ended = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
    const kinds: [Error, unknown][] = [
      [ended, StoreUnknown],
      [new MongoNetworkError('connection 7 closed'), StoreUnknown],
      [server(11600), StoreUnknown],
      [new MongoNotConnectedError('not yet'), StoreDown],
      [new MongoTopologyClosedError('closed'), StoreDown],
      [server(13), MongoServerError],
      [new TypeError('a bug'), TypeError],
    ];
    for (const [error, kind] of kinds) {
      const thrown = await reached(() => Promise.reject(error)).catch((one: unknown) => one as Error);
      assert.equal(thrown?.constructor, kind, error.message);
    }
  });

  it('asks a server that is busy again, and says that it is busy when it still is', async () => {
    for (const code of [112, 16500]) {
      let calls = 0;
      const busy = new MongoServerError({ code, message: 'too many' });
      const twice = async () => {
        calls += 1;
        if (calls <= 2) throw busy;
        return 'done';
      };
      assert.equal(await reached(twice), 'done');
      await assert.rejects(
        reached(() => Promise.reject(busy)),
        StoreBusy,
      );
    }
  });

  it('refuses an address that cannot be read, and does not repeat it', async () => {
    for (const uri of ['mongodb://me:pass%word@h/x', 'http://me:secret@h', 'secret', 'mongodb://h/x?secret=1', '']) {
      await assert.rejects(openMongoStore(uri), (error) => {
        assert.match(String(error), /MONGODB_URI cannot be read/);
        const { cause } = error as Error;
        assert.equal(cause, undefined);
        return !/pass%|secret/.test(String((error as Error).stack));
      });
    }
  });
});

for (const place of places().filter(({ name }) => name === 'MongoDB')) {
  describe('the MongoDB store', () => {
    after(() => place.remove());

    it('says StoreDown while the server is away, and answers again when it is back', async function () {
      this.timeout(20_000);
      const target = targetOf(process.env.MONGODB_URI);
      const first = new Gate(target);
      const gatePort = await first.open();
      const store = await openMongoStore(place.uri?.(`127.0.0.1:${gatePort}`) ?? '');
      const things = await store.collection<Thing>(thingSpec('things'));
      assert.equal(await things.insert(thing({ id: 'a' })), true);
      await first.shut();
      await assert.rejects(things.get('t1', 'a'), StoreDown);
      await assert.rejects(things.insert(thing({ id: 'b' })), StoreDown);
      await assert.rejects(store.ready(300), StoreDown);
      const second = new Gate(target);
      await second.open(gatePort);
      await store.ready(10_000);
      assert.equal((await things.get('t1', 'a'))?.id, 'a');
      await store.close();
      await second.shut();
    });

    describe('whose answer is lost', () => {
      let gate: Gate;
      let store: Store;
      let things: Collection<Thing>;
      before(async () => {
        gate = new Gate(targetOf(process.env.MONGODB_URI));
        const uri = `${place.uri?.(`127.0.0.1:${await gate.open()}`)}&retryWrites=false&retryReads=false`;
        store = await openMongoStore(uri);
        things = await store.collection<Thing>(thingSpec('lost'));
      });
      after(async () => {
        await store.close();
        await gate.shut();
      });

      it('knows that it inserted and replaced all the same', async () => {
        gate.losing = 'insert';
        assert.equal(
          await things.insert(thing({ id: 'a', at: new Date(), tags: ['x'], inner: { since: new Date(), list: [] } })),
          true,
        );
        assert.equal(gate.losing, undefined, 'the answer was lost');
        const before = await things.get('t1', 'a');
        assert(before);
        gate.losing = 'update';
        assert.equal(await things.replace({ ...before, version: 2, note: 'new' }, 1), true);
        assert.equal(gate.losing, undefined, 'the answer was lost');
        assert.equal((await things.get('t1', 'a'))?.note, 'new');
      });

      it('does not know whether it took something, and says so', async () => {
        await things.insert(thing({ id: 'b' }));
        gate.losing = 'findAndModify';
        await assert.rejects(things.take('t1', 'b'), StoreUnknown);
        assert.equal(await things.get('t1', 'b'), undefined);
      });
    });

    it('may be opened by several processes at the same time, and again', async function () {
      this.timeout(15_000);
      const stores = await Promise.all([place.open(), place.open(), place.open()]);
      const opened = await Promise.all(stores.map((store) => store.collection<Thing>(thingSpec('shared'))));
      const won = await Promise.all(opened.map((things) => things.insert(thing({ id: 'one' }))));
      assert.equal(won.filter(Boolean).length, 1);
      await Promise.all(stores.map((store) => store.close()));
    });
  });
}
