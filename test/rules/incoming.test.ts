import assert from 'node:assert/strict';
import { readIncoming } from '../../src/bot/input/incoming.js';

const id = '11111111-2222-4333-8444-555555555555';
const read = (conversationType: unknown, timezone?: unknown) =>
  readIncoming({
    from: { id: '29:ann', name: 'Ann', aadObjectId: id },
    conversation: { id: '19:x', tenantId: id, conversationType },
    entities: [{ type: 'clientInfo', timezone }],
  } as never);

describe('an activity', () => {
  it('is personal only where it says so: nothing private goes into a place of unknown kind', () => {
    assert.equal(read('personal')?.scope, 'personal');
    assert.equal(read('channel')?.scope, 'channel');
    for (const type of ['groupChat', 'meeting', 'Personal', '', undefined, null, 7, {}]) {
      assert.equal(read(type)?.scope, 'groupChat', String(type));
      assert.equal(read(type)?.who.reach.chat, undefined);
    }
    assert.equal(read('personal')?.who.reach.chat?.conversation, '19:x');
  });

  it('gives a time zone only where it is one', () => {
    assert.equal(read('personal', 'America/New_York')?.who.timeZone, 'America/New_York');
    for (const zone of ['Mars/Olympus', '', 'x'.repeat(100_000), 7, undefined]) {
      assert.equal(read('personal', zone)?.who.timeZone, undefined);
    }
  });
});
