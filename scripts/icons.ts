/** Draws the small pictures of the networks (cards/icons.json) and the app's icons (manifest/). Run after a change. */
import { writeFileSync } from 'node:fs';
import { inRounded, type Pixel, png, smallPng } from './png.js';

const root = new URL('../../', import.meta.url);
const none: Pixel = [0, 0, 0, 0];

type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

/** One letter each, drawn in strokes: pictures of our own, no network's mark. The colours show on light and dark. */
const letters: Record<string, [colour: Pixel, strokes: readonly Stroke[]]> = {
  x: [
    [94, 104, 120, 255],
    [
      [0.35, 0.32, 0.65, 0.68],
      [0.65, 0.32, 0.35, 0.68],
    ],
  ],
  facebook: [
    [36, 98, 201, 255],
    [
      [0.4, 0.3, 0.4, 0.7],
      [0.4, 0.3, 0.64, 0.3],
      [0.4, 0.5, 0.6, 0.5],
    ],
  ],
  instagram: [
    [193, 53, 132, 255],
    [
      [0.5, 0.3, 0.5, 0.7],
      [0.4, 0.3, 0.6, 0.3],
      [0.4, 0.7, 0.6, 0.7],
    ],
  ],
  linkedin: [
    [10, 112, 130, 255],
    [
      [0.4, 0.3, 0.4, 0.7],
      [0.4, 0.7, 0.63, 0.7],
    ],
  ],
  youtube: [
    [190, 48, 30, 255],
    [
      [0.35, 0.3, 0.5, 0.52],
      [0.65, 0.3, 0.5, 0.52],
      [0.5, 0.52, 0.5, 0.7],
    ],
  ],
};

function letter([colour, strokes]: [Pixel, readonly Stroke[]]): Buffer {
  return smallPng(48, (x, y) => {
    if (!inRounded(x, y, 0.02, 0.98, 0.22)) return none;
    return strokes.some((stroke) => distance(x, y, stroke) < 0.052) ? [255, 255, 255, 255] : colour;
  });
}

/** From a point to the nearest point of a stroke. */
function distance(x: number, y: number, [x1, y1, x2, y2]: Stroke): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

const icons = Object.fromEntries(
  Object.entries(letters).map(([network, drawing]) => [
    network,
    `data:image/png;base64,${letter(drawing).toString('base64')}`,
  ]),
);
writeFileSync(new URL('cards/icons.json', root), `${JSON.stringify(icons, null, 2)}\n`);

const near = (x: number, y: number, cx: number, cy: number, radius: number) => Math.hypot(x - cx, y - cy) <= radius;
/** Head and shoulders; `wider` draws them larger, for the gap round them. */
const isPerson = (x: number, y: number, cx: number, cy: number, wider = 0) =>
  near(x, y, cx, cy, 0.095 + wider) || (y < 0.96 && near(x, y, cx, cy + 0.29, 0.17 + wider));
const isBubble = (x: number, y: number) =>
  inRounded(x, (y - 0.02) * 1.9 + 0.1, 0.14, 0.86, 0.14) || (y >= 0.38 && y < 0.53 && x > 0.3 && x < 0.3 + (0.53 - y));

/** Three people round one speech bubble: the profile that several look after. Half of the square stays free around. */
function isDrawn(fullX: number, fullY: number, scale: number): boolean {
  const [x, y] = [(fullX - 0.5) / scale + 0.5, (fullY - 0.5) / scale + 0.5];
  if (isPerson(x, y, 0.5, 0.67)) return true;
  if (isPerson(x, y, 0.5, 0.67, 0.035)) return false;
  return isPerson(x, y, 0.16, 0.62) || isPerson(x, y, 0.84, 0.62) || isBubble(x, y);
}

const white: Pixel = [255, 255, 255, 255];
const accent: Pixel = [70, 78, 184, 255];
writeFileSync(
  new URL('manifest/color.png', root),
  png(192, (x, y) => (isDrawn(x, y, 0.62) ? white : accent)),
);
writeFileSync(
  new URL('manifest/outline.png', root),
  png(32, (x, y) => (isDrawn(x, y, 0.9) ? white : none)),
);
