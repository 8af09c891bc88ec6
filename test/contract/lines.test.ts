import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Lines } from '../../src/sweeps/lines.js';

describe('a line of those who wait for the same turn', () => {
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await pause(2);
  };

  it('asks for one at a time, in order, and for the next when the turn came', async () => {
    const asked: string[] = [];
    let free = false;
    const lines = new Lines<string>(2, async (entry) => {
      asked.push(entry);
      return free;
    });
    for (const entry of ['a', 'b', 'c', 'a']) lines.stand('p', entry, entry);
    await until(() => asked.length >= 3);
    assert.deepEqual([...new Set(asked)], ['a']);
    free = true;
    await until(() => !lines.has('c'));
    assert.deepEqual([...new Set(asked)], ['a', 'b', 'c']);
    assert.deepEqual(asked.slice(-2), ['b', 'c']);
    lines.stop();
  });

  it('lets one line go on while another waits', async () => {
    const lines = new Lines<string>(2, async (entry) => entry === 'goes');
    lines.stand('busy', 'waits', 'waits');
    lines.stand('free', 'goes', 'goes');
    await until(() => !lines.has('goes'));
    assert(lines.has('waits'));
    lines.stop();
    assert(!lines.has('waits'));
  });

  it('asks at once when it is hurried, once however many of it are', async () => {
    let asked = 0;
    const lines = new Lines<string>(60_000, async () => {
      asked++;
      return true;
    });
    for (const entry of ['a', 'b', 'c']) lines.stand('p', entry, entry);
    assert.deepEqual(
      ['a', 'b', 'c', 'nobody'].map((entry) => lines.hurry(entry)),
      [true, true, true, false],
    );
    await until(() => !lines.has('a'));
    assert.deepEqual([asked, lines.has('b')], [1, true]);
    lines.stop();
  });

  it('takes whoever comes later into a line that was empty', async () => {
    const lines = new Lines<string>(2, async () => true);
    for (const entry of ['first', 'second']) {
      lines.stand('p', entry, entry);
      await until(() => !lines.has(entry));
    }
  });
});
