import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filledPages, withRegions } from '../../scripts/regions.js';
import { policySettings } from '../../src/rules/tenant/policy.js';
import { readSettings, SettingsError } from '../../src/settings.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');

/** Every page of documentation, by its path from the project's folder. */
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md')),
];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('README.md', () => {
  for (const file of filledPages)
    it(`and the pages beside it have the tables of the code (npm run docs fills them): ${file}`, () => {
      const text = read(file);
      assert.equal(withRegions(file, text), text, `${file} is behind the code: run "npm run docs" and commit it.`);
    });

  it('names every rule that "policy" sets', () => {
    const named = [...read('README.md').matchAll(/^\| (`[a-z`, -]+`) \| (?:days|seconds|megabytes|`|UTC)/gm)].flatMap(
      ([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    );
    assert.deepEqual(named, [...policySettings]);
  });

  it('names every setting that is read, and no other', () => {
    assert.deepEqual(settingsInReadme(), settingsRead(), "the table under README.md's Settings");
  });
});

describe('the documentation', () => {
  for (const page of pages) {
    const text = read(page);

    it(`${page}: its links lead to what is there`, () => {
      for (const target of linksOf(text)) {
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        assert.ok(existsSync(join(root, file)), target);
        if (anchor !== undefined) assert.ok(anchorsOf(read(file)).includes(anchor), target);
      }
    });

    it(`${page}: files, functions and commands that it names are there`, () => {
      for (const [, file = ''] of text.matchAll(/`((?:src|test|docs|scripts|cards|manifest|\.ci)\/[\w./-]*)`/g)) {
        assert.ok(existsSync(join(root, file)), file);
      }
      for (const [, name = ''] of text.matchAll(/\bbuild\/scripts\/([\w-]+)\.js\b/g)) {
        assert.ok(existsSync(join(root, 'scripts', `${name}.ts`)), name);
      }
      for (const [, name = ''] of text.matchAll(/\bbash \/start\/(\S+\.sh)\b/g)) {
        assert.ok(existsSync(join(root, 'deploy/compose', name)), name);
      }
      for (const [, name = ''] of text.matchAll(/\bnpm run ([\w:-]+)/g)) assert.ok(scripts[name], `npm run ${name}`);
      for (const [, name = ''] of text.matchAll(/\bnpm (start|test)\b/g)) assert.ok(scripts[name], `npm ${name}`);
      for (const { file, names } of namedFunctions(text)) {
        const code = read(file);
        for (const name of names) assert.match(code, new RegExp(`\\b${name}\\b`), `${name} in ${file}`);
      }
    });

    it(`${page}: says nothing of one machine or one registry`, () => {
      assert.doesNotMatch(text, /(^|[\s("'`=])(\/(work|root|home|Users|tmp)\/|[A-Z]:\\)/m);
      assert.doesNotMatch(text, /^(<{7}|={7}|>{7}|\|{7})( |$)/m);
      assert.doesNotMatch(text, /\b[\w.-]*(registry|nexus|artifactory|verdaccio)[\w-]*\.[a-z]{2,}\b/i);
    });
  }

  it('names only metrics that the bot counts', () => {
    const counted = read('src/web/ops/metrics.ts');
    for (const page of pages) {
      for (const [name] of read(page).matchAll(/socialprofiles_(?!nodejs_|process_)\w+/g)) {
        assert.ok(counted.includes(name.replace(/_(bucket|count|sum)$/, '')), `${page}: ${name}`);
      }
    }
  });

  it('has a status, a context, a decision and consequences for every big choice', () => {
    const decisions = pages.filter((page) => page.startsWith('docs/decisions/'));
    assert.ok(decisions.length >= 8);
    for (const page of decisions) {
      assert.match(page, /\/\d{4}-[a-z0-9-]+\.md$/);
      const heads = [...read(page).matchAll(/^## (.*)$/gm)].map(([, head]) => head);
      assert.deepEqual(heads, ['Status', 'Context', 'Decision', 'Consequences'], page);
    }
  });
});

/** Names in the first column of the table under "Settings". */
function settingsInReadme(): string[] {
  const section =
    read('README.md')
      .split(/^## Settings$/m)[1]
      ?.split(/^## /m)[0] ?? '';
  const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)).sort();
}

/** What `readSettings` looks for in the environment, in the sandbox and in each kind of set-up. */
function settingsRead(): string[] {
  const names = new Set<string>();
  const id = '22222222-2222-4222-8222-222222222222';
  const bot = { MicrosoftAppId: id, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: id };
  for (const env of [{}, bot, { ...bot, GRAPH_TENANT_ID: id, GRAPH_CLIENT_ID: id, GRAPH_CLIENT_SECRET: 'secret' }]) {
    const watched = new Proxy<Record<string, string>>(env, {
      get(target, name: string) {
        names.add(name);
        return target[name];
      },
    });
    try {
      readSettings(watched);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
    }
  }
  return [...names].sort();
}

/** Targets of links and pictures, without those to other sites and those in code. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => link ?? attribute ?? '')
    .filter((target) => !/^[a-z]+:/i.test(target));
}

/** As GitHub makes them from headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, head = '']) =>
    head
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Rows of the form `file` | `function`, `function` ... */
function namedFunctions(text: string): { file: string; names: string[] }[] {
  return [...text.matchAll(/^\|[^|\n]*`(src\/[\w./-]+\.ts)`[^|\n]*\|([^|\n]*)\|/gm)].map(
    ([, file = '', cell = '']) => ({
      file,
      names: [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    }),
  );
}

// A picture that is there but empty would still be a broken page.
describe('pictures of the documentation', () => {
  it('are there', () => {
    const images = pages.flatMap((page) =>
      linksOf(read(page))
        .filter((target) => target.endsWith('.png'))
        .map((target) => join(root, dirname(page), target)),
    );
    assert.ok(images.length > 0);
    for (const image of images) assert.ok(statSync(image).size > 1000, image);
  });
});
