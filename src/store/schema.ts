import type { Collection, Store, StoredDoc } from './store.js';

/** What the stored documents look like, as a number that each migration raises. Release 0.1.0 is 1, and had no number. */
export const newestSchema = 6;

/** `at`: when it was brought to this number. `caughtUp`: when what older instances still wrote was last looked for. */
export type SchemaDoc = StoredDoc & { number: number; at?: Date; caughtUp?: Date };

/** The one document of the whole store: of no tenant, since the schema is the same for all. */
export const schemaKey = { tenant: 'store', id: 'schema' } as const;
const spec = { name: 'schema', indexes: [] };

/** The store's schema number, found before anything else is opened. @throws Error when a newer release wrote the store */
export async function openSchema(store: Store): Promise<Collection<SchemaDoc>> {
  const schema = await store.collection<SchemaDoc>(spec);
  await readSchema(schema);
  return schema;
}

/** @throws Error, with a sentence for whoever runs the bot, when a newer release wrote the store */
export async function readSchema(schema: Collection<SchemaDoc>): Promise<number> {
  const { number = 1 } = (await schema.get(schemaKey.tenant, schemaKey.id)) ?? {};
  if (number <= newestSchema) return number;
  throw new Error(
    `The stored data was written by a newer release (schema ${number}, this one knows ${newestSchema}): ` +
      'start that release, or put back a copy from before it.',
  );
}
