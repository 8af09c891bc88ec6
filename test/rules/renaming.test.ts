import assert from 'node:assert/strict';
import { matchProfiles } from '../../src/operations/core/findProfile.js';
import { followRename, formerNames } from '../../src/rules/signins/renaming.js';
import { days, now, profile } from './world.js';

const moment = { now, id: 'op1' };
const seen = { handle: 'contoso_hq', name: 'Contoso HQ', url: 'https://x.com/contoso_hq' };
const until = days(90);

describe('a profile whose account was renamed at its network', () => {
  const renamed = followRename(profile(), seen, 'X', moment) ?? assert.fail();

  it('takes the new names, keeps the old one for ninety days, and its history says what happened', () => {
    const { handle, name, url, formerNames: former } = renamed;
    assert.deepEqual({ handle, name, url }, seen);
    assert.deepEqual(former, [{ handle: 'contoso', name: 'Contoso', until }]);
    const records = renamed.outbox.flatMap((entry) => (entry.kind === 'audit' ? [entry.record] : []));
    assert.deepEqual(
      records.map(({ actor, operation, what }) => [actor.name, operation, what]),
      [['X', 'rename', 'shows it renamed from @contoso to @contoso_hq']],
    );
  });

  it('stays as it is when nothing is new, and when it is deleted', () => {
    assert.equal(followRename(profile(), { handle: 'contoso', name: 'Contoso' }, 'X', moment), undefined);
    assert.equal(followRename(profile({ deleted: true }), seen, 'X', moment), undefined);
  });

  it('says the name where only that changed', () => {
    const next = followRename(profile(), { handle: 'contoso', name: 'Contoso Ltd' }, 'X', moment);
    const [entry] = next?.outbox ?? [];
    assert.equal(entry?.kind === 'audit' && entry.record.what, 'shows it renamed from "Contoso" to "Contoso Ltd"');
    assert.deepEqual(formerNames(next ?? assert.fail(), now), [{ handle: 'contoso', name: 'Contoso', until }]);
  });

  it('keeps the last five names, each once, and none that it has again', () => {
    let one = profile();
    for (const handle of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'a']) {
      one = followRename(one, { handle, name: handle.toUpperCase() }, 'X', moment) ?? one;
    }
    assert.deepEqual(
      formerNames(one, now).map(({ handle }) => handle),
      ['c', 'd', 'e', 'f', 'g'],
    );
  });

  it('is found by both names for a while; whoever has the name now comes first', () => {
    const found = (words: string, at = now, all = [renamed]) => matchProfiles(words, all, at).map(({ id }) => id);
    for (const words of ['@contoso_hq', 'Contoso HQ', '@contoso', 'x:contoso', 'Contoso']) {
      assert.deepEqual(found(words), ['p1'], words);
    }
    const taker = profile({ id: 'p2', externalId: '77' });
    assert.deepEqual(found('@contoso', now, [renamed, taker]), ['p2']);
    const other = { ...renamed, handle: 'fabrikam', name: 'Fabrikam' };
    assert.deepEqual(found('@contoso', days(89), [other]), ['p1']);
    assert.deepEqual(found('@contoso', days(91), [other]), []);
  });
});
