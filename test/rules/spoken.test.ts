import assert from 'node:assert/strict';
import { anyOf, capital, spoken } from '../../src/rules/spoken.js';

const names = ['Ann', 'Ben', 'Cat', 'Dan', 'Eve', 'Fay', 'Gus'];
/** By how many there are. */
const said: Record<string, { and: string; or: string }> = {
  0: { and: '', or: '' },
  1: { and: 'Ann', or: 'Ann' },
  2: { and: 'Ann and Ben', or: 'Ann or Ben' },
  3: { and: 'Ann, Ben and Cat', or: 'Ann, Ben or Cat' },
  4: { and: 'Ann, Ben, Cat and Dan', or: 'Ann, Ben or Cat' },
  5: { and: 'Ann, Ben, Cat, Dan and Eve', or: 'Ann, Ben or Cat' },
  6: { and: 'Ann, Ben, Cat, Dan, Eve and 1 other', or: 'Ann, Ben or Cat' },
  7: { and: 'Ann, Ben, Cat, Dan, Eve and 2 others', or: 'Ann, Ben or Cat' },
};

describe('names in a sentence', () => {
  for (const [count, { and, or }] of Object.entries(said)) {
    it(`of ${count}: ${and || 'nothing'}`, () => {
      assert.equal(spoken(names.slice(0, Number(count))), and);
      assert.equal(anyOf(names.slice(0, Number(count))), or);
    });
  }

  it('as many as there is room for', () => {
    assert.equal(spoken(names, 2), 'Ann, Ben and 5 others');
    assert.equal(anyOf(names, 7), 'Ann, Ben, Cat, Dan, Eve, Fay or Gus');
  });
});

describe('a line that begins', () => {
  it('has a capital, and the rest as it was', () => {
    assert.deepEqual(['it', 'iT is', 'It', 'émile', ''].map(capital), ['It', 'IT is', 'It', 'Émile', '']);
  });
});
