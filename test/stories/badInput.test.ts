import assert from 'node:assert/strict';
import { Story } from './story.js';

const odd = [
  '',
  'x'.repeat(20_000),
  '😀😀😀',
  'שלום עולם',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'show __proto__',
  'show constructor',
  'share __proto__ constructor',
  'show [click](https://evil.example)',
  'role __proto__ manager',
];

describe('odd input', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('is answered in words: a card with what to do, never an exception', async () => {
    const megan = story.player('megan');
    for (const text of odd) {
      await megan.says(text);
      megan.seesNot('went wrong on my side');
      assert(megan.words().length > 10, text);
    }
  });

  it('makes no link where a phone draws the text instead of the card', async () => {
    const megan = story.player('megan');
    await megan.says('show [click](https://evil.example) www.evil.example');
    megan.sees('evil.example');
    assert.doesNotMatch(String(megan.card().fallbackText), /https?:\/\/|www\.evil/);
  });

  it('in a click is refused, whatever it is', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const message = megan.message();
    const wrong: unknown[] = [
      { do: { kind: 'show', profile: { id: 'nobody' } } },
      { do: { kind: 'show', profile: { id: 7 } } },
      { do: { kind: 'show', profile: { id: 'p', $ne: 1 } } },
      { do: { kind: 'explode' } },
      { do: { kind: 'delete', profile: { id: 'x' }, confirmed: true } },
      { do: { kind: 'yes', confirm: 'made-up' } },
      JSON.parse('{"__proto__":{"admin":true},"do":{"kind":"roles"}}'),
      { constructor: 1, do: { kind: 'help' } },
      { do: { kind: 'help' }, extra: 1 },
      {},
    ];
    for (const data of wrong) {
      await megan.clicksOn(message, 'any', data as Record<string, unknown>);
      const note = message.views[megan.id]?.note?.text ?? '';
      assert.match(note, /\./, JSON.stringify(data));
      assert.doesNotMatch(note, /wrong on my side/);
    }
  });

  it('from a card of a deleted profile is refused', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const card = megan.message();
    const { verb, data } = megan.action('Share');
    await megan.says('delete contoso');
    await megan.clicks('Delete it');
    await megan.clicksOn(card, String(verb), data as Record<string, unknown>);
    assert.match(card.views[megan.id]?.note?.text ?? '', /not there, or not yours/);
  });

  it('delivered twice does its work once', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const { connector } = story.sandbox;
    const first = await connector.say({ from: megan.id, text: 'share @marketing contoso' });
    const before = connector.transcript(connector.personal(megan.id)).length;
    assert(first.activity);
    assert.equal((await connector.redeliver(first.activity)).status, 200);
    await story.settled();
    assert.equal(connector.transcript(connector.personal(megan.id)).length, before);
    await megan.says('history contoso');
    assert.equal(megan.words().split('shared it with Marketing').length, 2);
  });

  it('names and handles cannot become links', async () => {
    const megan = story.player('megan');
    await megan.says('show [click here](https://evil.example)');
    const { speak: _, fallbackText: __, ...drawn } = megan.card();
    assert(!JSON.stringify(drawn).includes('](https://evil.example)'));
  });
});

describe('two people at the same moment', () => {
  it('each get an answer of their own, and every change is kept', async () => {
    const story = await Story.open();
    try {
      const [megan, ben] = [story.player('megan'), story.player('ben')];
      await megan.adds('contoso');
      await ben.adds('contoso');
      const { connector } = story.sandbox;
      const names = {
        adele: 'Adele Vance',
        isaiah: 'Isaiah Langer',
        patti: 'Patti Fernandez',
        diego: 'Diego Siciliani',
      };
      await Promise.all(
        Object.keys(names).map((name, index) =>
          connector.say({ from: [megan.id, ben.id][index % 2] ?? '', text: `share ${name}@contoso.example contoso` }),
        ),
      );
      await story.settled();
      const answers = [megan, ben].flatMap(({ id }) => connector.transcript(connector.personal(id)));
      for (const name of Object.values(names)) {
        const told = answers.filter((message) => JSON.stringify(message.cards).includes(`Shared with ${name}`));
        assert.equal(told.length, 1, name);
      }
      await megan.says('show contoso');
      megan.sees(...Object.values(names));
      await megan.says('history contoso');
      for (const name of Object.values(names)) megan.sees(`shared it with ${name}`);
    } finally {
      await story.close();
    }
  });
});
