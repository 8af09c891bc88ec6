import { createHash } from 'node:crypto';
import { dayMs } from '../../platform/spans.js';
import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import type { Standing } from './tokens.js';
import { problem } from './xProblem.js';

type SignedIn = (...scopes: string[]) => Standing;
const mostBytes = 512_000_000;
const mostPartBytes = 5 * 1024 * 1024;
const mostSegment = 999;
const types = ['video/mp4', 'video/quicktime'];

/** Videos of pretend X, or undefined when the call is about something else. */
export function answerVideos(world: FakeWorld, call: Call, signedIn: SignedIn): Reply | undefined {
  const [, id = '', step] = /^\/2\/media\/upload\/(\d+)\/(append|finalize)$/.exec(call.path) ?? [];
  const isStatus = call.method === 'GET' && call.path === '/2/media/upload';
  const isBegun = call.method === 'POST' && call.path === '/2/media/upload/initialize';
  if (!isBegun && !isStatus && !(step && call.method === 'POST')) return undefined;
  const by = signedIn('media.write').grant.account;
  if (isBegun) return begin(world, call, by);
  const about = isStatus ? (call.query.get('media_id') ?? '') : id;
  if (world.faults.take('x', 'uploadForgotten')) forget(world, about);
  if (isStatus) return call.query.get('command') === 'STATUS' ? status(world, about, by) : unknown;
  if (world.faults.take('x', 'uploadRefused')) return invalid('media type unrecognized.');
  const answer = step === 'append' ? append(world, call, about, by) : finalize(world, about, by);
  // What came stays, though nobody hears of it.
  return world.faults.take('x', 'uploadLost') ? lost : answer;
}

function begin(world: FakeWorld, call: Call, by: string): Reply {
  if (world.faults.take('x', 'uploadLost')) return lost;
  if (world.faults.take('x', 'uploadRefused')) return invalid('media type unrecognized.');
  const said = (name: string) => call.fields.get(name) ?? '';
  if (call.query.size > 0 || !(call.headers['content-type'] ?? '').includes('json'))
    return invalid('JSON is expected.');
  if (said('media_category') !== 'tweet_video') return invalid('media_category is missing or unknown');
  if (!types.includes(said('media_type'))) return invalid('media_type is missing or unknown');
  const size = Number(said('total_bytes'));
  if (!(size > 0 && size <= mostBytes)) return invalid('File size exceeds 512 MB.');
  const id = String(world.posts.next());
  world.parts.set(id, { by, size, before: [{ has: 0, hash: createHash('sha256') }] });
  return json(200, { data: { id, media_key: `7_${id}`, expires_after_secs: dayMs / 1000 } });
}

/** One after the other; whatever came before for the same place, and after it, makes room. */
function append(world: FakeWorld, call: Call, id: string, by: string): Reply {
  const upload = world.parts.get(id);
  const bytes = call.files.get('media');
  const index = Number(call.fields.get('segment_index') ?? Number.NaN);
  if (upload?.by !== by) return unknown;
  const before = upload.before[index];
  if (!before || index > mostSegment) return invalid('segment_index: out of order');
  if (!bytes?.length || bytes.length > mostPartBytes) return invalid('media: of the wrong size');
  const after = { has: before.has + bytes.length, hash: before.hash.copy().update(bytes) };
  if (after.has > upload.size) return invalid('Segments exceed the provided total file size.');
  upload.before.splice(index + 1, Number.POSITIVE_INFINITY, after);
  return json(200, { data: { expires_at: Math.floor((world.state.now() + dayMs) / 1000) } });
}

function finalize(world: FakeWorld, id: string, by: string): Reply {
  const upload = world.parts.get(id);
  const last = upload?.before.at(-1);
  if (upload?.by !== by || !last) return unknown;
  if (last.has !== upload.size) return invalid('Segments do not add up to provided total file size.');
  world.parts.delete(id);
  const video = { bytes: last.has, hash: last.hash.digest('base64url'), state: 'pending' as const };
  world.media.keep('x', { id, by, alt: '', at: world.state.now(), video });
  return json(200, { data: shown(world, id) });
}

const next = { pending: 'in_progress', in_progress: 'succeeded', succeeded: 'succeeded', failed: 'failed' } as const;

/** A video is being worked on until it was asked for twice. */
function status(world: FakeWorld, id: string, by: string): Reply {
  if (world.faults.take('x', 'uploadLost')) return lost;
  const media = world.media.of('x', id);
  if (!media?.video || media.by !== by) return unknown;
  const state = world.faults.take('x', 'uploadRefused') ? 'failed' : next[media.video.state];
  world.media.keep('x', { ...media, video: { ...media.video, state } });
  return json(200, { data: shown(world, id) });
}

function shown(world: FakeWorld, id: string): object {
  const { bytes, state } = world.media.of('x', id)?.video ?? {};
  const error = state === 'failed' ? { error: { code: 1, name: 'InvalidMedia', message: 'file is invalid' } } : {};
  const isBusy = state === 'pending' || state === 'in_progress';
  const info = { state, ...(isBusy ? { check_after_secs: 1 } : {}), ...error };
  return { id, media_key: `7_${id}`, size: bytes, expires_after_secs: dayMs / 1000, processing_info: info };
}

export function forget(world: FakeWorld, id: string): void {
  world.parts.delete(id);
  world.media.forget('x', id);
}

const lost: Reply = { status: 0, isLost: true };
const invalid = (detail: string) => problem(400, 'invalid-request', 'Invalid Request', detail);
/** As X's own playground has it: https://github.com/xdevplatform/playground */
const unknown = json(400, {
  errors: [{ message: 'BadRequest: Not found' }],
  title: 'Invalid Request',
  detail: 'One or more parameters to your request was invalid.',
  type: 'https://api.twitter.com/2/problems/invalid-request',
});
