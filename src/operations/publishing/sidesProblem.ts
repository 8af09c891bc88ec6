import type { Problem } from '../../networks/publishing.js';

type Sides = { least: number; most: number };

/** What is wrong with the form of a picture or a video where a network takes some only, with the numbers. Nobody cuts it but the person. */
export function sidesProblem(
  code: string,
  which: string,
  sides: Sides | undefined,
  { width, height }: { width: number; height: number },
): Problem[] {
  const ratio = width / height;
  if (!sides || (ratio >= sides.least && ratio <= sides.most)) return [];
  const too = ratio < sides.least ? 'high' : 'wide';
  const sentence = `${which} is too ${too}: ${width} × ${height}, and its width may be ${times(sides.least)} to ${times(sides.most)} times its height.`;
  return [{ code, sentence, fix: 'Cut it, then choose it again.', stops: true }];
}

const times = (many: number) => String(Number(many.toFixed(2)));
