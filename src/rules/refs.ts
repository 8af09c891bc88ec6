import type { PersonId, ProfileId } from './ids.js';

/** A profile as somebody named it: by id (a click), in words (`@contoso`, `x:contoso`), or not at all: then it is asked. */
export type ProfileRef = { id: ProfileId } | { words: string } | { any: true };
export const channelKinds = ['standard', 'private', 'shared'] as const;
export type ChannelKind = (typeof channelKinds)[number];
/** A channel that was mentioned: it stands for its team. */
export type ChannelRef = { name: string; kind?: ChannelKind };

/** A principal as somebody named it. */
export type WhoRef =
  | { person: PersonId }
  | { group: string; channel?: ChannelRef }
  | { everyone: true }
  /** A tag of a team, if the team has one of that id or name: its people. Else only a name. */
  | { tag: { team: string; id: string; name: string } }
  | { words: string };

/** The picker's boxes, or what is in them to look at once more. */
export type Picking = { review?: true };

/**
 * What is asked of a post. `form`: shown as a form to fill. `instead`: takes that preview's place. `alts`: what each of
 * `pictures` shows, as written into the form. `video`: in the place of pictures.
 */
export type PostForm = {
  text?: string;
  at?: Date;
  form?: true;
  instead?: string;
  pictures?: string[];
  alts?: string[];
  video?: string;
};
