import type { SettingsReader } from '../platform/settingsReader.js';
import { readKeys } from '../store/vault.js';

/** A MongoDB database; undefined: files. */
export function readMongoUri(read: SettingsReader): string | undefined {
  const uri = read.text('MONGODB_URI');
  if (uri === undefined || /^mongodb(\+srv)?:\/\/.+/.test(uri)) return uri;
  return read.problem('MONGODB_URI must start with mongodb:// or mongodb+srv://.');
}

/** What seals the sign-ins; undefined: a key file is made, in the sandbox only. */
export function readTokenKeys(read: SettingsReader, mode: 'sandbox' | 'production'): string | undefined {
  const text = read.text('TOKEN_KEYS');
  if (text === undefined) {
    if (mode === 'sandbox') return undefined;
    return read.problem('TOKEN_KEYS must be set, as id:key with a key from "openssl rand -base64 32".');
  }
  try {
    readKeys(text);
    return text;
  } catch (error) {
    return read.problem((error as Error).message);
  }
}
