import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Parts } from '../../src/operations/core/parts.js';
import { exactHash } from '../../src/operations/publishing/exactly.js';
import { keepPicture } from '../../src/operations/publishing/pictures.js';
import { beginVideo, finishVideo } from '../../src/operations/publishing/videos.js';
import type { Asked } from '../../src/rules/operation.js';
import {
  type Death,
  deliver,
  everyNth,
  intentsOf,
  Killed,
  openStage,
  preview,
  previewOf,
  runDue,
  runToTheEnd,
  type Stage,
  tenant,
} from './publishingKit.js';
import { postsMade } from './publishingWorld.js';
import { videoFile } from './videoFiles.js';

type Asks = (parts: Parts) => Promise<string>;

/** What a dead process holds is free after this. */
const leaseSeconds = 46;

/** What is said to a preview: Send, and the yes of an owner where one is needed. */
type Answers = (parts: Parts, posting: string) => Promise<void>;

/** Everything that people and the worker do with one post, in one process that may die anywhere. */
async function whole(
  stage: Stage,
  text: string,
  death?: Death,
  ask: Asks = (parts) => preview(parts, stage, `${text}:ask`, text),
  answers: Answers = async (parts, posting) => void (await deliver(parts, `${text}:send`, { kind: 'send', posting })),
  againAfterSeconds = 0,
): Promise<{ posting: string; steps: number }> {
  const { parts, steps } = stage.process(death);
  let posting = '';
  try {
    posting = await ask(parts);
    await answers(parts, posting);
    await runDue(parts);
    return { posting, steps: steps() };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  // Teams got no answer, and delivers all of it again, to another process.
  if (againAfterSeconds) stage.kit.harness.forward(againAfterSeconds);
  const other = stage.process().parts;
  posting = await ask(other);
  await answers(other, posting);
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
  });
});

for (const type of ['x-user', 'instagram-account'] as const) {
  describe(`a process that dies at any step of a post with a picture, as ${type}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage({ type });
    });
    after(() => stage.stop());

    it('leaves one post with its pictures, or none, wherever the pictures are on their way', async () => {
      const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#36c' } })
        .png()
        .toBuffer();
      const owner = { tenant, id: 'ann' };
      const kept = await keepPicture(stage.process().parts, owner, { bytes, alt: 'Blue' }, 8);
      assert('id' in kept);
      const asks =
        (text: string): Asks =>
        (parts) =>
          preview(parts, stage, `${text}:ask`, text, tenant, { pictures: [kept.id] });
      const { steps } = await whole(
        stage,
        'nobody dies, with a picture',
        undefined,
        asks('nobody dies, with a picture'),
      );
      await runToTheEnd(stage, stage.process().parts);
      for (let at = 1; at <= steps; at += 2 * everyNth) {
        const text = `dies at step ${at} with a picture`;
        const { posting } = await whole(stage, text, { at, when: at % 4 === 1 ? 'before' : 'after' }, asks(text));
        await runToTheEnd(stage, stage.process().parts);
        const [intent] = await intentsOf(stage, posting);
        const made = stage.everMade(text);
        assert(made <= 1, `${text}: ${made} posts`);
        assert.equal(intent?.state, made === 1 ? 'sent' : 'notSent', text);
        assert.deepEqual(intent?.uploads?.length, 1, text);
      }
    });
  });
}

/** LinkedIn processes a video before it can be posted. */
for (const [type, said, processedAfter] of [
  ['youtube-user', { title: 'Bikes', privacy: 'private', madeForKids: false }, 0],
  ['x-user', {}, 0],
  ['linkedin-page', { title: 'Bikes' }, 12],
  ['instagram-account', {}, 0],
  ['facebook-page', { title: 'Bikes' }, 0],
] as const) {
  describe(`a process that dies at any step of a video, as ${type}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage({ type });
    });
    after(() => stage.stop());

    it('leaves one video or none, whole, wherever its bytes are on their way', async () => {
      const { parts } = stage.process();
      const file = videoFile({ mediaBytes: 600_000 });
      const doc = await beginVideo(parts, { tenant, id: 'ann' }, file.length, 1);
      assert('id' in doc);
      await parts.files.write({ tenant, file: doc.id, part: 0 }, file);
      const video = await finishVideo(parts, doc, said);
      assert('id' in video);
      const run = (text: string, death?: Death) =>
        whole(
          stage,
          text,
          death,
          (one) => preview(one, stage, `${text}:ask`, text, tenant, { video: video.id }),
          async (one, posting) => {
            await deliver(one, `${text}:send`, { kind: 'send', posting });
            if (!processedAfter) return;
            await runDue(one);
            stage.kit.harness.forward(processedAfter);
          },
        );
      const { steps } = await run('nobody dies, with a video');
      assert.equal(stage.everMade('nobody dies, with a video'), 1);
      await runToTheEnd(stage, stage.process().parts);
      assert.equal(stage.everMade('nobody dies, with a video'), 1);
      const ends = new Map<string, number>();
      for (let at = 1; at <= steps; at += everyNth) {
        const when = at % 2 === 1 ? 'before' : 'after';
        const text = `dies ${when} step ${at} of a video`;
        const { posting } = await run(text, { at, when });
        await runToTheEnd(stage, stage.process().parts);
        const [intent] = await intentsOf(stage, posting);
        const made = stage.everMade(text);
        assert(made <= 1, `${text}: ${made} videos`);
        assert.equal(intent?.state, made === 1 ? 'sent' : 'notSent', text);
        ends.set(intent.state, (ends.get(intent.state) ?? 0) + 1);
      }
      assert((ends.get('notSent') ?? 0) < 12, JSON.stringify([...ends]));
      const hash = createHash('sha256').update(file).digest('base64url');
      assert(postsMade(stage.kit.harness.dataDir).every(({ post }) => post.video?.hash === hash));
    });
  });
}

describe('a process that dies at any step of a post that needs a yes', () => {
  let stage: Stage;
  before(async () => {
    const ann = { id: 'ann', name: 'Ann' };
    const principal = { kind: 'person' as const, id: 'cee', name: 'Cee' };
    stage = await openStage({ shares: [{ principal, by: ann, at: new Date(), approval: true }] });
  });
  after(() => stage.stop());

  const asks =
    (text: string): Asks =>
    (parts) =>
      preview(parts, stage, `${text}:ask`, text, tenant, {}, 'cee');
  const answers =
    (text: string, yes: boolean): Answers =>
    async (parts, posting) => {
      await deliver(parts, `${text}:send`, { kind: 'send', posting }, { person: 'cee' });
      const [waiting] = await intentsOf(stage, posting);
      if (!waiting) return;
      const [intent, hash] = [waiting.id, exactHash(waiting)];
      // The author's own yes counts for nothing, whoever dies meanwhile.
      await deliver(parts, `${text}:own`, { kind: 'approvePost', intent, hash }, { person: 'cee' });
      const decision: Asked = yes
        ? { kind: 'approvePost', intent, hash }
        : { kind: 'declinePost', intent, reason: 'Not today' };
      await deliver(parts, `${text}:decided`, decision);
    };

  for (const yes of [true, false]) {
    it(`leaves ${yes ? 'one post after one yes, or none, and one record of the yes' : 'none after a no, and the author is told why'}`, async () => {
      const run = (text: string, death?: Death) =>
        whole(stage, text, death, asks(text), answers(text, yes), leaseSeconds);
      const { steps } = await run(`nobody dies, ${yes}`);
      await runToTheEnd(stage, stage.process().parts);
      assert.equal(stage.everMade(`nobody dies, ${yes}`), yes ? 1 : 0);
      for (let at = 1; at <= steps; at += everyNth) {
        const text = `${yes ? 'yes' : 'no'}, dies at step ${at}`;
        const { posting } = await run(text, { at, when: at % 2 ? 'before' : 'after' });
        await runToTheEnd(stage, stage.process().parts);
        const [intent] = await intentsOf(stage, posting);
        assert(intent, text);
        const made = stage.everMade(text);
        // Who comes back minutes after its time is asked whether it still goes out.
        const none = ['notSent', 'waiting'];
        if (yes) assert(made === 1 ? intent.state === 'sent' : made === 0 && none.includes(intent.state), text);
        else assert.deepEqual([intent.state, made, intent.declined?.reason], ['declined', 0, 'Not today'], text);
        assert.deepEqual(intent.outbox, [], text);
        const kept = await stage.kit.collections.audit.find(tenant, { intentId: intent.id });
        const decided = kept.filter(({ operation }) => operation === 'approvePost' || operation === 'declinePost');
        assert.deepEqual(
          decided.map(({ actor, outcome }) => [actor.id, outcome]),
          [['ann', 'done']],
          text,
        );
        const heard = stage.kit.told.filter(
          ({ person, notice }) => person === 'cee' && JSON.stringify(notice.buttons).includes(posting),
        );
        assert(heard.length >= 1, `${text}: the author heard nothing`);
      }
    });
  }
});

/** Each on a stage of its own: a sign-in whose refresh dies half way is another story. */
describe('a process that dies at any step of a repost', () => {
  async function reposted(death?: Death): Promise<number> {
    const stage = await openStage();
    try {
      const { posting: before } = await whole(stage, 'to be reposted');
      await runToTheEnd(stage, stage.process().parts);
      const [shown] = await intentsOf(stage, before);
      const link = `https://x.com/contoso/status/${shown?.proof?.id}`;
      const asked: Asked = { kind: 'repost', link, profiles: [{ id: stage.profile.id }] };
      const { posting, steps } = await whole(stage, 'repost', death, (parts) => previewOf(parts, 'repost:ask', asked));
      await runToTheEnd(stage, stage.process().parts);
      const [intent] = await intentsOf(stage, posting);
      assert.deepEqual([intent?.state, intent?.proof?.id], ['sent', shown?.proof?.id], JSON.stringify(death));
      return steps;
    } finally {
      await stage.stop();
    }
  }

  it('leaves it made: whatever was lost is made again, and twice is once', async () => {
    const steps = await reposted();
    for (let at = 2; at <= steps; at += 3 * everyNth) await reposted({ at, when: at % 2 ? 'before' : 'after' });
  });
});
