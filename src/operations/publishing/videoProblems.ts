import type { Problem, Publishing, TakesVideos } from '../../networks/publishing.js';
import { sizeWords } from '../../platform/bytes.js';
import { lengthWords, type Video } from '../../rules/publishing/video.js';
import { spoken } from '../../rules/spoken.js';
import { sidesProblem } from './sidesProblem.js';

const stop = (code: string, sentence: string, fix: string): Problem => ({ code, sentence, fix, stops: true });

/** What is wrong with a post's video at one network, with the number that is wrong; or that it needs one. */
export function videoProblems({ videos: takes }: Publishing, video: Video | undefined): Problem[] {
  if (!video)
    return takes?.isNeeded ? [stop('videoMissing', 'It needs a video there.', 'Press Video and choose one.')] : [];
  if (!takes) return [stop('noVideos', 'This bot sends no videos there.', 'Take it off, or choose other profiles.')];
  return [...saidProblems(takes, video), ...sizeProblems(takes, video), ...formProblems(takes, video)];
}

function saidProblems({ title: takes, asksAudience }: TakesVideos, video: Video): Problem[] {
  const { title = '', privacy, madeForKids } = video;
  const problems: Problem[] = [];
  if (takes) problems.push(...titleProblems(takes, title));
  if (asksAudience && (!privacy || madeForKids === undefined))
    problems.push(
      stop(
        'videoUnsaid',
        'Nobody has said who may see the video, and whether it is made for children.',
        'Press Video and say so.',
      ),
    );
  return problems;
}

function titleProblems({ most, without = '', isNeeded }: NonNullable<TakesVideos['title']>, title: string): Problem[] {
  const fix = 'Press Video and change it.';
  const count = [...title].length;
  const problems: Problem[] = [];
  if (isNeeded && title.trim() === '')
    problems.push(stop('noTitle', 'The video has no title.', 'Press Video and give it one.'));
  if (count > most) problems.push(stop('titleTooLong', `The title has ${count} of ${most} characters.`, fix));
  const found = [...without].filter((sign) => title.includes(sign));
  if (found.length > 0) problems.push(stop('titleSigns', `The title has ${found.join(' and ')} in it.`, fix));
  return problems;
}

function sizeProblems(
  { leastBytes = 0, mostBytes, leastSeconds = 0, mostSeconds }: TakesVideos,
  { bytes, seconds }: Video,
): Problem[] {
  const problems: Problem[] = [];
  const size = `The video has ${sizeWords(bytes)}`;
  if (bytes < leastBytes)
    problems.push(
      stop('videoTooSmall', `${size}, and it has to have ${sizeWords(leastBytes)} there.`, 'Choose another one.'),
    );
  if (bytes > mostBytes) {
    const sentence = `${size}, and ${sizeWords(mostBytes)} are allowed there.`;
    problems.push(stop('videoTooBig', sentence, 'Make it smaller, then choose it again.'));
  }
  const length = `The video is ${lengthWords(seconds)} long`;
  if (seconds < leastSeconds)
    problems.push(stop('videoTooShort', `${length}, and it has to be ${lengthWords(leastSeconds)} there.`, longer));
  if (seconds > mostSeconds) {
    const sentence = `${length}, and ${lengthWords(mostSeconds)} are allowed there.`;
    problems.push(stop('videoTooLong', sentence, 'Cut it, then choose it again.'));
  }
  return problems;
}
const longer = 'Choose a longer one.';

function formProblems({ sides, mp4Only, codecs: known }: TakesVideos, video: Video): Problem[] {
  const { type, codecs } = video;
  const problems: Problem[] = [];
  const anew = (sentence: string) => problems.push(stop('videoForm', sentence, saveAnew));
  if (mp4Only && type !== 'video/mp4') anew('The video is a MOV file, and MP4 is taken there.');
  const strange = known ? codecs.filter((one) => !known.includes(one)) : [];
  if (known && strange.length > 0) anew(`The video is in ${spoken(strange)}, and ${spoken(known)} are taken there.`);
  return [...problems, ...sidesProblem('videoForm', 'The video', sides, video)];
}
const saveAnew = 'Save it as MP4 (H.264 and AAC), then choose it again.';
