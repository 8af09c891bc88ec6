import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { type Player, Story } from './story.js';

describe('somebody who asks a lot', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open({}, undefined, 'real');
  });
  afterEach(() => story.close());

  const heard = (player: Player) => {
    const { connector } = story.sandbox;
    return connector.transcript(connector.personal(player.id)).filter(({ from }) => from === 'bot').length;
  };

  it('is told when to go on, then not answered at all; nobody else waits, and after a minute all is as before', async () => {
    const [megan, adele] = [story.player('megan'), story.player('adele')];
    await megan.says('help');
    const before = heard(megan);
    for (let n = 0; n < 59; n++) await megan.says('help');
    assert.equal(heard(megan), before + 59);
    await megan.says('help');
    megan.sees('That was more than I can do for one person at once', /Go on in \d+ seconds/);
    for (let n = 0; n < 20; n++) await megan.says('help');
    assert.equal(heard(megan), before + 59 + 3);
    await adele.says('help');
    adele.seesNot('at once');
    story.passes({ minutes: 1 });
    await megan.says('help');
    megan.seesNot('at once');
  });

  it('has a click told in its place, and the card stays', async () => {
    const megan = story.player('megan');
    await megan.says('profiles');
    const message = megan.message();
    for (let n = 0; n < 60; n++) await megan.clicksOn(message, 'any', { do: { kind: 'help' } });
    await megan.clicksOn(message, 'any', { do: { kind: 'help' } });
    assert.match(message.views[megan.id]?.note?.text ?? '', /Go on in \d+ seconds/);
  });

  it('gets twenty sign-in links in ten minutes', async () => {
    const megan = story.player('megan');
    for (let n = 0; n < 20; n++) {
      await megan.says('add x');
      assert.ok(megan.link());
    }
    await megan.says('add x');
    megan.sees('That was more than I can do for one person at once', /Go on in \d+ minutes/);
    story.passes({ minutes: 10 });
    await megan.says('add x');
    assert.ok(megan.link());
  });

  it('fills the history with twenty refusals; the others are one record that counts them', async () => {
    const [megan, adele] = [story.player('megan'), story.player('adele')];
    await megan.adds('contoso');
    await megan.says('share @adele contoso');
    for (let n = 0; n < 27; n++) {
      await adele.says('unshare @megan contoso');
      adele.seesNot('at once');
    }
    const records = async () => {
      const all = await story.store.audit.find('11111111-1111-4111-8111-111111111111', {});
      return all.filter(({ actor, outcome }) => actor.id === adele.id && outcome === 'refused');
    };
    assert.equal((await records()).length, 20);
    story.passes({ minutes: 10 });
    await story.sweeps();
    const counted = (await records()).filter(({ operation }) => operation === 'refusals');
    assert.deepEqual(
      counted.map(({ what, actor }) => ({ what, name: actor.name })),
      [{ what: '7 more refusals in ten minutes', name: adele.name }],
    );
    await story.sweeps();
    assert.equal((await records()).length, 21);
  });

  it('is told the same in the tab, which counts with the chat', async () => {
    const megan = story.player('megan');
    await megan.says('help');
    const found = world.people.find(({ id }) => id === megan.id) ?? assert.fail();
    const app = world.bot.id.replace('28:', '');
    const authorization = `Bearer ${await story.sandbox.company.tabTokens.issue(found, app)}`;
    const click = async () => {
      const response = await fetch(`${story.app.address}/tab/operation`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ data: { do: { kind: 'no', confirm: 'gone' } } }),
      });
      return JSON.stringify(await response.json());
    };
    for (let n = 0; n < 59; n++) assert.doesNotMatch(await click(), /at once/);
    assert.match(await click(), /That was more than I can do for one person at once.*Go on in \d+ seconds/);
    await megan.says('help');
    megan.sees('at once');
  });
});

describe('the sandbox', () => {
  it('does nothing for a page of another site, whatever part of it is asked', async () => {
    const story = await Story.open();
    for (const path of [
      '/sandbox/company',
      '/connector/v3/conversations',
      '/api/messages',
      '/tab/operation',
      '/x.com/2/tweets',
    ]) {
      const { status } = await fetch(`${story.app.address}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', origin: 'https://evil.example' },
        body: '{}',
      });
      assert.equal(status, 403, path);
    }
    await story.close();
  });
});
