import assert from 'node:assert/strict';
import { type Answer, type Row, rights } from './rightsTable.js';
import { type Person, persons, Rights } from './rightsWorld.js';

/** What everybody hears who is not let in, whatever they ask for. */
const shut: Partial<Record<Person, Answer>> = {
  disabled: 'disabled',
  unknown: 'nobodyThere',
  foreign: 'foreignTenant',
};

function expected({ answers, reader = 'readerOnly', outside }: Row): Record<Person, Answer> {
  const closed = outside ? { disabled: outside, unknown: outside } : {};
  const all: Partial<Record<Person, Answer>> = { ...shut, ...closed, reader };
  for (const [answer, who] of Object.entries(answers)) {
    for (const person of who) {
      assert.equal(all[person], undefined, `${person} stands in the row twice`);
      all[person] = answer as Answer;
    }
  }
  assert.deepEqual(Object.keys(all).sort(), [...persons].sort(), 'everybody stands in the row');
  return all as Record<Person, Answer>;
}

describe('who may what', () => {
  let world: Rights;
  before(async () => {
    world = await Rights.open();
  });
  after(() => world.story.close());
  // Within what one person may ask for in a minute, and before what is known of people gets old.
  let rows = 0;
  beforeEach(() => {
    rows += 1;
    if (rows % 15 === 0) world.story.passes({ minutes: 1 });
  });

  /** By a click, in the tab and in words; and how many calls the directory and the networks had for a no. */
  async function answersTo({ asked, words }: Row, person: Person): Promise<{ answers: string[]; calls: number }> {
    const ways = [
      () => world.clicks(person, asked(world.subject)),
      ...(person === 'foreign' ? [] : [() => world.inTab(person, asked(world.subject))]),
      ...(words ? [() => world.says(person, words)] : []),
    ];
    const answers = new Set<string>();
    let calls = 0;
    for (const way of ways) {
      const before = world.calls();
      const answer = await way();
      if (answer !== 'yes') calls += world.calls() - before;
      answers.add(answer);
      await world.restore();
    }
    return { answers: [...answers], calls };
  }

  for (const [kind, rows] of Object.entries(rights)) {
    for (const row of rows) {
      it(`${row.words ?? kind}: is answered by rights alone, in every way, and a no makes no call`, async () => {
        const heard: Partial<Record<Person, string>> = {};
        const called: Partial<Record<Person, number>> = {};
        for (const person of persons) {
          const { answers, calls } = await answersTo(row, person);
          heard[person] = answers.join(' or ');
          const mayAsk = ['disabled', 'unknown', ...(row.looksUp ?? [])].includes(person);
          // What is known of admins may just have grown old: then it does not once more.
          if (calls > 0 && !mayAsk && (await answersTo(row, person)).calls > 0) called[person] = calls;
        }
        assert.deepEqual(heard, expected(row));
        assert.deepEqual(called, {});
      });
    }
  }

  it('colleagues are found by who has a profile to share or gives roles; nobody else searches the directory', async () => {
    const finds: Partial<Record<Person, boolean>> = {};
    for (const person of persons) {
      const before = world.calls();
      const found = await world.searches(person, 'adele');
      finds[person] = found.length > 0;
      if (found.length === 0) assert.equal(world.calls(), before, person);
    }
    const searchers: Person[] = ['owner', 'cooling', 'admin'];
    assert.deepEqual(finds, Object.fromEntries(persons.map((person) => [person, searchers.includes(person)])));
  });
});
