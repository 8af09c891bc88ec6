/** `npm run docs`: fills what is made from the code's tables: parts of README.md and docs/, and .env.example. Run it after changing one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { envExample } from './envExample.js';
import { filledPages, withRegions } from './regions.js';

const at = (name: string) => new URL(`../../${name}`, import.meta.url);
for (const file of filledPages) writeFileSync(at(file), withRegions(file, readFileSync(at(file), 'utf8')));
const readme = readFileSync(at('README.md'), 'utf8');
writeFileSync(at('.env.example'), envExample(readme));
