import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { envExample } from '../../scripts/envExample.js';
import { readSettings } from '../../src/settings.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, unknown>;
const { scripts } = json('package.json') as { scripts: Record<string, string> };

/** A check against a JSON schema; what is wrong, as text. */
function wrongIn(check: ValidateFunction, value: unknown): string {
  return check(value) ? '' : JSON.stringify(check.errors?.slice(0, 3));
}

describe('.env.example', () => {
  it('is made from the table of settings (npm run docs writes it)', () => {
    assert.equal(read('.env.example'), envExample(read('README.md')), 'run "npm run docs" and commit it');
  });

  it('is enough for a bot once what is not commented out is filled', () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const filled: Record<string, string> = {
      ...{ BASE_URL: 'https://social.contoso.example', MicrosoftAppId: id, MicrosoftAppPassword: 'secret' },
      ...{ MicrosoftAppTenantId: id, ADMINS: id, TOKEN_KEYS: `k1:${randomBytes(32).toString('base64')}` },
    };
    const lines = [...read('.env.example').matchAll(/^(\w+)=(.*)$/gm)];
    const env = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, filled[name] ?? value]));
    assert.equal(readSettings(env).mode, 'production');
    assert.equal(readSettings(env).bot?.type, 'SingleTenant');
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '');
  const stages = lines.filter((line) => line.startsWith('FROM '));
  const last = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''));

  it('builds in one stage and runs in another, from an exact base', () => {
    assert.equal(stages.length, 2);
    for (const stage of stages) assert.match(stage, /^FROM node:\d+\.\d+\.\d+-\S+( AS \w+)?$/);
  });

  it('runs as somebody who is not root, and says whether it is well', () => {
    assert.ok(last.includes('USER 1000:1000'));
    assert.ok(last.some((line) => line.startsWith('HEALTHCHECK ')));
    assert.ok(last.indexOf('USER 1000:1000') < last.findIndex((line) => line.startsWith('CMD ')));
  });

  it('names only files that are there, and none that .dockerignore keeps out', () => {
    const sent = new Set([...read('.dockerignore').matchAll(/^!(.*)$/gm)].map(([, name = '']) => name));
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1));
    assert.deepEqual(
      copied.filter((name) => !sent.has(name)),
      [],
    );
    for (const name of sent) assert.ok(existsSync(join(root, name)), name);
    const ran = lines.flatMap((line) => [...line.matchAll(/build\/(scripts\/\w+)\.js/g)]);
    assert.ok(ran.length >= 1);
    const { start = '' } = scripts;
    assert.deepEqual(JSON.parse(last.at(-1)?.replace('CMD ', '') ?? ''), start.split(' '), 'as npm start does');
    for (const [, name = ''] of ran) assert.ok(existsSync(join(root, `${name}.ts`)), name);
  });
});

describe('compose.yaml', () => {
  type Service = { volumes?: string[]; read_only?: boolean; cap_drop?: string[]; env_file?: string; image?: string };
  const compose = parse(read('compose.yaml')) as { services: Record<string, Service> };

  it('fits the schema of Compose', () => {
    const check = new Ajv({ strict: false, validateFormats: false }).compile({
      ...json('test/data/schemas/compose-spec.json'),
      $schema: undefined,
    });
    assert.equal(wrongIn(check, compose), '');
    assert.notEqual(wrongIn(check, { services: { bot: { ports: 'none' } } }), '');
  });

  it('gives the bot nothing to write but its memory, and no rights', () => {
    const { bot, mongodb } = compose.services;
    assert.deepEqual([bot?.read_only, bot?.cap_drop, bot?.env_file], [true, ['ALL'], '.env']);
    assert.match(mongodb?.image ?? '', /^mongo:8\./);
  });

  it('starts the database by scripts that bash can read', () => {
    for (const name of readdirSync(join(root, 'deploy/compose'))) {
      execFileSync('bash', ['-n', join(root, 'deploy/compose', name)]);
    }
    assert.ok(compose.services.mongodb?.volumes?.includes('./deploy/compose:/start:ro'));
  });
});

describe('deploy/kubernetes', () => {
  const folder = join(root, 'deploy/kubernetes');
  type Named = { kind: string; metadata?: { name: string }; resources?: string[]; spec?: Record<string, unknown> };
  const parsed = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as Named;
  const { resources = [] } = parsed('kustomization.yaml');

  it('lists every file, each once', () => {
    assert.deepEqual(
      [...resources].sort(),
      readdirSync(folder)
        .filter((name) => name !== 'kustomization.yaml')
        .sort(),
    );
  });

  it('gets settings without the quotes of .env, which kubectl would take for a part of them', () => {
    const [, command = ''] =
      /^ +(sed .*?) \.env \| kubectl .*--from-env-file=\/dev\/stdin$/m.exec(read('docs/deploy.md')) ?? [];
    assert.notEqual(command, '', 'docs/deploy.md says how the secret is made');
    const input = "# it's\nA='x$y=z'\nB_2='it''s'\nTOKEN_KEYS=k1:abc=\nC=\n";
    const made = execFileSync('bash', ['-c', command], { input, encoding: 'utf8' });
    assert.equal(made, "# it's\nA=x$y=z\nB_2=it''s\nTOKEN_KEYS=k1:abc=\nC=\n");
  });

  it('lets out what the bot calls: names, https, MongoDB, and a collector of traces', () => {
    const { egress } = parsed('network.yaml').spec as { egress: { ports: { port: number }[] }[] };
    const ports = egress.flatMap((rule) => rule.ports.map(({ port }) => port));
    assert.deepEqual(
      [...new Set(ports)].sort((a, b) => a - b),
      [53, 443, 4318, 27017],
    );
  });

  it('means the same pods everywhere', () => {
    const selectors = resources.map(parsed).flatMap(({ spec = {} }) => {
      const { selector, podSelector } = spec as Record<string, { matchLabels?: object } | undefined>;
      const found = podSelector ?? selector;
      return found ? [found.matchLabels ?? found] : [];
    });
    assert.ok(selectors.length >= 4);
    for (const selector of selectors) assert.deepEqual(selector, { 'app.kubernetes.io/name': 'social-profiles' });
  });
});

describe('deploy/azure', () => {
  const folder = join(root, 'deploy/azure');
  const bicep = (name: string) => readFileSync(join(folder, name), 'utf8');
  const files = readdirSync(folder).filter((name) => name.endsWith('.bicep'));
  /** Parameters of a file; `needed` have no default. */
  const paramsOf = (text: string) => {
    const found = [...text.matchAll(/^param (\w+) [\w[\]]+( =)?/gm)].map(([, name = '', given]) => ({ name, given }));
    return { all: found.map(({ name }) => name), needed: found.filter(({ given }) => !given).map(({ name }) => name) };
  };
  const fits = (given: string[], text: string, where: string) => {
    const { all, needed } = paramsOf(text);
    assert.deepEqual(
      given.filter((name) => !all.includes(name)),
      [],
      `unknown in ${where}`,
    );
    assert.deepEqual(
      needed.filter((name) => !given.includes(name)),
      [],
      `missing in ${where}`,
    );
  };

  it('calls each module with its parameters, and asks only for outputs that it has', () => {
    const main = bicep('main.bicep');
    const modules = [...main.matchAll(/^module (\w+) '(\w+\.bicep)' = (?:if \(.*\) )?\{\n([\s\S]*?)^\}/gm)];
    assert.equal(modules.length, files.length - 1);
    for (const [, name = '', file = '', body = ''] of modules) {
      const inline = /params: \{ (.*) \}/.exec(body)?.[1]?.split(', ');
      const lines = [...body.matchAll(/^ {4}(\w+):/gm)].map(([, key = '']) => key);
      fits(inline?.map((pair) => pair.split(':')[0] ?? '') ?? lines, bicep(file), file);
      for (const [, output = ''] of main.matchAll(new RegExp(`\\b${name}!?\\.outputs\\.(\\w+)`, 'g'))) {
        assert.match(bicep(file), new RegExp(`^output ${output} `, 'm'), `${file} has no output ${output}`);
      }
    }
  });

  it('has an example of parameters that fits', () => {
    const given = [...bicep('main.bicepparam').matchAll(/^param (\w+) =/gm)].map(([, name = '']) => name);
    fits(given, bicep('main.bicep'), 'main.bicepparam');
    assert.doesNotMatch(bicep('main.bicepparam'), /(?:Secret|Password|tokenKeys|mongodbUri) = '[^']/);
  });

  it('hands on the app of each network, and who is in the browser', () => {
    const pairs = [
      ...read('.env.example').matchAll(/^#((?!GRAPH_)[A-Z_]+_(?:CLIENT_ID|CLIENT_SECRET|CONSUMER_SECRET))=/gm),
    ];
    assert.ok(pairs.length > 10);
    for (const [, name = ''] of pairs) assert.ok(bicep('main.bicepparam').includes(`  ${name}: `), name);
  });

  it('keeps the host name at a later deployment', () => {
    assert.match(bicep('app.bicep'), /customDomains: empty\(certificateId\)/);
    assert.match(read('docs/deploy.md'), /`certificateId` of `main\.bicepparam`/);
  });

  it('names only settings that there are', () => {
    const known = new Set([...read('README.md').matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
    const names = files.flatMap((file) => [...bicep(file).matchAll(/\b(Microsoft[A-Z]\w+|[A-Z]+(?:_[A-Z]+)+)\b/g)]);
    assert.deepEqual(
      names.map(([, name = '']) => name).filter((name) => !known.has(name)),
      [],
    );
  });
});

describe('the project for the Microsoft 365 Agents Toolkit', () => {
  const check = new Ajv({ strict: false }).compile(json('test/data/schemas/m365agents-v1.13.json'));
  const files = readdirSync(root).filter((name) => /^m365agents.*\.yml$/.test(name));

  for (const file of ['m365agents.yml', 'm365agents.local.yml', 'm365agents.sandbox.yml']) {
    it(`${file} fits its schema, and runs scripts that are there`, () => {
      assert.ok(files.includes(file));
      assert.equal(wrongIn(check, parse(read(file))), '');
      for (const [, name = ''] of read(file).matchAll(/\b(?:npm run|args: run) ([\w:-]+)/g))
        assert.ok(scripts[name], name);
      for (const [name] of read(file).matchAll(/scripts\/[\w-]+\.\w+/g)) assert.ok(existsSync(join(root, name)), name);
    });
  }

  it('F5 finds its tasks and configurations', () => {
    type Launch = {
      configurations: { name: string; preLaunchTask?: string }[];
      compounds: { configurations: string[]; preLaunchTask?: string }[];
    };
    const { configurations, compounds } = json('.vscode/launch.json') as Launch;
    const { tasks } = json('.vscode/tasks.json') as { tasks: { label: string; dependsOn?: string[] }[] };
    const labels = tasks.map(({ label }) => label);
    const wanted = [...configurations, ...compounds].flatMap(({ preLaunchTask }) => preLaunchTask ?? []);
    for (const label of [...wanted, ...tasks.flatMap(({ dependsOn }) => dependsOn ?? [])]) {
      assert.ok(labels.includes(label), label);
    }
    const names = configurations.map(({ name }) => name);
    for (const name of compounds.flatMap((one) => one.configurations)) assert.ok(names.includes(name), name);
  });

  it('makes keys for this machine once, and keeps them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    try {
      const file = join(folder, '.localConfigs');
      const run = () => execFileSync(process.execPath, [join(root, 'scripts/local-keys.mjs'), file]);
      writeFileSync(file, 'PORT=3978\nTOKEN_KEYS=', { mode: 0o644 });
      run();
      const once = readFileSync(file, 'utf8');
      assert.match(once, /^PORT=3978\nTOKEN_KEYS=local:[\w+/]{43}=\n$/);
      if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600, 'for its owner alone');
      run();
      assert.equal(readFileSync(file, 'utf8'), once);
      assert.ok(statSync(file).size < 200);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
