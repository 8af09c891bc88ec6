import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Parts } from '../../src/operations/core/parts.js';
import type { Caller } from '../../src/operations/core/step.js';
import { proveByCode } from '../../src/operations/linkouts/linkoutProof.js';
import { about } from '../../src/operations/linkouts/linkouts.js';
import { allowances } from '../../src/operations/people/limits.js';
import { StoreBusy } from '../../src/store/store.js';
import { type Kit, startKit, tenant } from './grants-kit.js';

const right = '314159';
const person = 'ann';
const caller = (id: string): Caller => ({
  actor: { tenant, id: person, name: 'Ann', role: 'responder', admin: false, groups: [], timeZone: 'UTC' },
  person: undefined,
  id,
  personal: true,
});

describe('the code of a sign-in', () => {
  let kit: Kit;
  let links = 0;
  beforeEach(async () => {
    kit = await startKit();
  });
  afterEach(() => kit.stop());

  /** A sign-in that came back and waits for its code. */
  async function waits(): Promise<string> {
    const doc = { tenant, id: `link-${links++}`, person };
    const expires = new Date(kit.harness.now().getTime() + 600_000);
    await kit.collections.linkouts.insert({
      ...{ ...doc, version: 1, personName: 'Ann', why: 'add', type: 'x-user', phase: 'returned', expires },
      ...{ waiting: { kind: 'add', type: 'x-user' }, picked: [], triesLeft: 5 },
      sealedCode: kit.one.vault.seal(right, about(doc, 'code')),
      sealedTokens: kit.one.vault.seal(JSON.stringify({ tokens: {}, accounts: [] }), about(doc, 'tokens')),
    });
    return doc.id;
  }

  const say = async (services: Parts, digits: string, id: string) => {
    try {
      const outcome = await proveByCode(services, caller(id), digits, async () => assert.fail('no account was picked'));
      return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
    } catch (error) {
      // A server that says so compared nothing.
      if (error instanceof StoreBusy) return 'busy';
      throw error;
    }
  };

  /** What each of these guesses, all said at the same moment to two processes, was answered. */
  const all = (guesses: readonly string[]) =>
    Promise.all(guesses.map((digits, n) => say(n % 2 ? kit.one : kit.other, digits, `a${n}-${links}`)));

  const looked = (answers: readonly string[]) =>
    answers.filter((answer) => answer === 'codeWrong' || answer === 'signedIn').length;

  it('is compared with five guesses, of 3,000 at the same moment in two processes, the right one among them', async () => {
    await waits();
    const guesses = Array.from({ length: 3000 }, (_, n) => String(n).padStart(6, '0'));
    guesses[1500] = right;
    const answers = await all(guesses);
    const compared = looked(answers);
    const known = ['busy', 'codeNone', 'codeWrong', 'codesTooMany', 'signedIn'];
    assert.deepEqual(
      answers.filter((answer) => !known.includes(answer)),
      [],
    );
    assert.ok(compared >= 1 && compared <= 5, `${compared} compared`);
    if (!answers.includes('busy')) assert.equal(compared, 5);
    if (compared === 5) assert.equal(await say(kit.one, right, 'after'), 'codeNone');
  });

  it('is compared with five guesses at most, wherever the right one stands and however many come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.nat(), async (wrong, at) => {
        const link = await waits();
        const guesses = Array.from({ length: wrong }, (_, n) => String(n).padStart(6, '0'));
        guesses.splice(at % (wrong + 1), 0, right);
        const answers = await all(guesses);
        assert.ok(looked(answers) <= 5, answers.join(' '));
        assert.ok(answers.filter((answer) => answer === 'signedIn').length <= 1);
        if (wrong < 5 && !answers.includes('busy'))
          assert.equal(answers.filter((answer) => answer === 'signedIn').length, 1, answers.join(' '));
        await kit.collections.linkouts.delete(tenant, link);
        await kit.collections.allowances.delete(tenant, `code:${person}`);
      }),
      { numRuns: process.env.MONGODB_URI ? 5 : 40 },
    );
  });

  it('can be tried ten times by one person in ten minutes, however many links they have; right ones do not count', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 4; n++) {
      await waits();
      assert.equal(await say(kit.one, right, `right-${n}`), 'signedIn');
    }
    for (let n = 0; n < 3; n++) {
      await waits();
      for (let wrong = 0; wrong < 4; wrong++) answers.push(await say(kit.one, '000000', `w${n}-${wrong}`));
      for (const { id } of await kit.collections.linkouts.find(tenant, { person }))
        await kit.collections.linkouts.delete(tenant, id);
    }
    assert.equal(looked(answers), allowances.code.most);
    assert.deepEqual(answers.slice(-2), ['codesTooMany', 'codesTooMany']);
    await waits();
    assert.equal(await say(kit.one, right, 'too soon'), 'codesTooMany');
  });

  it('works once, for one of those who say it at the same moment; a delivery that came too late is no wrong code', async () => {
    for (let round = 0; round < allowances.code.most; round++) {
      await waits();
      const answers = await all([right, right, right]);
      assert.equal(answers.filter((answer) => answer === 'signedIn').length, 1, answers.join(' '));
      const kept = await kit.collections.allowances.get(tenant, `code:${person}`);
      if (!answers.includes('busy')) assert.equal(kept?.spent ?? 0, 0, answers.join(' '));
    }
  });
});
