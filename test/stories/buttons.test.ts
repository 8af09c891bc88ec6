import assert from 'node:assert/strict';
import { Story } from './story.js';

/** Who says what, in turn; what a card asks for is pressed with `>`. */
const tale: readonly (readonly [who: string, ...said: string[]])[] = [
  ['megan', 'help', 'help all', 'profiles', 'show contoso', 'health', 'history contoso', 'claims', 'posts', 'notices'],
  ['megan', 'share contoso', 'invite contoso', 'delete contoso', 'leave contoso', 'forget contoso', 'renew contoso'],
  [
    'megan',
    'share @marketing contoso',
    'share everyone contoso',
    'show contoso',
    'show',
    'add',
    'add x',
    'show nobody',
  ],
  ['ben', 'profiles', 'show contoso', 'health', 'claim contoso', '>Ask the owners', 'claim contoso', 'claims'],
  [
    'ben',
    'show contoso',
    'post contoso "Hello"',
    '>Send',
    'posts',
    'history contoso',
    'freeze contoso',
    'show contoso',
  ],
  ['ben', 'post contoso "Again"', 'posts'],
  [
    'megan',
    'claims',
    '>Look at it',
    'posts contoso',
    'show contoso',
    'share chris.green@contoso.example contoso with approval',
  ],
  ['alex', 'help all', 'profiles', 'profiles all', 'show contoso', 'health', 'history contoso', 'policy', 'roles'],
  ['alex', 'what if megan@contoso.example leaves', 'thaw contoso "over"', 'role alex@contoso.example reader', 'claims'],
  ['lynne', 'thaw contoso "over"', 'show contoso', 'approvals off', 'role adele@contoso.example reader'],
  ['adele', 'help', 'help all', 'profiles', 'show contoso', 'health', 'claims', 'posts', 'notices'],
  ['chris.green', 'profiles', 'show contoso', 'post contoso "Low prices"', '>Send', 'posts', 'claims'],
  ['megan', 'claims', '>Look at it', '>Approve', 'posts', 'health', 'unshare @marketing contoso'],
  ['patti', 'profiles', 'show contoso', 'claims', 'profiles ownerless', 'profiles shared', 'health'],
];

describe('whatever anybody looks at', () => {
  let story: Story;
  before(async () => {
    story = await Story.open();
    await story.player('megan').adds('contoso');
    await story.player('megan').adds('fabrikam');
  });
  after(() => story.close());

  for (const [who, ...said] of tale) {
    it(`has no button that would be refused: ${who}, ${said.join(', ')}`, async () => {
      const person = story.player(who);
      for (const words of said) {
        await (words.startsWith('>') ? person.clicks(words.slice(1)) : person.says(words));
        assert.deepEqual(await person.refused(), [], `after "${words}":\n${person.words()}`);
      }
    });
  }
});
