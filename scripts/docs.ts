/** `npm run docs`: fills what is made from the code's tables: parts of README.md, and .env.example. Run it after changing one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { envExample } from './envExample.js';
import { withRegions } from './regions.js';

const at = (name: string) => new URL(`../../${name}`, import.meta.url);
const readme = withRegions(readFileSync(at('README.md'), 'utf8'));
writeFileSync(at('README.md'), readme);
writeFileSync(at('.env.example'), envExample(readme));
