import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { watchedKinds } from '../../src/watching.js';
import { Story } from '../stories/story.js';

type Attribute = { key: string; value: Record<string, unknown> };
type Span = { name: string; spanId: string; parentSpanId?: string; attributes: Attribute[]; events?: unknown[] };
type Traces = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };

/** What a collector of traces gets, as OTLP has it over HTTP. */
async function openCollector() {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      bodies.push(Buffer.concat(parts).toString('utf8'));
      response.statusCode = 200;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    bodies,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as Traces).resourceSpans.flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Somebody signs in to an account, shares it, asks for what is not there, and looks at lists. */
async function live(story: Story): Promise<void> {
  const megan = story.player('megan');
  await megan.says('add x');
  await megan.says(`code ${await megan.signsInAs('contoso')}`);
  await megan.says('share alex@contoso.example x:contoso');
  await megan.says('profiles');
  await megan.says('show nothing-of-that-name');
  await story.settled();
}

const outcomes = ['done', 'refused', 'failed'];
const inTurns = ['turn event', 'turn message', 'outbox notice'];
/** What a step is seen within, and for some: within nothing else. A browser comes back to a page, in no turn. */
const parents: Record<string, { has: string[]; only?: string[] }> = {
  'store replace': { has: ['operation code', 'operation share'] },
  'outbox audit': { has: ['turn message'], only: ['turn message'] },
  'outside graph': { has: ['operation add', 'operation share'] },
  'outside x': { has: ['nothing'], only: ['nothing'] },
  'outside connector': { has: inTurns, only: inTurns },
};

describe('what operators see', () => {
  it('is a span for each step, within the one before, and nothing of who, what or with which token', async () => {
    const collector = await openCollector();
    const story = await Story.open({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    try {
      await live(story);
    } finally {
      await story.close();
      await collector.close();
    }
    const spans = collector.spans();
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const within = (name: string): string[] => {
      const found = spans.filter((span) => span.name === name);
      return found.map((span) => byId.get(span.parentSpanId ?? '')?.name ?? 'nothing');
    };
    assert(
      within('operation share').every((name) => name === 'turn message'),
      within('operation share').join(),
    );
    assert(within('decide share').every((name) => name === 'operation share'));
    assert(within('decide share').length > 0);
    for (const [name, { has, only }] of Object.entries(parents)) {
      const found = within(name);
      assert.deepEqual(
        has.filter((parent) => !found.includes(parent)),
        [],
        `${name} is within ${found.join()}`,
      );
      assert.deepEqual(only ? found.filter((parent) => !only.includes(parent)) : [], [], name);
    }
    for (const { name, attributes, events = [] } of spans) {
      const [what = '', kind] = name.split(' ');
      assert([...(watchedKinds[what as keyof typeof watchedKinds] ?? []), 'other'].includes(kind ?? ''), name);
      const told = Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
      assert.deepEqual(Object.keys(told).sort(), ['socialprofiles.outcome', `socialprofiles.${what}`].sort());
      assert.equal(told[`socialprofiles.${what}`], kind);
      assert(outcomes.includes(String(told['socialprofiles.outcome'])));
      assert.deepEqual(events, []);
    }
    const all = collector.bodies.join();
    const { tenants } = story.app.services;
    for (const secret of [
      'contoso',
      'Megan',
      'alex',
      'nothing-of',
      'Bearer',
      'eyJ',
      story.player('megan').id,
      ...tenants,
    ])
      assert(!all.toLowerCase().includes(secret.toLowerCase()), secret);
  });

  it('are numbers under labels from short lists, and every query of the dashboard and the manual finds them', async () => {
    const story = await Story.open();
    try {
      await live(story);
      const metrics = await (await fetch(`http://127.0.0.1:${story.app.metricsPort}/metrics`)).text();
      const seen = labelsOf(metrics);
      const lists: [metric: string, label: string, values: readonly string[]][] = [
        ['socialprofiles_operation_seconds_count', 'operation', watchedKinds.operation],
        ['socialprofiles_outside_seconds_count', 'service', [...watchedKinds.outside, 'store']],
        ['socialprofiles_outbox_seconds_count', 'entry', watchedKinds.outbox],
      ];
      for (const [metric, label, values] of lists) {
        const found = [...(seen.get(metric)?.get(label) ?? [])];
        assert(found.length > 0, metric);
        for (const value of found) assert(values.includes(value), `${metric} ${label} ${value}`);
        assert([...(seen.get(metric)?.get('outcome') ?? [])].every((one) => outcomes.includes(one)));
      }
      const services = seen.get('socialprofiles_outside_seconds_count')?.get('service');
      for (const service of ['graph', 'x', 'connector', 'store']) assert(services?.has(service), service);
      assert.equal(numberOf(metrics, 'socialprofiles_operation_seconds_count{operation="share",outcome="done"}'), 1);
      assert.equal(numberOf(metrics, 'socialprofiles_operation_seconds_count{operation="show",outcome="refused"}'), 1);
      const queries = [...(await dashboardQueries()), ...(await manualQueries())];
      assert(queries.length > 10);
      for (const query of queries) checkQuery(query, seen);
    } finally {
      await story.close();
    }
  });
});

type Labels = Map<string, Map<string, Set<string>>>;

/** By name of a series: its labels, and the values that they have. */
function labelsOf(metrics: string): Labels {
  const seen: Labels = new Map();
  for (const line of metrics.split('\n')) {
    const [, name, inside = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
    if (!name || line.startsWith('#')) continue;
    const labels = seen.get(name) ?? new Map<string, Set<string>>();
    for (const [, label = '', value = ''] of inside.matchAll(/(\w+)="([^"]*)"/g)) {
      labels.set(label, (labels.get(label) ?? new Set()).add(value));
    }
    seen.set(name, labels);
  }
  return seen;
}

const numberOf = (metrics: string, series: string): number =>
  Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  );

/** Each series that a query names is exported, and has the labels that the query groups by or chooses with. */
function checkQuery(query: string, seen: Labels): void {
  const [, series = '', chosen = ''] = /(socialprofiles_\w+)(?:\{([^}]*)\})?/.exec(query) ?? [];
  // Nobody was turned away here.
  if (series === 'socialprofiles_refused_total') return;
  const labels = seen.get(series);
  assert(labels, `${series} of ${query} is not exported`);
  const grouped = /by \(([^)]*)\)/.exec(query)?.[1]?.split(/, */) ?? [];
  const used = [...grouped, ...[...chosen.matchAll(/(\w+)\s*(?:=|!=|=~)/g)].map(([, label = '']) => label)];
  for (const label of used) assert(labels.has(label), `${series} has no ${label}, which "${query}" asks for`);
}

const root = new URL('../../../', import.meta.url);

async function dashboardQueries(): Promise<string[]> {
  const text = await readFile(new URL('deploy/grafana/dashboard.json', root), 'utf8');
  const { panels } = JSON.parse(text) as { panels: { targets: { expr: string }[] }[] };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

async function manualQueries(): Promise<string[]> {
  const text = await readFile(new URL('docs/deploy.md', root), 'utf8');
  const blocks = [...text.matchAll(/```promql\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n').filter((line) => line.includes('socialprofiles_')));
}
