import assert from 'node:assert/strict';
import type { Activity } from '../../src/platform/activity.js';
import { world } from '../../src/sandbox/world.js';
import { type Player, Story } from './story.js';

describe('whoever adds the bot', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  const orders = ['installed, then met', 'met, then installed', 'both at once', 'each twice, at once'] as const;
  for (const order of orders) {
    it(`is welcomed once: ${order}`, async () => {
      const diego = story.player('diego');
      const { installed, met } = await events(story, diego);
      const { connector } = story.sandbox;
      const all = {
        'installed, then met': [installed, met],
        'met, then installed': [met, installed],
        'both at once': [met, installed],
        'each twice, at once': [met, installed, met, installed],
      }[order];
      if (order.includes('at once')) await Promise.all(all.map((event) => connector.redeliver(event)));
      else for (const event of all) await connector.redeliver(event);
      await story.settled();
      assert.equal(welcomes(story, diego), 1);
    });
  }

  it('is welcomed too when they wrote before the event of the install came', async () => {
    const diego = story.player('diego');
    const { installed, said } = await events(story, diego);
    await story.sandbox.connector.redeliver(said);
    await story.sandbox.connector.redeliver(installed);
    await story.settled();
    assert.equal(welcomes(story, diego), 1);
  });

  it('keeps their name when Teams does not say it', async () => {
    const diego = story.player('diego');
    const { said, installed } = await events(story, diego);
    const nameless = { id: said.from.id, aadObjectId: diego.id } as Activity['from'];
    const later = { ...said, id: 'later', from: nameless };
    for (const activity of [said, { ...installed, from: nameless }, later]) {
      await story.sandbox.connector.redeliver(activity);
      await story.settled();
      const person = await story.store.people.get(world.tenant.id, diego.id);
      assert.equal(person?.name, diego.name);
    }
  });

  it('is welcomed again after taking it out and adding it anew', async () => {
    const diego = story.player('diego');
    const { installed } = await events(story, diego);
    for (const [at, action] of ['add', 'remove', 'add'].entries()) {
      await story.sandbox.connector.redeliver({ ...installed, id: `event-${at}`, action });
    }
    await story.settled();
    assert.equal(welcomes(story, diego), 2);
  });
});

/** What Teams posts when somebody adds the bot, made of what it posts when somebody else writes. */
async function events(story: Story, { id, name }: Player) {
  const { connector } = story.sandbox;
  const megan = story.player('megan');
  const heard = await connector.say({ from: megan.id, in: connector.personal(megan.id), text: 'roles' });
  const activity = heard.activity as Activity;
  await story.settled();
  const said: Activity = {
    ...activity,
    from: { id: `29:${name.split(' ')[0]?.toLowerCase()}`, name, aadObjectId: id },
    conversation: { ...activity.conversation, id: connector.personal(id) },
  };
  const { text: _, ...event } = said;
  const installed: Activity = { ...event, id: 'install', type: 'installationUpdate', action: 'add' };
  const met: Activity = { ...event, id: 'met', type: 'conversationUpdate', membersAdded: [event.recipient] };
  return { said, installed, met };
}

function welcomes(story: Story, { id }: Player): number {
  const { connector } = story.sandbox;
  return connector
    .transcript(connector.personal(id))
    .filter(
      ({ from, cards }) => from === 'bot' && JSON.stringify(cards).includes('Social profiles of your organisation'),
    ).length;
}
