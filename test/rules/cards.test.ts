import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Template } from 'adaptivecards-templating';
import fc from 'fast-check';
import { readSamples, type Sample } from '../../scripts/samples.js';
import { summaryOf } from '../../src/bot/cards/cardMessage.js';
import { compileTemplate } from '../../src/bot/cards/compile.js';
import { cards } from '../../src/bot/cards/table.js';
import { renderCard } from '../../src/bot/cards/template.js';
import { clickedKinds } from '../../src/bot/input/commandKinds.js';
import { commands } from '../../src/bot/input/commands.js';
import { cardOf as made, partsOf, stringsOf } from './cardWalk.js';

const Markdown = createRequire(import.meta.url)('markdown-it') as new (
  options: object,
) => {
  render: (text: string) => string;
};
type Parser = typeof import('adaptivecards');
// The package's main file cannot be loaded by Node; this one can.
const { AdaptiveCard, HostConfig, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as Parser;

const elements = ['TextBlock', 'ColumnSet', 'Column', 'Container', 'FactSet', 'Image', 'ActionSet'];
const inputs = ['Input.ChoiceSet', 'Input.Text', 'Input.Number', 'Input.Date', 'Input.Time'];
const actions = ['Action.Execute', 'Action.Submit', 'Action.OpenUrl', 'Action.ToggleVisibility'];
const allowed = new Set(['AdaptiveCard', 'Data.Query', ...elements, ...inputs, ...actions]);
const verbs = new Set([...Object.keys(commands), ...clickedKinds]);
const colours = new Set(['default', 'accent', 'good', 'warning', 'attention']);
const maxBytes = 28 * 1024;

const folder = new URL('../../../cards/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && file !== 'icons.json')
  .map((file) => file.replace('.json', ''));
const templateJson = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as object;
const draw = (sample: Sample) => renderCard(made(sample));
const title = ({ card, variant }: Sample) => (variant ? `${card} (${variant})` : card);
const samples = readSamples();
const ofType = (card: object, types: readonly string[]) =>
  partsOf(card).filter(({ part }) => types.includes(String(part.type)));

describe('cards', () => {
  it('have a sample each, and each sample a card', () => {
    assert.deepEqual([...new Set(samples.map(({ card }) => card))].sort(), [...names].sort());
    assert.deepEqual(Object.keys(cards).sort(), [...names].sort());
    for (const sample of samples) assert.equal(made(sample).name, sample.card);
  });

  for (const sample of samples) {
    describe(title(sample), () => {
      const card = draw(sample);

      it('uses only elements that Teams draws everywhere, version 1.5', () => {
        assert.equal(card.version, '1.5');
        for (const { at, part } of partsOf(card)) {
          if ('type' in part) assert(allowed.has(String(part.type)), `${at} is ${part.type}`);
        }
      });

      it('is understood by the renderer without a complaint', () => {
        assert.deepEqual(complaints(card), []);
      });

      it('is small enough, also counted in UTF-16', () => {
        // Teams takes about 100 KB, counts two bytes a character and leaves out pictures that are part of the card.
        const bare = JSON.stringify(card, (key, value: unknown) => (key === 'url' && isPicture(value) ? '' : value));
        assert(Buffer.byteLength(bare) < maxBytes, `${Buffer.byteLength(bare)} bytes`);
        assert(Buffer.byteLength(JSON.stringify(card), 'utf16le') < 80 * 1024);
      });

      it('leaves no expression open', () => {
        const given = stringsOf(sample.view);
        for (const text of stringsOf(card)) {
          if (text.includes('$' + '{'))
            assert(
              given.some((one) => one.includes('$' + '{')),
              text,
            );
        }
      });

      it('can be read aloud: names, labels, a text instead of the card', () => {
        for (const key of ['fallbackText', 'speak']) assert.match(String(card[key]), /\S/);
        for (const { at, part } of ofType(card, ['Image'])) assert.equal(typeof part.altText, 'string', at);
        for (const { at, part } of ofType(card, inputs)) assert.match(String(part.label), /\S/, at);
        // A row that can be clicked is called by what stands in it.
        const named = ofType(card, actions).filter(({ at }) => !at.endsWith('.selectAction'));
        for (const { at, part } of named) assert.match(String(part.title), /\S/, at);
        const [first] = ofType(card, ['TextBlock']).filter(({ part }) => part.style === 'heading');
        assert(first || sample.card === 'refusal', 'has a heading');
      });

      it('makes no link of what people wrote where the card cannot be drawn', () => {
        const text = new Markdown({ linkify: true }).render(String(card.fallbackText));
        assert.doesNotMatch(text, /<a /);
      });

      it('wraps its texts and colours them by name', () => {
        for (const { at, part } of ofType(card, ['TextBlock'])) {
          assert.equal(part.wrap, true, at);
          assert.match(String(part.text), /\S/, at);
          if ('color' in part) assert(colours.has(String(part.color).toLowerCase()), `${at}: ${part.color}`);
        }
        for (const { at, part } of partsOf(card)) assert(!('backgroundImage' in part || 'backgroundColor' in part), at);
      });

      it('has buttons that say what they ask for, six at most in front at its end', () => {
        for (const { at, part } of ofType(card, ['Action.Execute'])) {
          assert(verbs.has(String(part.verb)), `${at}: ${part.verb}`);
          assert.equal(typeof part.data, 'object', at);
        }
        // Outside dialogs, Teams sends it on as a message, but for what opens one.
        for (const { at, part } of ofType(card, ['Action.Submit'])) {
          const { msteams, do: asked } = part.data as { msteams?: object; do?: { kind?: string } };
          assert.deepEqual(msteams, { type: 'task/fetch' }, at);
          assert(verbs.has(String(asked?.kind)), at);
        }
        const front = ((card.actions as { mode?: string }[] | undefined) ?? []).filter(
          ({ mode }) => mode !== 'secondary',
        );
        assert(front.length <= 6);
      });

      it('leads only to https, and to pictures of its own', () => {
        for (const { part } of ofType(card, ['Action.OpenUrl'])) assert.match(String(part.url), isAddress);
        for (const { part } of ofType(card, ['Image'])) assert(isPicture(part.url), String(part.url));
      });

      it('has ids once only', () => {
        const ids = partsOf(card).flatMap(({ part }) => ('id' in part ? [String(part.id)] : []));
        assert.deepEqual(ids, [...new Set(ids)]);
      });

      it('is what the library makes of the template, of this view and of others like it', () => {
        const library = new Template(templateJson(sample.card));
        const own = compileTemplate(templateJson(sample.card));
        fc.assert(
          fc.property(like(sample.view), (view) => {
            const theirs = expanded(library, view);
            if (theirs === undefined) assert.throws(() => own(view as object), /does not fill/);
            else assert.deepEqual(own(view as object), theirs);
          }),
          { examples: [[sample.view]], numRuns: 40 },
        );
      });

      it('has a summary in plain words', () => {
        const summary = summaryOf(made(sample));
        assert.match(summary, /\S/);
        assert.doesNotMatch(summary, /[\u2060\u2068\u2069]|undefined/);
        assert(summary.length <= 200);
      });
    });
  }

  it('evaluate nothing that stands in a view', () => {
    const evil = '$' + '{evil} $' + '{$root.title} $' + '{json(title)}';
    const view = {
      title: evil,
      text: evil,
      colour: 'default' as const,
      buttons: [{ title: evil, verb: 'help', data: { a: evil } }],
    };
    const card = renderCard({ name: 'notice', view });
    assert(stringsOf(card.body).includes(evil));
    assert.deepEqual((card.actions as { title: string; data: object }[])[0]?.data, { a: evil });
  });

  it('put a refusal under its id, so that tests and support find it', () => {
    const card = renderCard(cards.refusal({ id: 'refusal-notOwner', sentence: 'No.', fix: 'Ask.', buttons: [] }));
    assert.equal(partsOf(card).find(({ part }) => part.id === 'refusal-notOwner')?.part.text, 'No.');
  });

  it('show buttons with an address as links, and secondary ones behind the dots', () => {
    const buttons = [
      { title: 'Go', url: 'https://contoso.example/' },
      { title: 'Show', verb: 'show', data: {}, secondary: true },
    ];
    const card = renderCard(cards.said({ title: 'Done', colour: 'good', buttons }));
    const made = (card.actions as Record<string, unknown>[]).map(({ type, mode }) => [type, mode]);
    assert.deepEqual(made.sort(), [
      ['Action.Execute', 'secondary'],
      ['Action.OpenUrl', 'primary'],
    ]);
  });

  it('say which of their expressions cannot be read, before anybody sees them', () => {
    const open = (text: string) => ['$', '{', text, '}'].join('');
    for (const text of ['json(title)', 'title ==', "if(title, 'a')", '$host.x', 'a b', 'title[0]', '']) {
      assert.throws(() => compileTemplate({ text: open(text) }), /card/, text);
    }
    assert.throws(() => compileTemplate({ $when: 'title', text: 'x' }), /no expression/);
    assert.throws(() => compileTemplate({ text: open('count(title)') })({ title: 7 }), /does not fill/);
  });

  it('share what is the same in all of them, and nobody can change it', () => {
    const [one, other] = [cards.refusal, cards.refusal].map((of) =>
      renderCard(of({ id: 'refusal-notOwner', sentence: 'No.', fix: 'Ask.', buttons: [] })),
    );
    assert.notEqual(one, other);
    const shared = partsOf(compileTemplate({ items: [{ type: 'Image' }], title: '$' + '{title}' })({ title: 'T' }));
    assert(shared.filter(({ part }) => part.type === 'Image').every(({ part }) => Object.isFrozen(part)));
  });
});

/** Undefined where the library gives up on a view. */
function expanded(template: Template, view: unknown): unknown {
  try {
    return template.expand({ $root: view as object });
  } catch {
    return undefined;
  }
}

/** Views of the same make: other texts and numbers, longer and shorter lists, something left out. */
function like(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'string') return fc.oneof(fc.constant(value), fc.string({ maxLength: 8 }), fc.constant(''));
  if (typeof value === 'number') return fc.oneof(fc.constant(value), fc.nat(20_000));
  if (typeof value === 'boolean') return fc.boolean();
  if (Array.isArray(value)) {
    if (value.length === 0) return fc.constant([]);
    return fc.array(fc.oneof(...value.slice(0, 6).map(like)), { maxLength: 4 });
  }
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const fields = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, like(one)]));
  return fc.record(fields, { requiredKeys: [] });
}

const isAddress = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/))/;
const isPicture = (url: unknown) => /^data:image\/(?:png|jpeg|gif);base64,[\w+/=]+$/.test(String(url));

/** What the parser and the validator of the renderer say. */
function complaints(json: object): string[] {
  const card = new AdaptiveCard();
  // What is behind the dots counts here too, and nowhere else.
  card.hostConfig = new HostConfig({ actions: { maxActions: 20 } });
  const context = new SerializationContext();
  card.parse(json, context);
  const parsed = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const found = card.validateProperties().validationEvents.map(({ message }) => message);
  // The choices come from the bot while somebody types.
  return [...parsed, ...found].filter((message) => !/must have at least one choice|choices/i.test(message));
}
