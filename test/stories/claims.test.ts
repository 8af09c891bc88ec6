import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import { announcements, choosesChannel, latestIn, opensCard, postedIn } from './channelCards.js';
import { channel, Story } from './story.js';

const tenant = world.tenant.id;

describe('a claim', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  /** Megan owns @contoso (X profile) and shares it with Ben; Lynne (admin) has chosen the channel. */
  async function contoso(inChannel = true): Promise<void> {
    const [megan, lynne] = [who('megan'), who('lynne')];
    await megan.adds('contoso');
    await megan.says('share @Marketing contoso');
    if (!inChannel) return;
    await lynne.says('role ben@contoso.example responder');
    await lynne.says('role alex@contoso.example manager');
    await choosesChannel(story);
  }

  const asks = async (name: string, words = 'claim contoso "I run the support desk"') => {
    const person = who(name);
    await person.says(words);
    person.sees('Sign in to X', 'Ask the owners');
    await person.clicks('Ask the owners');
    person.sees('waits for a decision');
  };

  const posted = () => postedIn(story);
  const latest = () => latestIn(story);
  const text = (value: unknown) => JSON.stringify(value);

  const opens = (name: string, message?: Message) => opensCard(story, name, message);

  it('waits in the channel, where all see it and those who decide have buttons', async () => {
    await contoso();
    await asks('ben');
    const card = text(latest().cards[0]);
    for (const words of [
      'Ben Walters wants to become an owner',
      'I run the support desk',
      'Has not signed in',
      'Megan Bowen',
    ])
      assert(card.includes(words), `${words} in ${card}`);
    assert(!card.includes('Approve'), 'what everybody sees has no buttons');
    assert.deepEqual((await opens('megan')).buttons(), ['Approve', 'Decline']);
    assert.deepEqual((await opens('ben')).buttons(), ['Withdraw my claim']);
    assert.deepEqual((await opens('chris.green')).buttons(), []);
  });

  it('is approved by an owner: the card says so for all, and everyone concerned is told', async () => {
    await contoso();
    await asks('ben');
    const megan = await opens('megan');
    await megan.clicks('Approve');
    megan.sees('Approved by Megan Bowen');
    megan.seesNot('Decides');
    assert.match(text(latest().cards[0]), /Approved by Megan Bowen/);
    const ben = who('ben').looksAtChat();
    ben.sees('You own @contoso (X profile) now', 'Megan Bowen approved your claim');
    await ben.says('profiles owned');
    ben.sees('@contoso');
    await megan.says('history contoso');
    megan.sees('approved the claim of Ben Walters', /told Ben Walters/i, /told Announcements/i);
  });

  it('is declined with a reason, which the claimant and the channel read', async () => {
    await contoso();
    await asks('ben');
    const megan = await opens('megan');
    await megan.clicks('Decline', { note: 'We are *enough*' });
    assert.match(text(latest().cards[0]), /Declined by Megan Bowen[\s\S]*We are ∗enough∗/);
    who('ben').looksAtChat().sees('Your claim of @contoso (X profile) was declined', 'We are');
    await who('ben').says('show contoso');
    who('ben').looksAtChat().sees('Shared with you');
  });

  it('is not decided by its claimant, nor by a stranger, whatever they send; the card stays', async () => {
    await contoso();
    await asks('ben');
    const { verb, data } = (await opens('megan')).action('Approve');
    const before = text(latest().cards);
    for (const [name, words] of [
      ['ben', 'your own claim'],
      ['chris.green', 'Only the owners of @contoso \\(X profile\\) can decide'],
      ['alex', 'Only the owners of @contoso \\(X profile\\) can decide'],
    ] as const) {
      await who(name).clicksOn(latest(), String(verb), data as Record<string, unknown>);
      assert.match(latest().views[who(name).id]?.note?.text ?? '', new RegExp(words));
    }
    assert.equal(text(latest().cards), before);
    await who('megan').says('history contoso');
    who('megan').looksAtChat().sees('tried "approve", which was refused');
  });

  it('is decided once when two approve at the same moment; the other sees who was first', async () => {
    await contoso();
    await asks('ben');
    const first = await opens('megan');
    await first.clicks('Approve');
    await asks('chris.green', 'claim contoso');
    const message = latest();
    const [megan, ben] = [await opens('megan', message), await opens('ben', message)];
    const { verb, data } = megan.action('Approve');
    const click = (person: string, by: string) =>
      story.sandbox.connector.click({
        from: person,
        message: message.id,
        verb: by,
        data: data as Record<string, unknown>,
      });
    const outcomes = await Promise.all([click(megan.id, String(verb)), click(ben.id, String(verb))]);
    await story.settled();
    const cards = outcomes.map(({ card }) => text(card));
    assert.equal(cards.filter((card) => card.includes('is an owner of')).length, 1, cards.join('\n'));
    assert.equal(cards.filter((card) => card.includes('is over: approved by')).length, 1, cards.join('\n'));
    await megan.says('history contoso');
    assert.equal(megan.words().split('approved the claim of Chris Green').length, 2);
  });

  it('is Managers’ to decide once the owner leaves while it waits', async () => {
    await contoso();
    await asks('ben');
    const megan = who('megan');
    await megan.says('leave contoso');
    await megan.clicks('Leave it');
    assert.match(text(latest().cards[0]), /A Manager or an admin, since no owner can/);
    const alex = await opens('alex');
    await alex.clicks('Approve');
    alex.sees('Approved by Alex Wilber');
    who('ben').looksAtChat().sees('You own @contoso (X profile) now');
  });

  it('is over when the profile is deleted while it waits', async () => {
    await contoso();
    await asks('ben');
    const megan = who('megan');
    await megan.says('delete contoso');
    await megan.clicks('Delete it');
    assert.match(text(latest().cards[0]), /Megan Bowen deleted the profile/);
    assert(seesInChat('ben', 'Your claim of @contoso (X profile) is over'));
    await megan.adds('contoso');
  });

  const seesInChat = (name: string, words: string) =>
    story.sandbox.connector
      .transcript(story.sandbox.connector.personal(who(name).id))
      .some((one) => one.from === 'bot' && text([one.text, one.cards]).includes(words));
  const timesInChat = (name: string, words: string) =>
    story.sandbox.connector
      .transcript(story.sandbox.connector.personal(who(name).id))
      .filter((one) => one.from === 'bot' && text([one.text, one.cards]).includes(words)).length;

  it('is reminded of after two days, ends after seven, and can be made again', async () => {
    await contoso();
    await asks('ben');
    await asksAgain('ben');
    story.passes({ days: 2, minutes: 1 });
    await story.sweeps();
    assert(seesInChat('megan', 'Ben Walters still waits to become an owner of @contoso'));
    await story.sweeps();
    assert.equal(timesInChat('megan', 'still waits'), 1);
    const megan = who('megan').looksAtChat();
    await megan.clicks('Look at it');
    assert.deepEqual(megan.buttons(), ['Approve', 'Decline']);
    story.passes({ days: 5 });
    await story.sweeps();
    assert(seesInChat('ben', 'Your claim of @contoso (X profile) ended'));
    assert.match(text(latest().cards[0]), /Nobody decided in time/);
    await asks('ben');
  });

  async function asksAgain(name: string): Promise<void> {
    const person = who(name);
    await person.says('claim contoso');
    person.sees('Your claim waits for a decision until');
    assert(!person.buttons().includes('Ask the owners'));
  }

  it('is withdrawn with its card in the channel, which then shows that and nothing else of the profile', async () => {
    await contoso();
    await asks('ben');
    const ben = await opens('ben');
    await ben.clicks('Withdraw my claim');
    const card = text(latest().cards[0]);
    assert.match(card, /Withdrawn by Ben Walters/);
    assert(!card.includes('Marketing'), 'whom it is shared with is not for the channel');
  });

  it('is withdrawn by its claimant, and nobody else', async () => {
    await contoso();
    await asks('ben');
    const [ben, chris] = [who('ben'), who('chris.green')];
    await chris.says('withdraw contoso');
    chris.sees('No claim of yours waits for @contoso');
    await ben.says('claims');
    ben.sees('You wait for @contoso');
    await ben.says('withdraw contoso');
    ben.sees('Your claim of @contoso (X profile) is withdrawn');
    assert.match(text(latest().cards[0]), /Withdrawn by Ben Walters/);
  });

  it('is decided after the bot was restarted in between', async () => {
    await contoso();
    await asks('ben');
    story = await story.restart();
    await (await opens('megan')).clicks('Approve');
    assert.match(text(latest().cards[0]), /Approved by Megan Bowen/);
    assert(seesInChat('ben', 'You own @contoso (X profile) now'));
  });

  it('shows the end of it even when the channel is busy, or loses an update', async () => {
    await contoso();
    await asks('ben');
    const megan = await opens('megan');
    story.sandbox.connector.faults.set({ match: 'update', status: 429, retryAfter: 600, times: 1 });
    await megan.clicks('Approve');
    assert.doesNotMatch(text(latest().cards[0]), /Approved/);
    story.passes({ minutes: 11 });
    await story.sweeps();
    assert.match(text(latest().cards[0]), /Approved by Megan Bowen/);
    await asks('chris.green', 'claim contoso');
    story.sandbox.connector.faults.set({ match: 'update', status: 'lost', times: 1 });
    await (await opens('megan')).clicks('Approve');
    await story.sweeps();
    assert.match(text(latest().cards[0]), /Approved by Megan Bowen/);
    assert.equal(posted().filter((one) => text(one.cards).includes('Chris Green asked')).length, 1);
  });

  it('whose card got no answer when it was posted is found by whoever looks, and is not posted twice', async () => {
    await contoso();
    story.sandbox.connector.faults.set({ match: 'create', status: 'lost', times: 1 });
    await asks('ben');
    assert.equal(posted().length, 1);
    await (await opens('megan')).clicks('Approve');
    assert.match(text(latest().cards[0]), /Approved by Megan Bowen/);
    story.passes({ minutes: 15 });
    await story.sweeps();
    assert.equal(posted().length, 1);
  });

  it('is posted and shown once, however often a crash makes the bot do it again', async () => {
    await contoso();
    await asks('ben');
    const { profiles } = story.store;
    const again = async () => {
      const [profile] = await profiles.find(tenant, {});
      assert(profile);
      const claim = profile.claims[0]?.id ?? '';
      const outbox = [{ id: 'again', kind: 'claimCard' as const, claim }];
      const since = new Date(0);
      await profiles.replace({ ...profile, outbox, outboxSince: since, version: profile.version + 1 }, profile.version);
      await story.sweeps();
      assert.deepEqual((await profiles.get(tenant, profile.id))?.outbox, []);
    };
    await again();
    assert.equal(posted().length, 1);
    const { version } = latest();
    await (await opens('megan')).clicks('Decline');
    await again();
    assert.equal(latest().version, version + 1, 'one update, the decision');
    assert.equal(posted().length, 1);
  });

  it('is posted once more when somebody deleted its card, and then no more', async () => {
    await contoso();
    await asks('ben');
    const [card] = posted();
    assert(card);
    await removeCard(card);
    story.passes({ days: 2, minutes: 1 });
    await story.sweeps();
    assert.equal(posted().length, 1, 'the reminder finds the card gone');
    await removeCard(latest());
    await who('ben').says('withdraw contoso');
    await story.sweeps();
    assert.equal(posted().length, 0);
  });

  async function removeCard({ id }: Message): Promise<void> {
    const { address } = story.app;
    const path = `${address}/connector/v3/conversations/${encodeURIComponent(announcements)}/activities/${id}`;
    assert.equal((await fetch(path, { method: 'DELETE' })).status, 200);
  }

  it('goes to the owners’ own chats without a channel, and to the next when one is out of reach', async () => {
    await contoso(false);
    await asks('ben');
    const megan = who('megan').looksAtChat();
    megan.sees('Ben Walters wants to become an owner of @contoso');
    await megan.clicks('Approve');
    await asks('chris.green', 'claim contoso');
    story.sandbox.connector.block(megan.id);
    await who('mia').says('claim contoso');
    await who('mia').clicks('Ask the owners');
    assert(seesInChat('ben', 'Mia Agency wants to become an owner'));
    await who('ben').says('history contoso');
    who('ben')
      .looksAtChat()
      .sees(/told Ben Walters; could not reach Megan Bowen/i);
    story.sandbox.connector.block(who('ben').id);
    await who('alex').says('claim contoso');
    await who('alex').clicks('Ask the owners');
    assert(seesInChat('lynne', 'Alex Wilber wants to become an owner'));
  });

  it('reaches an admin who never had the bot, by installing it for them', async () => {
    await contoso(false);
    const [megan, lynne] = [who('megan'), who('lynne')];
    await megan.says('leave contoso');
    await megan.clicks('Leave it');
    const { people } = story.store;
    await people.delete(tenant, lynne.id);
    story.sandbox.connector.remove(lynne.id);
    await who('ben').says('claim contoso');
    await who('ben').clicks('Ask the Managers');
    assert.equal(timesInChat('lynne', 'wants to become an owner'), 0);
    // The pretend Teams answers first and installs then.
    for (let n = 0; n < 1000 && !story.sandbox.connector.hasBot(lynne.id); n++) await pause(20);
    assert(story.sandbox.connector.hasBot(lynne.id));
    story.passes({ minutes: 2 });
    await story.sweeps();
    assert.equal(timesInChat('lynne', 'Ben Walters wants to become an owner'), 1);
  });

  it('goes to the owners when the channel cannot be written to any more', async () => {
    await contoso();
    story.sandbox.connector.faults.set({ match: 'create', status: 403, times: 1 });
    await asks('ben');
    assert.equal(posted().length, 0);
    const megan = who('megan').looksAtChat();
    megan.sees('Ben Walters wants to become an owner of @contoso');
    await megan.says('history contoso');
    megan.sees(/told Megan Bowen; could not reach Announcements/i);
  });

  it('shows its buttons to all where more than sixty may decide, and still only those decide', async () => {
    const megan = who('megan');
    await megan.adds('contoso');
    await megan.says('leave contoso');
    await megan.clicks('Leave it');
    await choosesChannel(story);
    for (let n = 0; n < 61; n++) {
      const person = { tenant, id: `manager-${n}`, version: 1, name: `Manager ${n}`, teamsId: `29:m${n}`, outbox: [] };
      await story.store.people.insert({ ...person, role: 'manager' });
    }
    const ben = who('ben');
    await ben.says('claim contoso');
    await ben.clicks('Ask the Managers');
    assert.match(text(latest().cards[0]), /"title":"Approve"/);
    assert.equal(latest().cards[0]?.refresh, undefined);
    const chris = who('chris.green').looksAt(latest());
    await chris.clicks('Approve');
    chris.sees('Only a Manager or an admin can decide this claim');
    const alex = who('alex').looksAt(latest());
    await alex.clicks('Approve');
    assert.match(text(latest().cards[0]), /Approved by Alex Wilber/);
  });

  it('of someone who may only read by now, or left, is not approved', async () => {
    await contoso();
    await asks('ben');
    await who('lynne').says('role ben@contoso.example reader');
    const megan = await opens('megan');
    await megan.clicks('Approve');
    megan.sees('Ben Walters is a Reader');
    await megan.clicks('Decline');
    assert(seesInChat('ben', 'was declined'));
  });
});

describe('a claim with a sign-in', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
    await who('megan').says('share @Marketing contoso');
  });
  afterEach(() => story.close());

  const signsIn = async (name: string) => {
    const person = who(name);
    await person.says('claim contoso');
    await person.says(`code ${await person.signsInAs('contoso')}`);
    return person;
  };

  it('is granted at once, contested by an owner, and then decided by a Manager', async () => {
    const ben = await signsIn('ben');
    ben.sees('You own @contoso (X profile) now');
    for (const words of ['delete contoso', 'unshare @Marketing contoso', 'share everyone contoso']) {
      await ben.says(words);
      ben.sees('You became an owner of @contoso (X profile) by signing in');
    }
    const megan = who('megan').looksAtChat();
    megan.sees('Ben Walters became an owner of @contoso', 'you can object');
    await who('lynne').says('role alex@contoso.example manager');
    await megan.clicks('Show it');
    await megan.clicks('Object');
    megan.sees('Object to Ben Walters owning @contoso (X profile)?');
    await megan.clicks('Object');
    megan.sees('Ben Walters no longer owns @contoso (X profile)');
    ben.looksAtChat().sees('Megan Bowen objected to your owning @contoso', 'not used');
    await ben.says('claim contoso');
    ben.sees('waits for a decision already');
    await ben.says('profiles owned');
    ben.seesNot('@contoso');
    const alex = who('alex').looksAtChat();
    alex.sees('Ben Walters wants to become an owner', 'since an owner objected', 'Signed in to the account');
    await alex.clicks('Decline');
    assert.deepEqual(await grants(), [megan.id]);
    await signsIn('ben');
    ben.sees('waits for a decision until');
  });

  const grants = async () => {
    return (await story.store.grants.find(tenant, {})).map(({ person }) => person);
  };

  it('is settled by another owner’s yes', async () => {
    const ben = await signsIn('ben');
    await who('megan').looksAtChat().clicks('Show it');
    await who('megan').clicks('Fine by me');
    ben.looksAtChat().sees('Megan Bowen is fine with your owning @contoso');
    await ben.says('delete contoso');
    ben.sees('Delete @contoso (X profile)?');
    await who('megan').says('object contoso');
    who('megan').looksAtChat().sees('can be contested by you now');
  });

  it('is told to Managers when the only owner cannot be reached', async () => {
    story.sandbox.connector.block(who('megan').id);
    await signsIn('ben');
    who('lynne').looksAtChat().sees('Ben Walters became an owner of @contoso');
    await who('ben').says('history contoso');
    who('ben')
      .looksAtChat()
      .sees(/Told [^;]*Lynne Robbins/, 'could not reach Megan Bowen');
  });

  it('is settled by time', async () => {
    const ben = await signsIn('ben');
    story.passes({ days: 3, minutes: 1 });
    await ben.says('delete contoso');
    ben.sees('Delete @contoso (X profile)?');
  });

  it('waits as a proven one where the organisation wants every claim decided', async () => {
    const [lynne, megan] = [who('lynne'), who('megan')];
    await lynne.says('policy claims approval');
    lynne.sees('Set: claims approval');
    await who('ben').says('policy claims credentials');
    who('ben').looksAtChat().sees('Only an admin can do that');
    const ben = await signsIn('ben');
    ben.sees('waits for a decision until');
    megan.looksAtChat().sees('Signed in to the account');
    await megan.clicks('Approve');
    ben.looksAtChat().sees('You own @contoso (X profile) now');
    await ben.says('show contoso');
    ben.sees('2 sign-ins keep it alive');
  });

  it('closes what was asked for before', async () => {
    const ben = who('ben');
    await ben.says('claim contoso');
    await ben.clicks('Ask the owners', { note: 'Please' });
    await signsIn('ben');
    ben.sees('You own @contoso (X profile) now');
    await who('megan').says('claims');
    who('megan').looksAtChat().sees('Nothing waits for your decision');
  });
});

describe('the approvals channel', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
    await story.player('lynne').says('role alex@contoso.example admin');
  });
  afterEach(() => story.close());

  it('is chosen by an admin, in a channel, where the bot can post', async () => {
    const [alex, ben] = [story.player('alex'), story.player('ben')];
    await ben.says('approvals here', { in: 'Announcements' });
    ben.sees('Only an admin can do that');
    await alex.says('approvals here');
    alex.sees('That works in the channel that claims are posted into');
    await alex.says('approvals off');
    alex.sees('No channel is set for claims');
    await alex.says('approvals here', { in: 'Budget' });
    alex.looksAtChat().sees('Post claims into Budget?');
    await alex.clicks('Post claims there');
    alex.sees("I can't post into", 'private channels');
    await alex.says('policy');
    alex.sees('Claims go to the owners in their own chats');
  });

  it('hears nothing of an old yes by somebody who is no longer an admin', async () => {
    const [lynne, ben] = [story.player('lynne'), story.player('ben')];
    await lynne.says('role ben@contoso.example admin');
    await ben.says('approvals here', { in: 'Announcements' });
    ben.looksAtChat().sees('Post claims into Announcements?');
    const question = ben.message();
    const { verb, data } = ben.action('Post claims there');
    await lynne.says('role ben@contoso.example no-admin');
    const posted = () => story.sandbox.connector.transcript(channel('Announcements')).length;
    const before = posted();
    await ben.clicksOn(question, String(verb), data as Record<string, unknown>);
    assert.match(question.views[ben.id]?.note?.text ?? '', /Only an admin can do that/);
    assert.equal(posted(), before);
    await lynne.says('policy');
    lynne.sees('Claims go to the owners in their own chats');
  });

  it('answers in the person’s own chat what it was asked where it may not write', async () => {
    const alex = story.player('alex');
    await alex.says('profiles', { in: 'Budget' });
    alex.looksAtChat().sees('Your profiles', 'Bots cannot post in that channel');
  });

  it('is given up with one word', async () => {
    const alex = story.player('alex');
    await alex.says('approvals here', { in: 'Announcements' });
    await alex.looksAtChat().clicks('Post claims there');
    await alex.says('policy');
    alex.sees('Claims are posted into Announcements');
    await alex.says('approvals off');
    alex.sees('Claims go to the owners');
  });
});
