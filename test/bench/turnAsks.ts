import type { SignedChannel } from '../contract/signedChannel.js';

/** Somebody who talks to the bot. */
export type Asker = { id: string; teamsId: string; name: string };

const asker = (block: string, name: string, n: number): Asker => ({
  id: `${block}-0000-4000-8000-${String(n).padStart(12, '0')}`,
  teamsId: `29:${block}-${n}`,
  name: `${name} ${n}`,
});

/** Enough people, each in a chat of their own, that nobody's chat or pace reaches a limit. They see five profiles. */
export const people = Array.from({ length: 1_000 }, (_, n) => asker('cccccccc', 'Person', n));
/** Each owns one profile more, `ownedBy`, which is what they share: lists of the others stay as long as they are. */
export const owners = Array.from({ length: 300 }, (_, n) => asker('dddddddd', 'Owner', n));
export const ownedBy = (n: number): string => `own_${n % owners.length}`;

const from = (list: readonly Asker[], n: number): Asker => list[n % list.length] as Asker;
const words = (who: Asker, text: string) => ({ who, more: { text } });
const invoke = (who: Asker, name: string, value: unknown) => ({
  who,
  more: { type: 'invoke', name, value, replyToId: 'a-card' },
});

/** What is asked, the nth time, and whether the bot answers it with a message of its own. */
export type Ask = { of: (n: number) => { who: Asker; more: Record<string, unknown> }; posts: boolean };

/** One row per kind of turn that is measured. */
export const asks = {
  profiles: { posts: true, of: (n) => words(from(people, n), 'profiles') },
  show: { posts: true, of: (n) => words(from(people, n), `show contoso_${n % 5}`) },
  /** A write: each time with somebody else, until the list of shares is long. */
  share: {
    posts: true,
    of: (n) => {
      const whom = from(people, Math.floor(n / owners.length) * 7 + n);
      return words(from(owners, n), `share ${mailOf(whom)} ${ownedBy(n)}`);
    },
  },
  /** A card's button: the new card is the body of the answer. */
  click: {
    posts: false,
    of: (n) => {
      const data = { do: { kind: 'show', profile: { id: `p${n % 5}` } } };
      return invoke(from(people, n), 'adaptiveCard/action', { action: { type: 'Action.Execute', verb: 'show', data } });
    },
  },
  typeahead: {
    posts: false,
    of: (n) =>
      invoke(from(people, n), 'application/search', {
        kind: 'search',
        queryText: `Person ${n % 100}`,
        queryOptions: { skip: 0, top: 15 },
        dataset: 'principals',
      }),
  },
  preview: { posts: true, of: (n) => words(from(people, n), `post contoso_${n % 5} "Good news, number ${n}"`) },
} as const satisfies Record<string, Ask>;
export type AskName = keyof typeof asks;

export const mailOf = ({ name }: Asker): string => `${name.toLowerCase().replace(' ', '.')}@contoso.example`;

/** The activity as Teams posts it. */
export function activityFor(channel: SignedChannel, ask: AskName, n: number): string {
  const { who, more } = asks[ask].of(n);
  return JSON.stringify(
    channel.activity({
      from: { id: who.teamsId, name: who.name, aadObjectId: who.id },
      conversation: { id: `a:${who.teamsId}`, conversationType: 'personal', tenantId: channel.tenant },
      ...more,
    }),
  );
}
