/** One bot of a run, as a process of its own that may be killed at any moment. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Outcome } from '../../../src/operations/core/outcome.js';
import { keepPicture } from '../../../src/operations/publishing/pictures.js';
import { rememberPostingCard } from '../../../src/operations/publishing/postingCards.js';
import { comesMs, finishVideo } from '../../../src/operations/publishing/videos.js';
import type { Asked } from '../../../src/rules/operation.js';
import { after } from '../../../src/rules/publishing/times.js';
import { sweepOutboxes } from '../../../src/sweeps/outboxes.js';
import { sweepPosts } from '../../../src/sweeps/posts.js';
import { sweepOnce } from '../../../src/sweeps/sweeps.js';
import { deliverTo } from '../../contract/publishingWorld.js';
import { bot, createParts } from './botParts.js';
import { film } from './film.js';
import { type Command, type Reply, runClock, type Start, serveCommands } from './messages.js';

const start = JSON.parse(process.argv[2] ?? '') as Start;
const clock = runClock(start);
const { parts, settle } = await createParts(start, clock.now);
const holder = randomUUID();
const sweeps = [
  { name: 'outboxes', run: sweepOutboxes },
  { name: 'posts', run: sweepPosts },
];
const sweep = () => sweepOnce(parts, holder, sweeps);

type By = { activity: string; tenant: string; person: string };

const deliver = (by: By, asked: Asked): Promise<Outcome> => deliverTo(parts, { ...by, name: by.person }, asked);

const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#36c' } })
  .png()
  .toBuffer();

/** As from the page, but for how many of them one person may have: who asks here stands for many. */
async function keepVideo(tenant: string, person: string): Promise<string> {
  const doc = { tenant, id: parts.ids(), version: 1, person, bytes: film.length, due: after(parts.clock(), comesMs) };
  await parts.collections.videos.insert(doc);
  await parts.files.write({ tenant, file: doc.id, part: 0 }, film);
  const video = await finishVideo(parts, doc, {});
  if ('sentence' in video) throw new Error(video.sentence);
  return video.id;
}

async function ask({ text, profile, picture, video, link, ...by }: Extract<Command, { kind: 'ask' }>): Promise<Reply> {
  const profiles = [{ id: profile }];
  const filmed = video && (await keepVideo(by.tenant, by.person));
  const kept = picture && (await keepPicture(parts, { tenant: by.tenant, id: by.person }, { bytes, alt: 'Blue' }, 8));
  const pictures = kept && 'id' in kept ? { pictures: [kept.id] } : {};
  const shown = await deliver(
    { ...by, activity: `${by.activity}:ask` },
    link
      ? { kind: 'reply', link, profiles, text }
      : { kind: 'post', profiles, text, ...pictures, ...(filmed ? { video: filmed } : {}) },
  );
  if (shown.kind !== 'posting') return replyOf(shown);
  const { posting } = shown.posting;
  const conversation = `a:${by.person}`;
  await rememberPostingCard(parts, by.tenant, posting, {
    serviceUrl: start.origin,
    conversation,
    bot,
    activity: posting,
  });
  const sent = await deliver({ ...by, activity: `${by.activity}:send` }, { kind: 'send', posting });
  return { ...replyOf(sent), posting };
}

function replyOf(outcome: Outcome): Reply {
  return {
    outcome: outcome.kind,
    ...(outcome.kind === 'refused' ? { code: outcome.refusal.code } : {}),
    ...('notes' in outcome && outcome.notes ? { notes: outcome.notes } : {}),
  };
}

let busy: Promise<void> | undefined;
const inTurn = () => {
  busy ??= sweep().finally(() => {
    busy = undefined;
  });
  return busy;
};
setInterval(inTurn, start.sweepSeconds * 1000).unref();

serveCommands(async (command) => {
  switch (command.kind) {
    case 'ask':
      return ask(command);
    case 'do':
      return replyOf(await deliver(command, command.asked));
    case 'jump':
      clock.jumpTo(command.aheadMs);
      return {};
    case 'sweep':
      await inTurn();
      await settle();
      return {};
    default:
      return {};
  }
});
process.send?.({ ready: true });
