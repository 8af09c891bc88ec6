import { createHash, type Hash } from 'node:crypto';
import type { FakePost } from './posts.js';

/** Bytes on their way. Only how many came is kept, and what they hash to. */
export type Coming = { size: number; has: number; hash: Hash };

export const coming = (size: number): Coming => ({ size, has: 0, hash: createHash('sha256') });

export function take(upload: Coming, bytes: Buffer): void {
  upload.hash.update(bytes);
  upload.has += bytes.length;
}

export const hashOf = ({ hash }: Coming): string => hash.copy().digest('base64url');

/** A video on its way to YouTube. */
export type FakeUpload = Coming & {
  draft: Pick<FakePost, 'author' | 'text'> & { title: string; privacy: string; madeForKids: boolean };
  /** The video that it became. */
  made?: string;
};
/** A video on its way to X: what came before each of its parts, so that one may come again. A restart forgets it. */
export type FakeParts = { by: string; size: number; before: { has: number; hash: Hash }[] };

/** By what stands in their addresses. A restart forgets them, as Google does after a week. */
export type Uploads = Map<string, FakeUpload>;

/** A video on its way to LinkedIn, in pieces. */
export type FakePieces = {
  owner: string;
  token: string;
  size: number;
  /** What each piece was called, and the hash of all bytes up to its end. */
  pieces: { tag: string; hash: Hash }[];
  isVideo: boolean;
  /** All of it is there; Unix milliseconds. */
  wholeAt?: number;
};
/** By the videos' own names. A restart forgets these, too. */
export type Pieces = Map<string, FakePieces>;
