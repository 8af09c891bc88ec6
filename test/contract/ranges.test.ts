import assert from 'node:assert/strict';
import { rangeIn } from '../../src/web/server/range.js';

describe('the range that a player asks for', () => {
  const rows: [string | undefined, string | undefined][] = [
    ['bytes=0-99', '0-100'],
    ['bytes=0-', '0-400'],
    ['bytes=600-', '600-1000'],
    ['bytes=601-', '601-1000'],
    ['bytes=999-', '999-1000'],
    ['bytes=900-5000', '900-1000'],
    ['bytes=-10', '990-1000'],
    ['bytes=-5000', '0-400'],
    ['bytes=1000-', undefined],
    ['bytes=5-4', undefined],
    ['bytes=-0', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=a-b', undefined],
    ['lines=0-1', undefined],
    ['bytes=0-9999999999999999', undefined],
    ['', undefined],
    [undefined, undefined],
  ];
  for (const [header, expected] of rows) {
    it(`of 1000 bytes, 400 at a time: ${header}`, () => {
      const range = rangeIn(header, 1000, 400);
      assert.equal(range && `${range.from}-${range.to}`, expected);
    });
  }

  it('is all of what is small, where none is asked for', () => {
    assert.deepEqual(rangeIn(undefined, 400, 400), { from: 0, to: 400 });
    assert.equal(rangeIn('bytes=0-', 0, 400), undefined);
  });
});
