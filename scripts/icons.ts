/** Draws the small pictures of the networks (cards/icons.json) and the app's icons (manifest/). Run after a change. */
import { writeFileSync } from 'node:fs';
import { inRounded, type Pixel, png } from './png.js';

const root = new URL('../../', import.meta.url);
const none: Pixel = [0, 0, 0, 0];

/** Letters of five by seven dots: pictures of our own, no network's mark. */
const letters: Record<string, [colour: Pixel, rows: readonly string[]]> = {
  x: [
    [38, 38, 38, 255],
    ['#...#', '#...#', '.#.#.', '..#..', '.#.#.', '#...#', '#...#'],
  ],
  facebook: [
    [36, 98, 201, 255],
    ['#####', '#....', '#....', '####.', '#....', '#....', '#....'],
  ],
  instagram: [
    [193, 53, 132, 255],
    ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '#####'],
  ],
  linkedin: [
    [10, 102, 150, 255],
    ['#....', '#....', '#....', '#....', '#....', '#....', '#####'],
  ],
  youtube: [
    [190, 30, 30, 255],
    ['#...#', '#...#', '.#.#.', '..#..', '..#..', '..#..', '..#..'],
  ],
};

function letter([colour, rows]: [Pixel, readonly string[]]): Buffer {
  return png(48, (x, y) => {
    if (!inRounded(x, y, 0.02, 0.98, 0.2)) return none;
    const dot = rows[Math.floor((y - 0.22) / 0.08)]?.[Math.floor((x - 0.3) / 0.08)];
    return dot === '#' ? [255, 255, 255, 255] : colour;
  });
}

const icons = Object.fromEntries(
  Object.entries(letters).map(([network, drawing]) => [
    network,
    `data:image/png;base64,${letter(drawing).toString('base64')}`,
  ]),
);
writeFileSync(new URL('cards/icons.json', root), `${JSON.stringify(icons, null, 2)}\n`);

const near = (x: number, y: number, cx: number, cy: number, radius: number) =>
  (x - cx) ** 2 + (y - cy) ** 2 <= radius * radius;
/** Three people round one speaking bubble: the profile that several look after. */
const people = [
  [0.24, 0.62],
  [0.5, 0.68],
  [0.76, 0.62],
] as const;
const isPerson = (x: number, y: number) =>
  people.some(([cx, cy]) => near(x, y, cx, cy, 0.085) || (near(x, y, cx, cy + 0.24, 0.15) && y < cy + 0.24));
const isBubble = (x: number, y: number) =>
  inRounded(x, y * 1.25, 0.22, 0.6, 0.1) ||
  inRounded(x - 0.18, y * 1.25, 0.22, 0.6, 0.1) ||
  (y > 0.4 && y < 0.56 && x > 0.44 && x < 0.44 + (0.56 - y));

writeFileSync(
  new URL('manifest/color.png', root),
  png(192, (x, y) => (isBubble(x, y - 0.06) || isPerson(x, y - 0.02) ? [255, 255, 255, 255] : [70, 78, 184, 255])),
);
writeFileSync(
  new URL('manifest/outline.png', root),
  png(32, (x, y) => (isBubble(x, y - 0.06) || isPerson(x, y - 0.02) ? [255, 255, 255, 255] : none)),
);
