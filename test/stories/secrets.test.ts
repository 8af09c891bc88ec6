import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser, Story } from './story.js';

/** Everything the bot wrote below its folder. What the pretend networks keep of their own is theirs to keep. */
async function written(folder: string): Promise<{ name: string; text: string }[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const own = files.filter((name) => !/networks(-issued)?\.(json|txt)/.test(name));
  return Promise.all(own.map(async (name) => ({ name, text: await contentOf(name) })));
}

/** A draft (`.new`) that was moved into its place after the folder was listed is read there. */
async function contentOf(name: string): Promise<string> {
  try {
    return await readFile(name, 'latin1');
  } catch (error) {
    const isMoved = (error as NodeJS.ErrnoException).code === 'ENOENT' && name.endsWith('.new');
    if (!isMoved) throw error;
    return readFile(name.replace(/\.new$/, ''), 'latin1');
  }
}

describe('tokens, codes and secrets of the networks', () => {
  it('are in no file of the store, no line of the log at its loudest, no card and no page', async () => {
    const lines: string[] = [];
    const story = await Story.open({ LOG_LEVEL: 'trace' }, { write: (line) => void lines.push(line) });
    const pages: string[] = [];
    try {
      const megan = story.player('megan');
      const all: [says: string, account: string, pages: string[]][] = [
        ['x', 'contoso', []],
        ['facebook-user', 'Alex Wilber', []],
        ['facebook page', 'Alex Wilber', ['Contoso', 'Contoso Support']],
        ['instagram', 'contoso', []],
        ['linkedin member', 'Alex Wilber', []],
        ['linkedin page', 'Alex Wilber', ['Contoso']],
        ['youtube', 'Contoso Media', ['Contoso How-to']],
      ];
      for (const [type, account, picked] of all) {
        await megan.says(`add ${type}`);
        await megan.says(`code ${await megan.signsInAs(account, picked)}`);
      }
      await megan.says('add x');
      // Returned, not proven: its tokens wait.
      pages.push(await new Browser().signIn(megan.link(), 'contoso_support'));
      for (const kind of ['error', 'rateLimited', 'revoked', 'expired'] as const) {
        for (const network of ['x', 'facebook', 'instagram', 'linkedin', 'youtube'] as const) {
          story.sandbox.networks.fault(network, { kind, times: 6 });
        }
        await megan.says('add x');
        pages.push(await new Browser().signIn(megan.link(), 'contoso_careers'));
        await megan.says('health');
        story.passes({ days: 2 });
        await story.sweeps();
        story.passes({ days: 1 });
      }
      for (const words of ['profiles', 'health', 'show x:contoso', 'history x:contoso', 'renew x:contoso']) {
        await megan.says(words);
      }
      await megan.says('forget x:contoso');
      await megan.says('delete facebook:contososupport');
      await megan.clicks('Delete it');

      const { connector, networks } = story.sandbox;
      await story.settled();
      // What is to be written is on disk then, and no file is just being put in the place of another.
      await connector.close();
      const places = [
        { name: 'log', text: lines.join('') },
        { name: 'chat', text: JSON.stringify(connector.transcript(connector.personal(megan.id))) },
        { name: 'pages', text: pages.join('') },
        ...(await written(story.folder)),
      ];
      const secrets = networks.secrets();
      assert(secrets.length > 30 && lines.length > 5 && places.length > 8);
      for (const { name, text } of places) {
        const found = secrets.find((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
        assert(!found, `${name} has ${found?.slice(0, 6)}…`);
      }
    } finally {
      await story.close();
    }
  });
});
