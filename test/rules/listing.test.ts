import assert from 'node:assert/strict';
import { listingOf } from '../../src/rules/listing.js';
import { days, profile } from './world.js';

describe('where lists have a profile, and by what it is found', () => {
  const order = (...names: string[]) =>
    names
      .map((name, at) => profile({ id: `p${at}`, type: 'linkedin-page', handle: `h${at}`, name }))
      .sort((a, b) => ((a.sortName ?? '') < (b.sortName ?? '') ? -1 : 1))
      .map(({ name }) => name);

  it('is in order by the name that people see, whatever its case and accents, shorter ones first', () => {
    assert.deepEqual(order('Zoo', 'éclair', 'Eclair', 'apple pie', 'Apple', 'ägypten', 'Öl'), [
      ...['ägypten', 'Apple', 'apple pie', 'Eclair', 'éclair', 'Öl', 'Zoo'],
    ]);
  });

  it('has those of one name in the order of their networks', () => {
    const types = ['youtube-user', 'x-user', 'instagram-account'] as const;
    const keys = types.map((type) => profile({ type }).sortName ?? '').sort();
    assert.deepEqual(
      keys.map((key) => key.split('\t').at(-1)),
      ['instagram', 'x', 'youtube'],
    );
  });

  it('is found by its handle, its name and as sentences name it, by names it had, and by the beginning of each word', () => {
    const { names, network } = listingOf(
      profile({
        handle: 'Contoso_EMEA',
        name: 'Contoso Support',
        formerNames: [{ handle: 'OldHandle', name: 'Old Name', until: days(1) }],
      }),
    );
    assert.equal(network, 'x');
    assert.deepEqual(names, [
      ...['=contoso_emea', '=contoso support', '=contoso_emea (x profile)', '~oldhandle', '~old name'],
      ...[':contoso_emea', ':emea', ':contoso support', ':support'],
    ]);
  });

  it('is found by words within one: at a capital, at a number, and where a script has no spaces', () => {
    const parts = (name: string) =>
      (listingOf(profile({ handle: 'h', name })).names ?? []).filter((key) => /^:.{2}/.test(key));
    assert.deepEqual(parts('ContosoFrance'), [':contosofrance', ':france']);
    assert.deepEqual(parts('shop12 berlin'), [':shop12 berlin', ':12 berlin', ':berlin']);
    assert.ok(parts('東京支店').includes(':支店'));
    assert.equal(parts(`${'a b '.repeat(400)}`).length <= 12, true, 'not by every word of a text');
  });

  it('is nowhere once it is deleted', () => {
    assert.deepEqual(listingOf(profile({ deleted: true })), {});
    const { sortName, names, network } = profile({ deleted: true });
    assert.deepEqual([sortName, names, network], [undefined, undefined, undefined]);
  });
});
