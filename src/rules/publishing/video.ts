/** Who may see a video: its own people alone, whoever has the link, or everybody. */
export const privacies = ['private', 'unlisted', 'public'] as const;
export type Privacy = (typeof privacies)[number];

/**
 * What its author says of a video, as far as the networks that it goes to ask for it: some have titles, and YouTube wants to know
 * who may see it.
 */
export type SaidOfVideo = { title?: string; privacy?: Privacy; madeForKids?: boolean };

/**
 * The video of a post. Its bytes are kept sealed, in parts, until the post has ended; `hash` is theirs. What its author said of
 * it is part of what is looked at.
 */
export type Video = SaidOfVideo & {
  id: string;
  hash: string;
  type: 'video/mp4' | 'video/quicktime';
  bytes: number;
  seconds: number;
  width: number;
  height: number;
  codecs: readonly string[];
};

/** What somebody who looks at it says yes to. */
export const seenOf = ({ hash, title, privacy, madeForKids }: Video) => [hash, title, privacy, madeForKids] as const;

/** "45 s", "1 min 5 s" or "1 h 2 min": never as a clock shows a time of day. */
export function lengthWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}
