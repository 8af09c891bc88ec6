import { sizeWords } from '../../platform/bytes.js';
import { lengthWords, type Privacy, type Video } from '../../rules/publishing/video.js';
import { plain } from './text.js';

export type PostVideo = { video?: string };

const privacyWords: Record<Privacy, string> = {
  private: 'private',
  unlisted: 'for whoever has the link',
  public: 'public',
};

/** What a video is, and what its author said of it, in one line. */
export function videoWords({ title, seconds, width, height, bytes, privacy, madeForKids }: Video): string {
  const facts = `${lengthWords(seconds)}, ${width} × ${height}, ${sizeWords(bytes)}`;
  const words = [title ? `"${title}" (${facts})` : facts];
  if (privacy) words.push(privacyWords[privacy]);
  if (madeForKids !== undefined) words.push(madeForKids ? 'made for children' : 'not made for children');
  return plain(words.join(', '));
}

export const videoIn = (video: Video | undefined): PostVideo => (video ? { video: `Video: ${videoWords(video)}` } : {});
