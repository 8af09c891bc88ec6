import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readVideo } from '../../src/platform/videos.js';
import { box, videoFile, videoIndex } from './videoFiles.js';

const read = (file: Buffer) => readVideo(file.length, async (from, to) => file.subarray(from, to));

describe('what a video says of itself', () => {
  const rows: [string, Parameters<typeof videoFile>[0], object][] = [
    ['an MP4', {}, { type: 'video/mp4', seconds: 12.5, width: 1920, height: 1080, codecs: ['H.264', 'AAC'] }],
    ['its index first', { indexFirst: true }, { seconds: 12.5 }],
    ['a MOV', { brand: 'qt  ', codec: 'apch', sound: 'lpcm' }, { type: 'video/quicktime', codecs: ['ProRes', 'lpcm'] }],
    ['tall, written lying with a turn', { width: 1280, height: 720, isTurned: true }, { width: 720, height: 1280 }],
    ['without sound', { codec: 'hvc1', sound: undefined }, { codecs: ['HEVC'] }],
    ['a code that is no text', { codec: '\u0000<a>' }, { codecs: ['??a?', 'AAC'] }],
  ];
  for (const [name, wanted, facts] of rows) {
    it(`is read: ${name}`, async () => {
      const found = await read(videoFile(wanted));
      assert.equal(found.kind, 'video');
      assert.deepEqual({ ...found, ...facts }, found);
    });
  }

  it('is read of boxes with long lengths, and of one that goes on to the end', async () => {
    const file = videoFile({ indexFirst: true });
    const at = file.indexOf('mdat') - 4;
    const open = Buffer.from(file);
    open.writeUInt32BE(0, at);
    assert.equal((await read(open)).kind, 'video');
    const long = Buffer.alloc(16);
    long.writeUInt32BE(1);
    long.write('mdat', 4);
    long.writeBigUInt64BE(BigInt(file.length - at + 8), 8);
    assert.equal((await read(Buffer.concat([file.subarray(0, at), long, file.subarray(at + 8)]))).kind, 'video');
  });

  const whole = videoFile();
  const media = box('mdat', Buffer.alloc(10));
  const type = whole.subarray(0, 20);
  const noes: [string, Buffer, RegExp][] = [
    ['nothing', Buffer.alloc(0), /not an MP4 or MOV/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /not an MP4 or MOV/],
    ['WebM', Buffer.from('1a45dfa39f4286810142f7810142f28104', 'hex'), /not an MP4 or MOV/],
    ['cut off', whole.subarray(0, whole.length - 1), /broken or cut off/],
    ['without its index', Buffer.concat([type, media]), /broken or cut off/],
    ['without anything to show', Buffer.concat([type, videoIndex()]), /broken or cut off/],
    ['of no length', videoFile({ seconds: 0 }), /broken or cut off/],
    ['of no size', videoFile({ width: 0 }), /broken or cut off/],
    [
      'sound alone',
      Buffer.from(String(videoFile().toString('latin1')).replace('vide\0', 'soun\0'), 'latin1'),
      /no picture/,
    ],
  ];
  for (const [name, file, said] of noes) {
    it(`is refused: ${name}`, async () => {
      const found = await read(file);
      assert(found.kind === 'no' && found.fix !== '');
      assert.match(found.sentence, said);
    });
  }

  it('is read without a throw and without reading much, whatever the bytes', async () => {
    const wild = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
        .map(([at, bytes]) => Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)])),
      fc
        .tuple(fc.nat(videoIndex().length - 1), fc.uint8Array({ minLength: 1, maxLength: 4 }))
        .map(([at, bytes]) =>
          Buffer.concat([type, media, videoIndex().subarray(0, at), bytes, videoIndex().subarray(at)]),
        ),
    );
    await fc.assert(
      fc.asyncProperty(wild, async (file) => {
        let asked = 0;
        const found = await readVideo(file.length, async (from, to) => {
          assert(0 <= from && from <= to && to <= file.length);
          asked += to - from;
          return file.subarray(from, to);
        });
        assert(asked <= 64 * 1024 + 2 * file.length);
        if (found.kind === 'video') assert(found.seconds > 0 && found.width > 0 && found.height > 0);
      }),
      { numRuns: 2000 },
    );
  });
});
