import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { Story } from './story.js';

describe('whether the bot is ready', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open({}, undefined, 'real');
  });
  afterEach(() => story.close());

  const asked = async (authorization?: string) => {
    const headers = new Headers(authorization ? { authorization } : {});
    const response = await fetch(`${story.app.address}/readyz`, { headers });
    return { status: response.status, body: (await response.json()) as { status: string; findings?: unknown[] } };
  };
  const tokenOf = async (name: string, app = world.bot.id.replace('28:', '')) => {
    const person = world.people.find(({ id }) => id === story.player(name).id) ?? assert.fail(name);
    return `Bearer ${await story.sandbox.company.tabTokens.issue(person, app)}`;
  };
  const plain = { status: 200, body: { status: 'ready' } };

  it('is all that anybody learns who is no admin, whatever they show', async () => {
    const other = await tokenOf('lynne', '99999999-0000-4000-8000-000000000009');
    for (const shown of [undefined, 'Bearer x', 'Basic eDp5', await tokenOf('megan'), other]) {
      assert.deepEqual(await asked(shown), plain, shown);
    }
  });

  it('is told to an admin with what the doctor finds', async () => {
    const { status, body } = await asked(await tokenOf('lynne'));
    assert.deepEqual([status, body.status], [200, 'ready']);
    assert.deepEqual(body.findings, [
      { state: 'ok', what: 'settings', says: 'none is set: the sandbox runs, and needs nothing else' },
    ]);
  });

  it('is no more than that to an admin whose account was disabled, or who asks without end', async () => {
    const token = await tokenOf('lynne');
    for (let n = 0; n < 60; n++) await asked(token);
    assert.deepEqual(await asked(token), plain, 'at once too often');
    story.passes({ minutes: 6 });
    assert.ok((await asked(token)).body.findings);
    story.passes({ minutes: 6 });
    story.sandbox.company.disable(story.player('lynne').id);
    assert.deepEqual(await asked(token), plain, 'disabled');
  });
});
