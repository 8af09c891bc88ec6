import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { weekOf } from '../../src/sweeps/digest.js';
import { readable } from './cardWords.js';
import { Story } from './story.js';

describe('what people are told', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
    await story.player('megan').adds('contoso');
  });
  afterEach(() => story.close());

  /** Everything the bot wrote into somebody's own chat. */
  function chatOf(name: string): string {
    const { connector } = story.sandbox;
    const chat = connector.transcript(connector.personal(story.player(name).id));
    return JSON.stringify(chat, (_, value) => (typeof value === 'string' ? readable(value) : value));
  }

  it('can be switched off by topic, with a card that says what is always told', async () => {
    const megan = story.player('megan');
    const patti = story.player('patti');
    await patti.says('notices');
    patti.sees('What you are told here', 'Shares: on', 'Always told: claims, new owners');
    patti.seesNot('Digest');
    await patti.says('notices shares off');
    patti.sees('You are not told of shares any more', 'Shares: off');
    await megan.says('share patti@contoso.example contoso');
    await story.settled();
    assert.doesNotMatch(chatOf('patti'), /Megan Bowen shared/);
    await patti.says('notices shares on');
    await megan.says('unshare patti@contoso.example contoso');
    await megan.says('share patti@contoso.example contoso');
    await story.settled();
    assert.match(chatOf('patti'), /Megan Bowen shared/);
    await patti.says('notices secrets off');
    patti.sees('notices [<topic> on|off]');
  });

  it('once a week is a digest for admins, who can switch it off', async () => {
    const alex = story.player('alex');
    const megan = story.player('megan');
    await alex.says('help');
    await story.sweeps();
    await megan.says('leave contoso');
    await megan.clicks('Leave it');
    story.passes({ days: 7 });
    await story.sweeps();
    await story.sweeps();
    const told = () => chatOf('alex').split('The week of your social profiles').length > 1;
    assert(told());
    assert.match(chatOf('alex'), /1 profile has no owner: @contoso \(X profile\)\./);
    assert.doesNotMatch(chatOf('megan'), /The week of your/);
    const marks = await story.store.marks.find(world.tenant.id, {});
    assert.equal(marks.filter(({ id }) => id.startsWith('digest:')).length, 1);
    await alex.says('notices digest off');
    alex.sees('Digest: off');
    const before = chatOf('alex').split('The week of your').length;
    story.passes({ days: 7 });
    await story.sweeps();
    assert.equal(chatOf('alex').split('The week of your').length, before);
  });

  it('begins a new week on Monday at eight, where the organisation is', () => {
    assert.equal(weekOf(new Date('2026-11-30T06:59:00Z'), 'Europe/Berlin'), '2026-W48');
    assert.equal(weekOf(new Date('2026-11-30T07:00:00Z'), 'Europe/Berlin'), '2026-W49');
    assert.equal(weekOf(new Date('2026-11-30T12:59:00Z'), 'America/New_York'), '2026-W48');
  });
});
