import { isForGood } from '../../src/rules/publishing/hindrance.js';
import type { Draft, Intent, Picture } from '../../src/rules/publishing/intent.js';
import { hindered } from '../../src/rules/publishing/sending.js';
import { refuse } from '../../src/rules/refusals.js';
import { ann, ben, given, intentEffect, moment, same } from './effects.js';
import { days, intentOf, now, profile, seconds, shareWith } from './world.js';

const about = profile({ shares: [shareWith('person', 'ben')] });
const draft: Draft = { profile: about, handle: '@contoso (X profile)', wire: 'Hi', hash: 'h', problems: [] };
const picture: Picture = {
  ...{ id: 'pic1', hash: 'p', type: 'image/png', width: 40, height: 30, bytes: 900 },
  alt: 'A blue bike',
};
const loaded = (pictures: Picture[], intents: Intent[] = [], drafts = [draft]) => ({
  publishing: { drafts, intents, profiles: new Map([['p1', about]]), ...(pictures.length ? { pictures } : {}) },
});
const asked = (more: Partial<Intent> = {}): Intent => intentOf({ askedAt: days(-1), expires: days(1), ...more });

describe('pictures of a post', () => {
  const post = { kind: 'post', profiles: ['p1'], text: 'Hi', pictures: ['pic1'] } as const;

  it('are in the preview, with their words, and found again by their ids', () => {
    given(undefined, loaded([picture]))
      .when(ben, { ...post, profiles: ['p1'], pictures: ['pic1'] })
      .gives({
        intents: [
          {
            set: {
              ...{ tenant: 't', id: 'op1.p1', posting: 'op1', profile: 'p1', type: 'x-user' },
              ...{ handle: '@contoso (X profile)', author: { id: 'ben', name: 'Ben' }, authorId: 'ben' },
              ...{ timeZone: 'UTC', text: 'Hi', pictures: [picture], pictureIds: ['pic1'], wire: 'Hi', hash: 'h' },
              ...{ state: 'asked', askedAt: now, attempts: 0, expires: days(1) },
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
  });

  it('that are not kept any more, or are somebody else’s, make no preview', () => {
    given(undefined, loaded([]))
      .when(ben, { ...post, profiles: ['p1'], pictures: ['pic1'] })
      .gives({ refused: refuse('pictureGone') });
  });

  it('are carried over as soon as the post is held', () => {
    given(undefined, loaded([picture], [asked({ pictures: [picture], pictureIds: ['pic1'] })]))
      .when(ann, { kind: 'send', posting: 'q' })
      .gives({
        intents: [
          {
            set: { state: 'held', at: seconds(20), due: now, expires: undefined, under: { as: 'owner' } },
            audit: [['post', 'asked to send a post']],
            receipt: { under: 'owner' },
            told: [],
            card: true,
          },
        ],
      });
  });

  it('are chosen by the author of a preview of a post, while it is one', () => {
    const pictures = { kind: 'pictures', posting: 'q' } as const;
    given(undefined, loaded([], [asked()]))
      .when(ann, pictures)
      .gives({ choosesPictures: true });
    given(undefined, loaded([], [asked()]))
      .when(ben, pictures)
      .gives({ refused: refuse('postGone') });
    given(undefined, loaded([], [asked({ state: 'held' })]))
      .when(ann, pictures)
      .gives({ refused: refuse('previewOld') });
    given(undefined, loaded([], [asked({ kind: 'reply' })]))
      .when(ann, pictures)
      .gives({ refused: refuse('previewOld') });
    given(undefined, loaded([], []))
      .when(ann, pictures)
      .gives({ refused: refuse('postGone') });
  });

  it('that the network refuses end the post, and its author hears why', () => {
    const why = { code: 'pictureRefused', text: 'X does not take it.' } as const;
    same(isForGood(why), true);
    const held = asked({ state: 'held', due: now });
    const effect = intentEffect(held, hindered(held, why, moment), { id: 'bot', name: 'Social Profiles' });
    same([effect.set.state, effect.set.why, effect.set.due], ['refused', why, undefined]);
    same(effect.audit, [['send', 'did not send a post of Ann (pictureRefused)']]);
    same(
      effect.told.map(({ to, title, text }) => [to, title, text]),
      [['ann', 'Your post with @contoso (X profile) did not go out', 'X does not take it.']],
    );
  });
});
