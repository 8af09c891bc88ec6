import assert from 'node:assert/strict';
import sharp from 'sharp';
import { fitPicture, readPicture, type StillPicture, thumbnailOf } from '../../src/platform/pictures.js';
import { videoFile } from './videoFiles.js';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#3366cc' } });
/** Noise cannot be pressed, so sizes mean something. */
const noisy = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 80 }, background: '#000' },
  });
async function picture(bytes: Buffer): Promise<StillPicture> {
  const read = await readPicture(bytes);
  assert.equal(read.kind, 'picture', JSON.stringify(read));
  return read as StillPicture;
}
const whyNot = async (bytes: Buffer) => {
  const read = await readPicture(bytes);
  return read.kind === 'no' ? read.sentence : 'a picture';
};

describe('a picture that somebody chose', () => {
  it('stays as it is, byte for byte, when there is nothing to take out', async () => {
    for (const bytes of [await plain(30, 20).png().toBuffer(), await plain(30, 20).jpeg().toBuffer()]) {
      const read = await picture(bytes);
      assert(read.bytes.equals(bytes));
      assert.deepEqual([read.width, read.height], [30, 20]);
    }
  });

  it('is turned upright, and loses where and with what it was made', async () => {
    const exif = { IFD0: { Make: 'Secret camera' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } };
    const bytes = await plain(30, 20).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer();
    const read = await picture(bytes);
    assert.deepEqual([read.type, read.width, read.height], ['image/jpeg', 20, 30]);
    const seen = await sharp(read.bytes).metadata();
    assert.deepEqual([seen.exif, seen.orientation], [undefined, undefined]);
    assert(!read.bytes.includes('Secret camera'));
  });

  it('is written in sRGB, as JPEG or PNG', async () => {
    const wide = await plain(10, 10).withIccProfile('p3').jpeg().toBuffer();
    assert.equal((await sharp((await picture(wide)).bytes).metadata()).icc, undefined);
    assert.equal((await picture(await plain(10, 10).webp().toBuffer())).type, 'image/jpeg');
    const clear = sharp({ create: { width: 9, height: 9, channels: 4, background: '#ff000080' } });
    assert.equal((await picture(await clear.clone().webp().toBuffer())).type, 'image/png');
    assert.equal((await picture(await clear.gif().toBuffer())).type, 'image/png');
    assert.equal((await picture(await plain(9, 9).toColourspace('b-w').png().toBuffer())).type, 'image/png');
  });

  it('is judged by its bytes: what is none says so, and what to do', async () => {
    assert.equal(await whyNot(Buffer.from('picture.png')), 'That is not a picture that can be sent.');
    assert.equal(
      await whyNot(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      'That is not a picture that can be sent.',
    );
    assert.equal(await whyNot(Buffer.alloc(0)), 'That is not a picture that can be sent.');
    const whole = await noisy(80, 80).jpeg().toBuffer();
    assert.equal(
      await whyNot(whole.subarray(0, whole.length / 2)),
      'That picture cannot be read: it is broken or cut off.',
    );
    const heic = Buffer.from('0000001866747970686569630000000068656963', 'hex');
    assert.equal(await whyNot(heic), 'Networks do not take HEIC pictures.');
    assert.equal(await whyNot(videoFile()), 'That is a video, not a picture.');
  });

  it('that moves is refused', async () => {
    const frames = await sharp(Buffer.from(Array.from({ length: 10 * 20 * 3 }, (_, at) => (at * 7) % 256)), {
      raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
    })
      .gif({ loop: 0 })
      .toBuffer();
    assert.equal(await whyNot(frames), 'That picture moves, and only still ones can be sent.');
  });

  it('that would unfold into more than anybody looks at is refused before it does', async () => {
    const huge = await sharp({
      create: { width: 10_001, height: 10_000, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    assert(huge.length < 2_000_000);
    assert.equal(await whyNot(huge), 'That picture has more than 100 million pixels.');
  });
});

describe('a picture for one network', () => {
  it('is what was chosen where the network takes that', async () => {
    const one = await picture(await plain(40, 30).png().toBuffer());
    assert.equal(await fitPicture(one, { mostBytes: 1_000_000 }), one);
  });

  it('is pressed, and only then made smaller', async () => {
    const one = await picture(await noisy(400, 300).png().toBuffer());
    const pressed = await fitPicture(one, { mostBytes: Math.floor(one.bytes.length * 0.7) });
    assert.deepEqual([pressed.type, pressed.width, pressed.height], ['image/jpeg', 400, 300]);
    const small = await fitPicture(one, { mostBytes: 20_000 });
    assert(small.bytes.length <= 20_000 && small.width < 400);
    assert(Math.abs(small.width / small.height - 4 / 3) < 0.02);
  });

  it('has no more pixels than the network takes', async () => {
    const made = await fitPicture(await picture(await plain(400, 300).png().toBuffer()), {
      mostBytes: 1e6,
      mostPixels: 10_000,
    });
    assert(made.width * made.height <= 10_000);
  });

  it('stays see-through', async () => {
    const clear = sharp({ create: { width: 300, height: 300, channels: 4, background: '#ff000080' } });
    const made = await fitPicture(await picture(await clear.png().toBuffer()), { mostBytes: 1e6, mostPixels: 10_000 });
    assert.equal(made.type, 'image/png');
    assert.equal((await sharp(made.bytes).metadata()).hasAlpha, true);
  });

  it('is a JPEG no wider than the network takes, with white where it could be seen through', async () => {
    const rule = { mostBytes: 1e6, mostWidth: 200, jpegOnly: true } as const;
    const clear = sharp({ create: { width: 300, height: 150, channels: 4, background: '#ff000000' } });
    const made = await fitPicture(await picture(await clear.png().toBuffer()), rule);
    assert.deepEqual([made.type, made.width, made.height], ['image/jpeg', 200, 100]);
    const { channels } = await sharp(made.bytes).stats();
    assert(channels.every(({ mean }) => mean > 250));
    const one = await picture(await plain(200, 100).jpeg().toBuffer());
    assert.equal(await fitPicture(one, rule), one);
    const small = await fitPicture(await picture(await plain(100, 100).png().toBuffer()), rule);
    assert.deepEqual([small.type, small.width], ['image/jpeg', 100]);
  });

  it('is small enough for a card', async () => {
    const shown = await thumbnailOf(await picture(await noisy(600, 400).jpeg().toBuffer()));
    assert.match(shown, /^data:image\/jpeg;base64,/);
    assert(shown.length < 8_000, String(shown.length));
  });
});
