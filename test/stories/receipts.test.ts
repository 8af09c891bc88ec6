import assert from 'node:assert/strict';
import { exportAudit } from '../../src/operations/receipts/exporting.js';
import { verifyAudit } from '../../src/operations/receipts/verifying.js';
import { world } from '../../src/sandbox/world.js';
import { later, openStory } from './publishingKit.js';
import type { Player, Story } from './story.js';

const tenant = world.tenant.id;

describe('a receipt', () => {
  let story: Story;
  let megan: Player;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  /** Chris, who needs a yes, posts; Megan says it. The link of what came of it. */
  async function posted(): Promise<string> {
    await megan.says('share chris.green@contoso.example contoso with approval');
    const chris = who('chris.green');
    await chris.says('post contoso "For the record"');
    await chris.clicks('Send');
    await megan.looksAtChat().clicks('Approve');
    await later(story, { minutes: 2 });
    const [intent] = await story.store.intents.find(tenant, { state: 'sent' });
    return intent?.proof?.url ?? assert.fail('it is not out');
  }

  it('says who wrote it, who approved which text, under which share, what was sent and what the network showed', async () => {
    const link = await posted();
    await megan.says(`prove ${link}`);
    megan.sees(
      ...['Receipt of a post with @contoso (X profile)', 'For the record', 'Chris Green', 'Megan Bowen'],
      ...['share with Chris Green by Megan Bowen', 'with approval', 'its answer', 'as it was sent', 'as written'],
      ...['asked for a yes to a post', 'said yes to a post of Chris Green', 'sent the post of Chris Green'],
    );
    const texts = new Set([...megan.words().matchAll(/text ([\w-]{16})/g)].map(([, hash]) => hash));
    assert.equal(texts.size, 1, 'what was written, approved and sent is the same text');
  });

  it('is for its author, the owners and admins; the card of the post leads to it', async () => {
    const link = await posted();
    const chris = who('chris.green').looksAtChat();
    await chris.says('posts');
    await chris.clicks('Look at it');
    await chris.clicks('Receipt');
    chris.sees('Receipt of a post with');
    await who('lynne').says(`prove ${link}`);
    who('lynne').sees('Receipt of a post with');
    await megan.says('share ben@contoso.example contoso');
    await who('ben').says(`prove ${link}`);
    who('ben').sees('No post of ours is known under that link');
    await megan.says('prove https://example.com/nothing');
    megan.sees('No post of ours is known under that link');
  });

  it('says which record was changed in the store', async () => {
    const link = await posted();
    const { audit } = story.store;
    const records = await audit.find(tenant, { operation: 'approvePost', outcome: 'done' });
    const [yes] = records;
    assert(yes);
    await audit.replace({ ...yes, actor: { id: who('ben').id, name: 'Ben Walters' }, version: 2 }, yes.version);
    await megan.says(`prove ${link}`);
    megan.sees(`Changed after it was written: record ${yes.number}`);
    const lines: string[] = [];
    for await (const line of exportAudit(story.store, tenant, story.now())) lines.push(line);
    assert.deepEqual(
      verifyAudit(lines).map(({ kind, number }) => [kind, number]),
      [['changed', yes.number]],
    );
  });

  it('stands on a chain of all that happened, which an export proves', async () => {
    await posted();
    const lines: string[] = [];
    for await (const line of exportAudit(story.store, tenant, story.now())) lines.push(line);
    assert(lines.length > 5);
    assert.deepEqual(verifyAudit(lines), []);
    assert(!/token|secret/i.test(lines.join('\n')), 'no secret is in it');
  });
});
