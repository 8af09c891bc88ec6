import assert from 'node:assert/strict';
import {
  type Death,
  deliver,
  everyNth,
  intentsOf,
  Killed,
  openStage,
  preview,
  runDue,
  runToTheEnd,
  type Stage,
} from './publishingKit.js';

/** Everything a person and the worker do with one post, in one process that may die anywhere. */
async function whole(stage: Stage, text: string, death?: Death): Promise<{ posting: string; steps: number }> {
  const { parts, steps } = stage.process(death);
  let posting = '';
  try {
    posting = await preview(parts, stage, `${text}:ask`, text);
    await deliver(parts, `${text}:send`, { kind: 'send', posting });
    await runDue(parts);
    return { posting, steps: steps() };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  // Teams got no answer, and delivers both again, to another process.
  const other = stage.process().parts;
  posting = await preview(other, stage, `${text}:ask`, text);
  await deliver(other, `${text}:send`, { kind: 'send', posting });
  return { posting, steps: steps() };
}

describe('a process that dies at any step of publishing', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.stop());

  it('leaves one post or none, and the truth in the card', async () => {
    const { steps } = await whole(stage, 'nobody dies');
    await runToTheEnd(stage, stage.process().parts);
    assert.equal(stage.everMade('nobody dies'), 1);
    assert(steps > 30, `${steps} steps`);
    const ends = new Map<string, number>();
    for (let at = 1; at <= steps; at += everyNth) {
      for (const when of ['before', 'after'] as const) {
        const text = `dies ${when} step ${at}`;
        const { posting } = await whole(stage, text, { at, when });
        await runToTheEnd(stage, stage.process().parts);
        const [intent, ...more] = await intentsOf(stage, posting);
        const made = stage.everMade(text);
        assert.equal(more.length, 0, text);
        assert(intent, text);
        assert(made <= 1, `${text}: ${made} posts`);
        assert.equal(intent.state, made === 1 ? 'sent' : 'notSent', text);
        assert.equal(stage.cards.get(posting)?.rows[0]?.intent.state, intent.state, `${text}: its card`);
        assert.deepEqual(intent.outbox, [], text);
        ends.set(intent.state, (ends.get(intent.state) ?? 0) + 1);
      }
    }
    // Dying between the mark and the bytes is the one moment when nobody can tell.
    const cannotTell = ends.get('notSent') ?? 0;
    assert(cannotTell < 12 && (cannotTell >= 1 || everyNth > 1), JSON.stringify([...ends]));
  }).timeout(240_000);
});
