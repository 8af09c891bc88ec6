import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import type { Card } from '../../src/bot/cards/card.js';
import { present, presentToAll } from '../../src/bot/cards/present.js';
import { renderCard } from '../../src/bot/cards/template.js';
import type { Outcome } from '../../src/operations/core/outcome.js';
import { profileTypes, typeNames } from '../../src/rules/profileTypes.js';
import { type Part, partsOf, sentencesIn, wordsIn } from './cardWalk.js';
import { outcomes, readers } from './outcomes.js';
import { faultsOf, isUnnamed } from './wording.js';

const all: Outcome[] = Object.values(outcomes).flat();
const cardsOf = (outcome: Outcome): Card[] => [
  ...readers.map((reader) => present(outcome, reader)),
  ...(outcome.kind === 'profile' ? readers.map((reader) => presentToAll(outcome, reader)) : []),
];

type Drawn = { card: Card; parts: Part[] };
/** The cards of one kind of answer, each once. */
function drawnOf(kind: string): Drawn[] {
  const cards = outcomes[kind as keyof typeof outcomes].flatMap(cardsOf);
  const once = new Map(cards.map((card) => [JSON.stringify(card), card]));
  return [...once.values()].map((card) => ({ card, parts: partsOf(renderCard(card)) }));
}

const each = <T>(found: readonly T[]): T[] => [...new Set(found)];
/** Headlines and questions. */
const headings = ({ parts }: Drawn): string[] =>
  parts.flatMap(({ part }) => (part.style === 'heading' ? [String(part.text)] : []));
const types = profileTypes.map((type) => `(${typeNames[type].label})`);

/** Choosers whose rows are each about a profile, or a type of profiles. */
const ofProfiles = new Set(['chooseProfile', 'chooseType', 'claims', 'posts', 'pickPost']);

describe('every card that an answer can be, for whoever reads it', () => {
  for (const kind of Object.keys(outcomes)) {
    describe(kind, () => {
      let drawn: Drawn[];
      before(() => {
        drawn = drawnOf(kind);
      });

      it('has words without a fault', () => {
        const words = drawn.flatMap(({ card, parts }) => [...wordsIn(parts), card.summary]);
        assert.deepEqual(each(words).flatMap(faultsOf), []);
      });

      it('names a profile with its network', () => {
        // The card of a profile says below its headline what it is.
        const isWhole = ({ name }: Card, text: string) => name === 'profile' && text === '@contoso';
        const sentences = drawn.flatMap(({ card, parts }) =>
          [...sentencesIn(parts), card.summary].filter((text) => !isWhole(card, text)),
        );
        assert.deepEqual(each(sentences).filter(isUnnamed), []);
      });

      it('shows the picture of the network whose profile the headline names', () => {
        const bare = drawn.filter((one) => {
          const isNamed = headings(one).some((text) => types.some((type) => text.includes(type)));
          return isNamed && !one.parts.some(({ part }) => part.type === 'Image') && one.card.name !== 'said';
        });
        assert.deepEqual(each(bare.flatMap(headings)), []);
      });

      if (ofProfiles.has(kind)) {
        it('shows the picture of the network in each row', () => {
          const rows = drawn.flatMap(({ parts }) => parts.filter(({ part }) => part.type === 'ColumnSet'));
          const bare = rows.map(({ part }) => JSON.stringify(part)).filter((row) => !row.includes('"Image"'));
          assert.deepEqual(
            bare.filter((row) => !/(?:Newer|Older) posts/.test(row)),
            [],
          );
        });
      }

      it('has ids once, and a headline', () => {
        for (const one of drawn) {
          const ids = one.parts.flatMap(({ part }) => ('id' in part ? [String(part.id)] : []));
          assert.deepEqual(ids, each(ids));
          assert(headings(one).length > 0 || one.card.name === 'refusal');
        }
      });
    });
  }
});

/** What the engine counted while every answer was drawn. */
async function drawn(): Promise<Profiler.ScriptCoverage[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  for (const outcome of all) cardsOf(outcome);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return result;
}

/** Cards that are no answer: posted by themselves, or part of a dialog. They have tests of their own. */
const elsewhere = new Set(['notice.js', 'cardMessage.js', 'dialog.js', 'compile.js', 'expression.js']);

describe('the answers above', () => {
  it('make use of everything that draws a card: what none of them needs has no test here', async () => {
    const folder = new URL('../../src/bot/cards/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.js') && !elsewhere.has(file));
    const counted = await drawn();
    const idle = files.flatMap((file) => {
      const { functions = [] } = counted.find(({ url }) => url === new URL(file, folder).href) ?? {};
      const unused = functions.filter(({ functionName, ranges }) => functionName && ranges[0]?.count === 0);
      return unused.map(({ functionName }) => `${file}: ${functionName}`);
    });
    assert.deepEqual(idle, []);
    assert(files.length > 30, fileURLToPath(folder));
  });
});
