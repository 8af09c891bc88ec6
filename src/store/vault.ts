import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** What a sealed text is for: a code does not open as a token, nor a token as the address of a page. */
export type Purpose = 'grant' | 'tokens' | 'verifier' | 'code' | 'address' | 'picture' | 'video' | 'session';
/** What a sealed text belongs to: opened for anything else it stays shut. */
export type About = {
  tenant: string;
  profile: string;
  person: string;
  purpose: Purpose;
  /** Of a file that is sealed in parts: which file, and which part of it. */
  part?: { file: string; number: number };
};

export type SealKey = { id: string; key: KeyObject };

export type Vault = {
  /** Seals with the first key. */
  seal(plain: string, about: About): string;
  /** Throws VaultError when it was changed, belongs to something else, or its key is not there. */
  open(sealed: string, about: About): string;
  /** The same for bytes, which stay bytes. */
  sealBytes(plain: Uint8Array, about: About): Buffer;
  openBytes(sealed: Buffer, about: About): Buffer;
  /** The id of the key it was sealed with. Throws VaultError when it is no sealed text. */
  keyOf(sealed: string): string;
  /** Whether it was sealed with another than the first key, or in the old form. */
  needsReseal(sealed: string | Buffer): boolean;
};

/** Says that something would not open, never what was in it. */
export class VaultError extends Error {}

const keyBytes = 32;
const nonceBytes = 12; // NIST SP 800-38D, 8.2: 96 bits
const tagBytes = 16;
/** `v1`, of the first release, was bound to no purpose. It still opens; nothing is sealed that way any more. */
const sealedShape = /^(v1|v2)\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)$/;
type Form = 'v1' | 'v2';

/**
 * Reads `id:key,id2:key2`: the first seals, the others only open. An id is 1 to 32 letters, digits, `-` or `_`; a key is
 * 32 bytes in base64. Throws an Error whose sentence names the place of the wrong part, never the part.
 */
export function readKeys(text: string): [SealKey, ...SealKey[]] {
  const ids = new Set<string>();
  const keys = new Set<string>();
  const [first, ...rest] = text.split(',').map((part, index) => {
    const place = `Part ${index + 1} of TOKEN_KEYS`;
    const [id = '', encoded, ...more] = part.trim().split(':');
    if (encoded === undefined || more.length > 0) throw new Error(`${place} is not of the form id:key.`);
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
      throw new Error(`${place} needs an id of 1 to 32 letters, digits, "-" or "_" before the colon.`);
    }
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length !== keyBytes || bytes.toString('base64') !== encoded) {
      throw new Error(`${place} needs a key of 32 bytes in base64, as "openssl rand -base64 32" makes it.`);
    }
    if (ids.has(id)) throw new Error(`${place} has the same id as an earlier part.`);
    ids.add(id);
    if (index === 0 && isGuessable(bytes)) {
      throw new Error(
        `${place} is no random key. Put one from "openssl rand -base64 32" first, and this one after it.`,
      );
    }
    const text = bytes.toString('hex');
    if (keys.has(text)) throw new Error(`${place} is the same key as an earlier part, under another id.`);
    keys.add(text);
    return { id, key: createSecretKey(bytes) };
  });
  if (!first) throw new Error('TOKEN_KEYS is empty.');
  return [first, ...rest];
}

/**
 * What nobody's dice give: all bytes alike or nearly so (of 32 random ones about 30 differ), a row that counts up or
 * down, words. What such a key sealed still opens.
 */
function isGuessable(bytes: Buffer): boolean {
  const steps = new Set([...bytes].map((byte, index) => (byte - (bytes[index - 1] ?? byte) + 256) % 256).slice(1));
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return new Set(bytes).size < 16 || steps.size < 8 || isText;
}

/** AES-256-GCM with a fresh random nonce each time; the associated data binds the text to `about`. */
export function createVault(keys: readonly [SealKey, ...SealKey[]]): Vault {
  const [first] = keys;
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  const openRead = ({ form, id, bytes }: Sealed, about: About): Buffer => {
    const key = byId.get(id);
    if (!key) throw new VaultError(`This was sealed with the key "${id}", which TOKEN_KEYS does not have.`);
    return open(key, bytes, associated(form, id, about));
  };
  return {
    seal: (plain, about) => `v2.${first.id}.${seal(first, Buffer.from(plain), about).toString('base64url')}`,
    open: (sealed, about) => openRead(readSealed(sealed), about).toString('utf8'),
    sealBytes: (plain, about) => Buffer.concat([Buffer.from(`v2.${first.id}.`), seal(first, plain, about)]),
    openBytes: (sealed, about) => openRead(readSealedBytes(sealed), about),
    keyOf: (sealed) => readSealed(sealed).id,
    needsReseal: (sealed) => {
      const { form, id } = typeof sealed === 'string' ? readSealed(sealed) : readSealedBytes(sealed);
      return form !== 'v2' || id !== first.id;
    },
  };
}

function seal({ id, key }: SealKey, plain: Uint8Array, about: About): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associated('v2', id, about));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: KeyObject, bytes: Buffer, data: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(data);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch {
    throw new VaultError('This was changed since it was sealed, or was sealed for something else.');
  }
}

type Sealed = { form: Form; id: string; bytes: Buffer };
const longestHead = 'v2..'.length + 32;

function readSealedBytes(sealed: Buffer): Sealed {
  const [head, form, id] = /^(v2)\.([A-Za-z0-9_-]{1,32})\./.exec(sealed.toString('latin1', 0, longestHead)) ?? [];
  const bytes = sealed.subarray(head?.length ?? 0);
  if (form === undefined || id === undefined || bytes.length < nonceBytes + tagBytes) {
    throw new VaultError('These are no sealed bytes.');
  }
  return { form: form as Form, id, bytes };
}

function readSealed(sealed: string): Sealed {
  const [, form, id, encoded] = sealedShape.exec(sealed) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64url');
  // Base64 has several spellings of the same bytes; only the one that was written counts.
  if (
    form === undefined ||
    id === undefined ||
    bytes.length < nonceBytes + tagBytes ||
    bytes.toString('base64url') !== encoded
  ) {
    throw new VaultError('This is no sealed text.');
  }
  return { form: form as Form, id, bytes };
}

/** Each part after its length, so that no two different lists of parts give the same bytes. */
function associated(form: Form, id: string, { tenant, profile, person, purpose, part: of }: About): Buffer {
  const bound = form === 'v1' ? [] : [purpose];
  const where = of ? [of.file, String(of.number)] : [];
  const parts = [form, id, ...bound, tenant, profile, person, ...where].flatMap((part) => {
    const bytes = Buffer.from(part, 'utf16le'); // keeps every JavaScript string apart, also broken ones
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(parts);
}
