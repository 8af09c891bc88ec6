/** Who may see a video: its own people alone, whoever has the link, or everybody. */
export const privacies = ['private', 'unlisted', 'public'] as const;
export type Privacy = (typeof privacies)[number];

/**
 * The video of a post. Its bytes are kept sealed, in parts, until the post has ended; `hash` is theirs. `title`, `privacy` and
 * `madeForKids` are what its author said of it, and part of what is looked at.
 */
export type Video = {
  id: string;
  hash: string;
  type: 'video/mp4' | 'video/quicktime';
  bytes: number;
  seconds: number;
  width: number;
  height: number;
  codecs: readonly string[];
  title: string;
  privacy: Privacy;
  madeForKids: boolean;
};

/** What somebody who looks at it says yes to. */
export const seenOf = ({ hash, title, privacy, madeForKids }: Video) => [hash, title, privacy, madeForKids] as const;

/** "1:05" or "1:00:05". */
export function lengthWords(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
