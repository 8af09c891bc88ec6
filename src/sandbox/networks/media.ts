import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { NetworkId } from '../../rules/types.js';

/** A picture, or a video without its bytes, that somebody carried over to a pretend network. `at`: Unix milliseconds. */
export type FakeMedia = {
  id: string;
  by: string;
  alt: string;
  at: number;
  isThere: boolean;
  container?: FakeContainer;
  video?: { bytes: number; hash: string; state: 'pending' | 'in_progress' | 'succeeded' | 'failed' };
};

/** Of Instagram: what is to become one post, or one picture of it. */
export type FakeContainer = {
  caption: string;
  children?: string[];
  isItem?: boolean;
  isPublished?: true;
  reel?: FakeReel;
};

/** A video that is to be a post. `looks`: how often somebody asked how far it is. `failed`: with which of Instagram's numbers. */
export type FakeReel = {
  looks: number;
  video?: { bytes: number; hash: string };
  failed?: number;
  isForgotten?: true;
};

/** Pictures on the pretend networks, each in two files, so that a restart loses none. */
export class Media {
  readonly #dir: string;

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'networks-media');
    mkdirSync(this.#dir, { recursive: true });
  }

  /** `bytes` may come later, to an address that was given out. */
  keep(network: NetworkId, media: Omit<FakeMedia, 'isThere'>, bytes?: Buffer): void {
    const isThere = bytes !== undefined || this.of(network, media.id)?.isThere === true;
    if (bytes) writeFileSync(this.#file(network, media.id, 'bin'), bytes, { mode: 0o600 });
    writeFileSync(this.#file(network, media.id, 'json'), JSON.stringify({ ...media, isThere }), { mode: 0o600 });
  }

  of(network: NetworkId, id: string): FakeMedia | undefined {
    const file = this.#file(network, id, 'json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FakeMedia) : undefined;
  }

  forget(network: NetworkId, id: string): void {
    rmSync(this.#file(network, id, 'json'), { force: true });
  }

  bytes(network: NetworkId, id: string): Buffer | undefined {
    const file = this.#file(network, id, 'bin');
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  #file(network: NetworkId, id: string, ending: string): string {
    return join(this.#dir, `${network}-${id.replaceAll(/[^\w-]/g, '_')}.${ending}`);
  }
}

/** What a picture is, by its bytes; undefined when it is none that these networks take. */
export async function pictureIn(bytes: Buffer | undefined): Promise<{ type: string; pixels: number } | undefined> {
  if (!bytes) return undefined;
  const seen = await sharp(bytes)
    .metadata()
    .catch(() => undefined);
  if (!seen || !['jpeg', 'png', 'gif', 'webp'].includes(seen.format)) return undefined;
  return { type: `image/${seen.format}`, pixels: seen.width * seen.height };
}
