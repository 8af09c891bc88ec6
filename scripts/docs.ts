/** `npm run docs`: fills the parts of README.md that are made from the code's tables. Run it after changing one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withRegions } from './regions.js';

const file = new URL('../../README.md', import.meta.url);
writeFileSync(file, withRegions(readFileSync(file, 'utf8')));
