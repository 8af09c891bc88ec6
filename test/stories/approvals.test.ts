import assert from 'node:assert/strict';
import type { Message } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import { choosesChannel, latestIn, opensCard } from './channelCards.js';
import { idOf, later, openStory, shownOnX, toldTo } from './publishingKit.js';
import type { Player, Story } from './story.js';

describe('a post that needs a yes', () => {
  let story: Story;
  let megan: Player;
  const who = (name: string) => story.player(name);
  afterEach(() => story.close());

  /** Megan and Alex own @contoso; Chris and Ben have it "with approval". */
  async function open({ inChannel = false, undo = '0' } = {}): Promise<void> {
    ({ story, megan } = await openStory(undo));
    await megan.says('share chris.green@contoso.example contoso with approval');
    if (inChannel) await choosesChannel(story);
  }

  async function secondOwner(name: string): Promise<void> {
    await megan.says(`invite ${name}@contoso.example contoso`);
    await who(name).adds('contoso');
  }

  async function asks(text = 'Hello from Chris', more = '', by = 'Megan Bowen'): Promise<Player> {
    const chris = who('chris.green');
    await chris.says(`post contoso "${text}"${more}`);
    chris.sees('Preview of your post', `After Send it waits for the yes of ${by}`);
    await chris.clicks(more === '' ? 'Send' : 'Send at that time');
    chris.sees('Your post waits for a yes', `${by} decides, until`);
    return chris;
  }

  const inChannel = () => latestIn(story);
  const opens = (name: string, message?: Message) => opensCard(story, name, message);

  const wasTold = (name: string, words: string) => {
    const told = toldTo(story, name);
    assert(
      told.some((one) => one.includes(words)),
      `${name} was not told "${words}", but: ${told.join(' | ')}`,
    );
  };

  it('goes to the owner, with the very text, and out after their yes', async () => {
    await open();
    const chris = await asks();
    assert.deepEqual(await shownOnX(story), []);
    megan
      .looksAtChat()
      .sees(
        ...['Chris Green wants to post with @contoso (X profile)', 'Hello from Chris', 'Waits for a yes'],
        ...['"with approval"', '16 of 280', '0.015 USD', 'After the yes'],
      );
    assert.deepEqual(megan.buttons(), ['Approve', 'Decline', 'Change']);
    await megan.clicks('Approve');
    megan.sees('Approved by Megan Bowen');
    assert.deepEqual(await shownOnX(story), ['Hello from Chris']);
    wasTold('chris.green', 'Megan Bowen said yes to your post with @contoso (X profile)');
    await chris.says('posts');
    chris.sees('Sent');
    await megan.says('history contoso');
    megan.sees('asked for a yes to a post', 'said yes to a post of Chris Green', 'sent the post of Chris Green');
  });

  it('stands in the approvals channel, where those who decide have buttons and all see who decided', async () => {
    await open({ inChannel: true });
    await asks();
    assert(!JSON.stringify(inChannel().cards[0]).includes('"Approve"'), 'what everybody sees has no buttons');
    assert.deepEqual((await opens('chris.green')).buttons(), ['Change']);
    assert.deepEqual((await opens('alex')).buttons(), [], 'being admin gives no yes');
    const opened = await opens('megan');
    await opened.clicks('Approve');
    assert.match(JSON.stringify(inChannel().cards[0]), /Approved by Megan Bowen/);
    assert.deepEqual(await shownOnX(story), ['Hello from Chris']);
  });

  it('is in the list of what waits for a decision', async () => {
    await open();
    await asks();
    await megan.says('claims');
    megan.sees('1 post waits for your decision', 'Chris Green wants to post with @contoso', '"Hello from Chris"');
    await megan.clicks('Look at it');
    assert.deepEqual(megan.buttons(), ['Approve', 'Decline', 'Change', 'Back']);
    await megan.clicks('Back');
    megan.sees('1 post waits for your decision');
    await who('chris.green').says('claims');
    who('chris.green').sees('Nothing waits for your decision');
  });

  it('that is declined says why, and can be changed: then the difference is shown', async () => {
    await open({ inChannel: true });
    const chris = await asks('Our prices are low');
    const opened = await opens('megan');
    await opened.clicks('Decline', { note: '' });
    opened.sees('A no needs a reason');
    await opened.clicks('Decline', { note: 'Too vague' });
    assert.match(JSON.stringify(inChannel().cards[0]), /Declined by Megan Bowen[\s\S]*Too vague/);
    chris.looksAtChat().sees('Megan Bowen said no to your post', 'Too vague');
    await chris.clicks('Look at it');
    chris.sees('Your post was declined', 'Megan Bowen said no: "Too vague"');
    assert.deepEqual(chris.buttons(), ['Change']);
    await chris.clicks('Change');
    const boxes = { profiles: await idOf(story, 'contoso'), date: '', time: '' };
    await chris.clicks('Preview', { ...boxes, text: 'Our prices are fair' });
    await chris.clicks('Send');
    (await opens('megan')).sees('Changed since it was last asked for', 'Gone: "low"', 'New: "fair"');
    await (await opens('megan')).clicks('Approve');
    assert.deepEqual(await shownOnX(story), ['Our prices are fair']);
  });

  it('that its author changes needs a new yes: the card of the old one approves nothing any more', async () => {
    await open();
    const chris = await asks('First');
    const old = megan.looksAtChat().message();
    const { verb, data } = megan.action('Approve');
    await chris.clicks('Change');
    const boxes = { profiles: await idOf(story, 'contoso'), date: '', time: '' };
    await chris.clicks('Preview', { ...boxes, text: 'Second' });
    await megan.clicksOn(old, String(verb), data as Record<string, unknown>);
    assert.match(megan.looksAt(old).words(), /decided already: it was changed/);
    await chris.clicks('Send');
    assert.deepEqual(await shownOnX(story), []);
    megan.looksAtChat().sees('Second', 'Gone: "First"', 'New: "Second"');
  });

  it('that is changed in the store after the yes does not go out: it is asked for again', async () => {
    await open({ undo: '60' });
    await asks('As approved');
    await megan.looksAtChat().clicks('Approve');
    const { intents } = story.store;
    const [intent] = await intents.find(world.tenant.id, { state: 'held' });
    assert(intent);
    const changed = { ...intent, wire: 'Something else', version: intent.version + 1 };
    await intents.replace(changed, intent.version);
    await later(story, { minutes: 2 });
    assert.deepEqual(await shownOnX(story), []);
    const [again] = await intents.find(world.tenant.id, { state: 'toApprove' });
    assert.equal(again?.approval, undefined);
    wasTold('chris.green', 'Your post with @contoso (X profile) waits for a yes');
  });

  it('is never approved by its author, also when they are an owner by then', async () => {
    await open();
    const chris = await asks();
    const { verb, data } = megan.looksAtChat().action('Approve');
    const message = chris.message();
    await chris.clicksOn(message, String(verb), data as Record<string, unknown>);
    assert.match(message.views[chris.id]?.note?.text ?? '', /is your own; somebody else has to say yes/);
    await secondOwner('chris.green');
    await chris.clicksOn(message, String(verb), data as Record<string, unknown>);
    assert.match(message.views[chris.id]?.note?.text ?? '', /is your own; somebody else has to say yes/);
    assert.deepEqual(await shownOnX(story), []);
  });

  it('that two decide on at the same moment has one decision', async () => {
    await open({ inChannel: true });
    await secondOwner('ben');
    await asks('Hello from Chris', '', 'Megan Bowen or Ben Walters');
    const [one, two] = [await opens('megan'), who('ben').looksAt(inChannel())];
    const { verb, data } = one.action('Approve');
    const no = { do: { kind: 'declinePost', intent: (data as { do: { intent: string } }).do.intent, reason: 'No' } };
    await Promise.all([
      one.clicksOn(inChannel(), String(verb), data as Record<string, unknown>),
      two.clicksOn(inChannel(), 'declinePost', no),
    ]);
    const decided = await story.store.intents.find(world.tenant.id, {
      state: { in: ['declined', 'sent', 'toApprove'] },
    });
    assert.equal(decided.length, 1);
    const wasApproved = decided[0]?.approval !== undefined;
    assert.equal(decided[0]?.declined === undefined, wasApproved);
    assert.deepEqual(await shownOnX(story), wasApproved ? ['Hello from Chris'] : []);
    const refused = await story.store.audit.find(world.tenant.id, { outcome: 'refused', what: 'postDecided' });
    assert.deepEqual(
      refused.map(({ actor }) => actor.name),
      [wasApproved ? 'Ben Walters' : 'Megan Bowen'],
    );
  });

  it('goes to those who decide in their own chat when they are not in the team of the channel', async () => {
    await open({ inChannel: true });
    await secondOwner('lynne');
    await asks('Hello from Chris', '', 'Megan Bowen or Lynne Robbins');
    who('lynne').looksAtChat().sees('Chris Green wants to post with');
    assert(who('lynne').buttons().includes('Approve'));
  });

  it('that nobody decides on in time is told of before and after, and asks after a late yes: now, or not at all', async () => {
    await open();
    await asks();
    await later(story, { days: 1, minutes: 10 });
    wasTold('megan', 'A post of Chris Green with @contoso (X profile) waits for your yes');
    await later(story, { days: 1 });
    wasTold('chris.green', 'Nobody decided on your post with @contoso (X profile) in time');
    wasTold('megan', 'The time is over for a post of Chris Green with @contoso (X profile)');
    megan.looksAtChat();
    await megan.says('claims');
    await megan.clicks('Look at it');
    megan.sees('Its time is over; it can still be decided');
    await megan.clicks('Approve');
    megan.sees('Approved', 'Send it now, or drop it', 'Send now', 'Drop it');
    assert.deepEqual(await shownOnX(story), []);
    await megan.clicks('Send now');
    assert.deepEqual(await shownOnX(story), ['Hello from Chris']);
  });

  it('whose late yes comes from a Manager is for its author to send, and says so', async () => {
    await open();
    await who('lynne').says('policy new-links approval');
    await who('lynne').says('role patti@contoso.example manager');
    await megan.says('post contoso "See https://shop.example/now"');
    await megan.clicks('Send');
    await later(story, { days: 2, minutes: 10 });
    const patti = who('patti');
    await patti.says('claims');
    await patti.clicks('Look at it');
    await patti.clicks('Approve');
    patti.sees('Megan Bowen is asked: now, or not at all', 'When somebody presses Send now after the yes');
    assert.deepEqual(patti.buttons(), []);
    wasTold('megan', 'Its time is over, so it did not go out. Send it now, or stop it.');
  });

  it('ends a week after its time, and its author hears of it', async () => {
    await open();
    await asks();
    await later(story, { days: 2, minutes: 1 });
    await later(story, { days: 7, minutes: 1 });
    wasTold('chris.green', 'Your post with @contoso (X profile) ended');
    await megan.says('claims');
    megan.sees('Nothing waits for your decision');
  });

  it('at a time is decided until then, and goes out at it, not before', async () => {
    await open();
    const chris = await asks('On time', ' at tomorrow 10:00');
    await megan.looksAtChat().clicks('Approve');
    await chris.says('posts');
    await chris.says('undo');
    chris.sees('Stopped');
    await asks('On time again', ' at tomorrow 10:00');
    await megan.looksAtChat().clicks('Approve');
    await chris.looksAtChat().says('posts');
    const [held] = await story.store.intents.find(world.tenant.id, { state: 'held' });
    await chris.clicksOn(chris.message(), 'sendNow', { do: { kind: 'sendNow', intent: held?.id } });
    chris.sees('was for the time it has');
    assert.deepEqual(await shownOnX(story), []);
    await later(story, { days: 2 });
    await story.sweeps();
    assert.deepEqual(await shownOnX(story), [], 'two days later it asks');
  });

  it('of the only owner, by a rule of the organisation, is for a Manager', async () => {
    await open();
    await who('lynne').says('policy new-links approval');
    await who('lynne').says('role patti@contoso.example manager');
    await megan.says('post contoso "See https://shop.example/now"');
    megan.sees('After Send it waits for the yes of a Manager or an admin');
    await megan.clicks('Send');
    const patti = who('patti').looksAtChat();
    patti.sees('Megan Bowen wants to post with', 'A link leads where no post led before: shop.example');
    // She may not write with it herself.
    assert.deepEqual(patti.buttons(), ['Approve', 'Decline']);
    assert.deepEqual(await patti.refused(), []);
    await patti.clicks('Approve');
    assert.deepEqual((await shownOnX(story)).length, 1);
    await megan.says('post contoso "Again https://shop.example/later"');
    megan.seesNot('After Send it waits');
  });
});
