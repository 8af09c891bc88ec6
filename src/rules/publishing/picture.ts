/**
 * A picture of a post. Its bytes are kept sealed until the post has ended; `hash` is theirs, and with `alt` part of what
 * was looked at. `alt`: what it shows, in words; empty: nobody said.
 */
export type Picture = {
  id: string;
  hash: string;
  type: 'image/jpeg' | 'image/png';
  width: number;
  height: number;
  bytes: number;
  alt: string;
};
