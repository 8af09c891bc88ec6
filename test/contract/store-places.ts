import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';
import { openMongoStore } from '../../src/store/mongo/mongo.js';
import type { Store, StoredDoc } from '../../src/store/store.js';

/** A store to try, and how to leave nothing of it behind. */
export type Place = {
  name: string;
  open(): Promise<Store>;
  remove(): Promise<void>;
  /** The address of its database, asked for by way of another host and port. */
  uri?(by: string): string;
};

const uri = process.env.MONGODB_URI;

/** The embedded store, and MongoDB when MONGODB_URI names one: in a database of this run's own. */
export function places(): Place[] {
  const embedded = { name: 'embedded', open: () => openEmbeddedStore(':memory:'), remove: async () => {} };
  return uri ? [embedded, mongoPlace(uri)] : [embedded];
}

function mongoPlace(address: string): Place {
  const own = ownDatabase(address);
  return {
    name: 'MongoDB',
    open: () => openMongoStore(own),
    uri(by) {
      // A replica set would tell its members' own addresses, and the driver would go there.
      const url = own.replace(/^(mongodb:\/\/(?:[^@/]*@)?)[^/]+/, `$1${by}`);
      return `${url}${url.includes('?') ? '&' : '?'}directConnection=true`;
    },
    async remove() {
      const client = await MongoClient.connect(own);
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

function ownDatabase(address: string): string {
  const [, server, database, rest] = /^([^:]+:\/\/[^/?]+)\/?([^?]*)(.*)$/.exec(address) ?? [];
  return `${server}/${database || 'socialprofiles'}-test-${process.pid}-${randomBytes(3).toString('hex')}${rest}`;
}

if (!uri) {
  after('MongoDB', () => {
    console.log(
      '\n  MongoDB contract left out: set MONGODB_URI=mongodb://host:port/database to run it' +
        ' (.ci/mongodb.sh start prints one).',
    );
  });
}

/** What the tests store: a little of everything. */
export type Thing = StoredDoc & {
  kind?: string;
  external?: string;
  tags?: string[];
  count?: number;
  at?: Date;
  due?: Date;
  note?: string;
  on?: boolean;
  inner?: { since: Date; list: { when?: Date; name: string }[] };
};

export const thingSpec = (name: string) => ({
  name,
  indexes: [{ fields: ['kind', 'external'], unique: true }, { fields: ['tags', 'note', 'id'] }, { fields: ['due'] }],
  expires: 'at',
});

let made = 0;

/** A thing that differs from every other in its id and its unique values. */
export function thing(values: Partial<Thing> = {}): Thing {
  made += 1;
  return { tenant: 't1', id: `thing-${made}`, version: 1, kind: 'k', external: `e${made}`, ...values };
}
