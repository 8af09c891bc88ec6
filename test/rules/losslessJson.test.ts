import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseLossless } from '../../src/platform/losslessJson.js';
import { growthOf } from './growth.js';

describe('JSON from outside', () => {
  it('keeps a whole number that a double would round, digit by digit', () => {
    assert.deepEqual(parseLossless('{"user_id":9007199254740993,"list":[-123456789012345678901]}'), {
      user_id: '9007199254740993',
      list: ['-123456789012345678901'],
    });
  });

  it('keeps every whole number: as a number while that is exact, else as its own digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (number) => {
        const read = parseLossless(`{"id": ${number} }`) as { id: unknown };
        assert.equal(String(read.id), String(number));
        assert.equal(typeof read.id, Number.isSafeInteger(Number(number)) ? 'number' : 'string');
      }),
    );
  });

  it('is what JSON.parse makes of it in every other way, long digits in texts and fractions too', () => {
    const tricky = fc.constantFrom('9007199254740993', '\\"9007199254740993', '"', '\\', '{"a":12345678901234567890}');
    const leaf = fc.oneof(
      fc.string(),
      tricky,
      fc.boolean(),
      fc.constant(null),
      fc.maxSafeInteger(),
      fc.double({ min: -1, max: 1, noNaN: true }),
    );
    const key = fc.oneof(fc.string(), tricky);
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
    }));
    fc.assert(
      fc.property(value, (any) => {
        const json = JSON.stringify({ any, id: 0.1234567890123456 });
        assert.deepEqual(parseLossless(json), JSON.parse(json));
      }),
    );
  });

  it('is undefined when it is none', () => {
    for (const text of ['', '{', 'nonsense', '{"a":1234567890123456789']) assert.equal(parseLossless(text), undefined);
  });

  it('takes time in step with its length, whatever is in it', () => {
    const shapes = [
      (n: number) => `{"a":"${'\\\\'.repeat(n)}1234567890123456789"}`,
      (n: number) => `"${'1'.repeat(n)}`,
      (n: number) => `{"a":[${'12345678901234567890,'.repeat(n)}1]}`,
      (n: number) => `${'1.'.repeat(n)}12345678901234567890`,
      (n: number) => `${'"'.repeat(n)}12345678901234567890`,
    ];
    for (const shape of shapes) {
      // Ten times the text; a hundred times the work would be 100.
      const growth = growthOf((text: string) => void parseLossless(text), shape(5_000), shape(50_000), 60);
      assert.ok(growth < 60, `${shape(2)}: ${Math.round(growth)} times as long`);
    }
  });
});
