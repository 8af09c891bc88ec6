import { createHash, type Hash } from 'node:crypto';
import type { Call } from './call.js';

/** Bytes on their way to Meta. Only how many came is kept, and what they hash to. */
type MetaUpload = { size: number; has: number; hash: Hash };
/** By what stands in their addresses. A restart forgets them. */
export type MetaUploads = Map<string, MetaUpload>;

export const newUpload = (size: number): MetaUpload => ({ size, has: 0, hash: createHash('sha256') });

export function take(upload: MetaUpload, bytes: Buffer): void {
  upload.hash.update(bytes);
  upload.has += bytes.length;
}

export const hashOf = ({ hash }: MetaUpload): string => hash.copy().digest('base64url');

/** Where bytes go, Meta wants the token as `OAuth`, in the header alone; undefined: it is not there so. */
export function asBearer(call: Call): Call | undefined {
  const token = /^OAuth (\S+)$/.exec(call.headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  return { ...call, query: new URLSearchParams(), headers: { ...call.headers, authorization: `Bearer ${token}` } };
}
