import type { Problem, Publishing } from '../../networks/publishing.js';
import type { Picture } from '../../rules/publishing/intent.js';
import type { Video } from '../../rules/publishing/video.js';
import { sidesProblem } from './sidesProblem.js';

/** What is wrong with pictures at one network, with the number that is wrong. A video may stand in for them. */
export function pictureProblems(
  { pictures: takes, videos }: Publishing,
  pictures: readonly Picture[] = [],
  video?: Video,
): Problem[] {
  const least = video ? 0 : (takes?.least ?? 0);
  if (pictures.length < least) {
    const [sentence, fix] = videos
      ? ['It needs a picture or a video there.', 'Press Pictures or Video and choose one.']
      : ['It needs a picture there.', 'Press Pictures and choose one.'];
    return [{ code: 'pictureMissing', sentence, fix, stops: true }];
  }
  if (pictures.length === 0) return [];
  if (!takes) {
    const sentence = 'This bot sends no pictures there.';
    return [{ code: 'noPictures', sentence, fix: 'Take them off, or choose other profiles.', stops: true }];
  }
  const { most, altLimit } = takes;
  const problems: Problem[] = [];
  if (pictures.length > most) {
    const sentence = `There are ${pictures.length} pictures, and ${most} are allowed.`;
    problems.push({ code: 'tooManyPictures', sentence, fix: 'Take some off.', stops: true });
  }
  if (takes.cutsLikeFirst && new Set(pictures.map(formOf)).size > 1) {
    const sentence = 'The pictures have different forms. All are cut to the form of the first there.';
    problems.push({ code: 'picturesCut', sentence, stops: false });
  }
  for (const [at, { alt, ...size }] of pictures.entries()) {
    const which = pictures.length > 1 ? `Picture ${at + 1}` : 'The picture';
    problems.push(...sidesProblem('pictureForm', which, takes.sides, size));
    if (alt.length > altLimit) {
      const sentence = `The words for ${which.toLowerCase()} have ${alt.length} of ${altLimit} characters.`;
      problems.push({ code: 'altTooLong', sentence, fix: 'Shorten them.', stops: true });
    } else if (alt === '') {
      const sentence = `${which} has no words for people who cannot see it.`;
      problems.push({ code: 'noAlt', sentence, fix: 'Press Change and say what it shows.', stops: false });
    }
  }
  return problems;
}

/** Width to height, as exactly as anybody sees it. */
const formOf = ({ width, height }: Pick<Picture, 'width' | 'height'>) => (width / height).toFixed(2);
