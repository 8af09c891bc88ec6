import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../test/stories');
const stories = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe('stories', () => {
  it('go through the front door, and look into the store at most, never into the parts of the bot', () => {
    assert(stories.length > 10);
    const inside = stories.filter(({ text }) => /\.services\b/.test(text)).map(({ name }) => name);
    assert.deepEqual(inside, [], 'say it in chat, read `story.store`, or let `story.sweeps()` do it');
  });
});
