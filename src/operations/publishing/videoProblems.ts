import type { Networks } from '../../networks/createNetworks.js';
import type { Problem, Publishing, TakesVideos } from '../../networks/publishing.js';
import { megabyte } from '../../platform/pictures.js';
import { typeNames } from '../../rules/profileTypes.js';
import { lengthWords, type Video } from '../../rules/publishing/video.js';
import { anyOf } from '../../rules/spoken.js';
import { profileTypes } from '../../rules/types.js';

const stop = (code: string, sentence: string, fix: string): Problem => ({ code, sentence, fix, stops: true });
const megabytes = (bytes: number) => (bytes / megabyte).toFixed(1);

/** The networks that take videos, by name. */
export function takersOf(networks: Pick<Networks, 'publishing'>): string[] {
  const takers = profileTypes.filter((type) => {
    const way = networks.publishing(type);
    return typeof way !== 'string' && way.videos;
  });
  return [...new Set(takers.map((type) => typeNames[type].networkLabel))];
}

/** What is wrong with a post's video at one network, with the number that is wrong; or that it needs one. */
export function videoProblems(
  { videos: takes }: Publishing,
  video: Video | undefined,
  takers: readonly string[],
): Problem[] {
  if (!video)
    return takes?.isNeeded ? [stop('videoMissing', 'It needs a video there.', 'Press Video and choose one.')] : [];
  if (!takes)
    return [
      stop('noVideos', `This bot sends videos to ${anyOf(takers)} only.`, 'Take it off, or choose other profiles.'),
    ];
  return [...titleProblems(takes, video), ...sizeProblems(takes, video)];
}

function titleProblems({ titleLimit, titleWithout }: TakesVideos, { title }: Video): Problem[] {
  const fix = 'Press Video and change it.';
  const count = [...title].length;
  const problems: Problem[] = [];
  if (title.trim() === '') problems.push(stop('noTitle', 'The video has no title.', 'Press Video and give it one.'));
  if (count > titleLimit)
    problems.push(stop('titleTooLong', `The title has ${count} of ${titleLimit} characters.`, fix));
  const found = [...titleWithout].filter((sign) => title.includes(sign));
  if (found.length > 0) problems.push(stop('titleSigns', `The title has ${found.join(' and ')} in it.`, fix));
  return problems;
}

function sizeProblems({ mostBytes, mostSeconds }: TakesVideos, { bytes, seconds }: Video): Problem[] {
  const problems: Problem[] = [];
  if (bytes > mostBytes) {
    const sentence = `The video has ${megabytes(bytes)} MB, and ${megabytes(mostBytes)} MB are allowed there.`;
    problems.push(stop('videoTooBig', sentence, 'Make it smaller, then choose it again.'));
  }
  if (seconds > mostSeconds) {
    const sentence = `The video is ${lengthWords(seconds)} long, and ${lengthWords(mostSeconds)} are allowed there.`;
    problems.push(stop('videoTooLong', sentence, 'Cut it, then choose it again.'));
  }
  return problems;
}
