import type { Operation } from '../../src/rules/operation.js';
import { type Aim, actWord, type Draft, type Intent } from '../../src/rules/publishing/intent.js';
import { targetKeyOf } from '../../src/rules/publishing/reacting.js';
import { refuse } from '../../src/rules/refusals.js';
import { ada, ann, ben, cat, given, same } from './effects.js';
import { days, intentOf, now, profile, seconds, shareWith } from './world.js';

const about = profile({ shares: [shareWith('person', 'ben')] });
const target = { link: 'https://x.com/adele/status/17', id: '17', by: '@adele', text: 'Well done @contoso' };
const at: Aim = { kind: 'at', profile: about, target };
const draft: Draft = { profile: about, handle: '@contoso (X profile)', wire: 'Thanks', hash: 'h', problems: [] };
const reply = (more: object = {}): Operation => ({
  kind: 'reply',
  link: target.link,
  profiles: [],
  text: 'Thanks',
  ...more,
});
const loaded = (aim: Aim | undefined, drafts: Draft[] = [draft], intents: Intent[] = []) => ({
  publishing: { drafts, intents, profiles: new Map([['p1', about]]), ...(aim ? { aim } : {}) },
});
const reaction = (more: Partial<Intent> = {}): Intent =>
  intentOf({
    ...{ author: { id: 'ben', name: 'Ben' }, authorId: 'ben', text: 'Thanks', wire: 'Thanks' },
    ...{ kind: 'reply', target, targetKey: 'x:17', expires: days(1) },
    ...more,
  });
/** What a turn writes of it. */
const asked = (more: Partial<Intent> = {}) => {
  const { version: _, outbox: __, ...set } = reaction({ id: 'op1.p1', posting: 'op1', ...more });
  return set;
};

describe('a reaction', () => {
  it('becomes a preview that says what it is about; nothing is promised yet', () => {
    given(undefined, loaded(at))
      .when(ben, reply())
      .gives({ intents: [{ set: asked(), audit: [], told: [], card: false }] });
    given(undefined, loaded(at, [{ ...draft, wire: '' }]))
      .when(ben, { kind: 'repost', link: target.link, profiles: ['p1'] })
      .gives({ intents: [{ set: asked({ kind: 'repost', text: '', wire: '' }), audit: [], told: [], card: false }] });
  });

  it('that is a reply without words is asked for them', () => {
    const { text: _, ...wordless } = reply() as Extract<Operation, { kind: 'reply' }>;
    given(undefined, loaded(at, [])).when(ben, wordless).gives({ composes: true });
    given(undefined, loaded(at))
      .when(ben, reply({ form: true }))
      .gives({ composes: true });
  });

  it('asks which profile, or which post, where that is not clear', () => {
    given(undefined, loaded({ kind: 'choose', profiles: [about] }, []))
      .when(ben, reply())
      .gives({ aims: true });
    given(undefined, loaded({ kind: 'pick', profile: about, posts: [] }, []))
      .when(ben, reply())
      .gives({ aims: true });
  });

  it('says why nothing can be done with a link', () => {
    const no: Aim = { kind: 'no', sentence: 'X shows nothing under this link.', fix: 'Paste another.' };
    given(undefined, loaded(no, []))
      .when(ben, reply())
      .gives({ refused: refuse('cannotReact', no.sentence, no.fix) });
  });

  it('is for those who may publish, whatever the link', () => {
    for (const aim of [at, { kind: 'pick', profile: about, posts: [] }] satisfies Aim[]) {
      given(undefined, loaded(aim))
        .when(cat, reply())
        .gives({ refused: refuse('notFound') });
      given(undefined, loaded(aim))
        .when(ada, reply())
        .gives({ refused: refuse('mayNotPublish', '@contoso (X profile)', ['Ann']) });
    }
    // Who named a profile hears of it alone, not of the link.
    given(undefined, loaded(undefined, []))
      .when(cat, reply({ profiles: ['p1'] }))
      .gives({ refused: refuse('notFound') });
    given(undefined, loaded(undefined, []))
      .when(ann, reply())
      .gives({ refused: refuse('notFound') });
  });

  it('takes the place of the preview it was changed from', () => {
    const before = reaction();
    given(undefined, loaded(at, [draft], [before]))
      .when(ben, reply({ instead: 'q' }))
      .gives({
        intents: [
          { set: { state: 'stopped', why: { code: 'replaced' } }, audit: [], told: [], card: true },
          { set: asked(), audit: [], told: [], card: false },
        ],
      });
  });

  it('is held and recorded by its own name', () => {
    const before = reaction();
    given(undefined, loaded(undefined, [draft], [before]))
      .when(ben, { kind: 'send', posting: 'q' })
      .gives({
        intents: [
          {
            set: {
              ...{ state: 'held', at: seconds(20), due: seconds(20), expires: undefined },
              under: { as: 'share', with: 'ben', by: { id: 'ann', name: 'Ann' }, at: now },
            },
            audit: [['reply', 'asked to send a reply']],
            receipt: { under: 'share with ben by Ann of 24 November 2026' },
            told: [],
            card: true,
          },
        ],
      });
  });

  it('is to the same post as another, whichever profile is meant', () => {
    same(targetKeyOf('x-user', target), 'x:17');
    same(targetKeyOf('facebook-page', { id: '1_2', comment: '2_3' }), 'facebook:2_3');
    same(targetKeyOf('linkedin-member', target), targetKeyOf('linkedin-page', target));
    same([actWord({}), actWord({ kind: 'like' })], ['post', 'like']);
  });
});
