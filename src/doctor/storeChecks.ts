import { makeDataDir } from '../platform/dataDir.js';
import type { Settings } from '../settings.js';
import { openCollections } from '../store/collections.js';
import { openStore } from '../store/index.js';
import { newestSchema, readSchema } from '../store/schema.js';
import { StoreDown } from '../store/store.js';
import { type Finding, look, ok, wrong } from './finding.js';

const patienceMs = 5_000;

/** The folder can be written, the store answers, has its indexes, and was not written by a newer release. */
export async function checkStore(settings: Settings): Promise<Finding[]> {
  return settings.mongoUri ? checkMongo(settings) : checkFolder(settings);
}

async function checkFolder(settings: Settings): Promise<Finding[]> {
  try {
    await makeDataDir(settings.dataDir);
  } catch (error) {
    return [wrong('DATA_DIR', sentenceOf(error), 'Set DATA_DIR to a folder that this account may write to.')];
  }
  try {
    return [ok('DATA_DIR', 'the folder can be written'), await checkSchema(settings)];
  } catch (error) {
    // Mostly it is the bot itself, which has the folder to itself while it runs.
    return [look('DATA_DIR', `${sentenceOf(error)} If that is the bot, all is well.`)];
  }
}

async function checkMongo(settings: Settings): Promise<Finding[]> {
  try {
    return [ok('MONGODB_URI', 'the database answers'), await checkSchema(settings)];
  } catch {
    const fix = 'See that the server runs, and that this machine may reach it and sign in with what MONGODB_URI says.';
    return [wrong('MONGODB_URI', 'the database does not answer.', fix)];
  }
}

async function checkSchema(settings: Settings): Promise<Finding> {
  const store = await openStore(settings);
  try {
    await store.ready(patienceMs);
    // Makes the indexes that are missing, as every start does.
    const read = openCollections(store).then(({ schema }) => readSchema(schema));
    return await read.then(
      (number) => ok('store', `its indexes are there, and its schema is ${number} of ${newestSchema}`),
      (error: unknown) => {
        if (error instanceof StoreDown) throw error;
        return wrong('store', sentenceOf(error), 'Start that release, or put back a backup from before it.');
      },
    );
  } finally {
    await store.close();
  }
}

const sentenceOf = (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it failed.');
