import assert from 'node:assert/strict';
import { NetworkTrouble } from '../../src/networks/network.js';
import type { Publishing } from '../../src/networks/publishing.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { beginVideo, finishVideo } from '../../src/operations/publishing/videos.js';
import { deliver, intentsOf, openStage, preview, runDue, type Stage, tenant } from './publishingKit.js';
import { videoFile } from './videoFiles.js';

describe('a video on its way, while something ends under it', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ undoSeconds: 20 });
  });
  after(() => stage.stop());

  it('goes on where it was, with a fresh token, when the first one ends', async () => {
    const { parts } = stage.process();
    const file = videoFile();
    const doc = await beginVideo(parts, { tenant, id: 'ann' }, file.length, 1);
    assert('id' in doc);
    await parts.files.write({ tenant, file: doc.id, part: 0 }, file);
    const video = await finishVideo(parts, doc, {});
    assert('id' in video);
    const sessions: (string | undefined)[] = [];
    const posting = await preview(parts, stage, 'ask', 'Ends on the way', tenant, { video: video.id });
    await deliver(parts, 'send', { kind: 'send', posting });
    await runDue(withUpload(parts, sessions));
    assert.deepEqual(sessions, [undefined, 'a 2']);
    const [intent] = await intentsOf(stage, posting);
    assert.deepEqual([intent?.state, intent?.uploads], ['held', ['17']]);
  });
});

/** A network whose token ends once, after something of the video is there. */
function withUpload(parts: Parts, sessions: (string | undefined)[]): Parts {
  const upload: NonNullable<Publishing['videos']>['upload'] = async (_tokens, { session, keep }) => {
    sessions.push(session);
    if (sessions.length > 1) return { kind: 'ready', ids: ['17'] };
    await keep('a 1');
    await keep('a 2');
    throw new NetworkTrouble('stale', 'X no longer takes this access token.');
  };
  const publishing: Parts['networks']['publishing'] = (type) => {
    const way = parts.networks.publishing(type);
    return typeof way === 'string' || !way.videos ? way : { ...way, videos: { ...way.videos, upload } };
  };
  return { ...parts, networks: { ...parts.networks, publishing } };
}
