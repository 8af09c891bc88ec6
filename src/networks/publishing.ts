import type { Video } from '../rules/publishing/video.js';
import type { ProfileType } from '../rules/types.js';
import type { LinkTarget } from './link.js';
import type { NetworkTrouble, Tokens } from './network.js';

/**
 * Why nothing is there, when the network said so or was never reached. `signIn`: somebody signs in again. `notAllowed`:
 * a role, a rule or a plan forbids it. `setUp`: an administrator mends the app. `money`: the app's credits are used up.
 * `wait`: too fast. `duplicate`: the same text is there from earlier. `refused`: the network does not take this text.
 */
export type NotThereReason =
  | 'unreachable'
  | 'signIn'
  | 'notAllowed'
  | 'setUp'
  | 'money'
  | 'wait'
  | 'duplicate'
  | 'targetGone'
  | 'tooLong'
  | 'refused';

/** Surely not there. */
export type NotThere = {
  kind: 'notThere';
  reason: NotThereReason;
  /** A sentence of ours for people; never the network's own text, which can quote a token. */
  detail: string;
  /** Not before then; given with `hold`. */
  retryAt?: Date;
  /** What waits until `retryAt`: this profile, or every profile of this network. */
  hold?: 'profile' | 'network';
  /** What the answer says of the sign-in or of the network's patience, for whoever keeps that. */
  trouble?: NetworkTrouble;
  /** What was carried over before is not there any more: all of it has to be, anew. */
  isForgotten?: true;
};

/**
 * What came of the one dangerous call: surely there, surely not there, or lost. Whatever is `unknown` is looked up and
 * never sent again by itself.
 */
export type Sent = { kind: 'there'; id: string } | NotThere | Unknown;

/** `named`: the post that the network called the same as this one. It may be this one, an older one, or none. */
export type Unknown = { kind: 'unknown'; hint: string; named?: string };

/** A post as the network shows it. `text` is plain, as a reader sees it. */
export type Found = { id: string; at: Date; text: string; url: string };

/** The profile as its network knows it. */
export type Author = { externalId: string; handle: string; type: ProfileType };

/** `stops`: it cannot be sent so. Else it is only worth knowing before sending. */
export type Problem = { code: string; sentence: string; fix?: string; stops: boolean };

export type Preview = {
  /** Exactly what goes out, byte for byte. */
  wire: string;
  count: number;
  limit: number;
  /** What is counted: "characters as X counts them". */
  unit: string;
  problems: Problem[];
  /** Links as the network sees them, also those that nobody meant. */
  links: string[];
  price?: { usd: number; why: string };
};

/** A picture as one network gets it. `alt`: what it shows, in words; may be empty. `address`: where it can be fetched. */
export type PictureToSend = { bytes: Uint8Array; type: 'image/jpeg' | 'image/png'; alt: string; address?: string };

/** How one profile type takes pictures: before the post, where nobody sees them yet, so it may be repeated. */
export type TakesPictures = {
  /** In one post. */
  least?: number;
  most: number;
  /** Of each. */
  mostBytes: number;
  mostPixels?: number;
  mostWidth?: number;
  jpegOnly?: true;
  /** Of the width to the height. */
  sides?: { least: number; most: number };
  /** Several are all shown in the form of the first. */
  cutsLikeFirst?: true;
  altLimit: number;
  /** The network fetches them while `upload` runs: each needs an address. */
  isFetched?: true;
  /**
   * Their ids at the network, in the same order; or one for all of them. `wire`: the text that they go out with. Throws as
   * `lookUp` does.
   */
  upload(tokens: Tokens, what: { author: Author; wire: string; pictures: readonly PictureToSend[] }): Promise<Uploaded>;
};
export type Uploaded = { kind: 'ready'; ids: string[] } | Cannot | Later;

/**
 * A video as one network gets it. `read`: its bytes from one place to before another; undefined: they are not kept, or nobody
 * wants them there, any more.
 */
export type VideoToSend = Omit<Video, 'id' | 'hash'> & {
  read(from: number, to: number): Promise<Uint8Array | undefined>;
  /** Opens an address at which the network can fetch it, for a while. */
  address?(): Promise<string>;
};

/** How one profile type takes a video: as far as may be before the post, where nobody sees it yet. */
export type TakesVideos = {
  /** There is no post without one. */
  isNeeded?: true;
  leastBytes?: number;
  mostBytes: number;
  leastSeconds?: number;
  mostSeconds: number;
  /** Of the width to the height. */
  sides?: { least: number; most: number };
  mp4Only?: true;
  /** As `codecs` of a video names them; absent: the network says later what it cannot read. */
  codecs?: readonly string[];
  /** Absent: a video has no title there. `without`: signs that it may not have. */
  title?: { most: number; without?: string; isNeeded?: true };
  /** It has to be told who may see the video, and whether it is made for children. */
  asksAudience?: true;
  /** Carries it over; repeating it does no harm. Throws as `lookUp` does. */
  upload(tokens: Tokens, what: ToCarry): Promise<Uploaded>;
};

/**
 * A video on its way. `session`: where an earlier try left it. `keep` writes that down, and is waited for before the first byte
 * goes; false: nobody wants it any more.
 */
export type ToCarry = {
  author: Author;
  wire: string;
  video: VideoToSend;
  session?: string;
  keep(session: string): Promise<boolean>;
};

export type ToSend = {
  author: Author;
  wire: string;
  /** A video that the network has already, but for what makes it one. `session`, `uploads`: what came of carrying it over. */
  video?: VideoToSend & { session?: string; uploads?: readonly string[] };
  /** Pictures that the network has already, with their words. */
  pictures?: readonly { id: string; alt: string }[];
  /** When this intent's bytes may first have left, if it was sent before: then "duplicate" may mean itself. */
  firstSentAt?: Date;
};

/**
 * `found` may be empty, or hold more than one: then a person looks. An id that another intent has proven is not this one.
 * `begun`: posts with the beginning of the text, where none has the whole; only a person can say what they are.
 */
export type LookedUp = { kind: 'found'; posts: Found[]; begun?: Found[] } | Cannot | Later;
export type Read = { kind: 'there'; text: string; at?: Date; url?: string } | { kind: 'gone' } | Cannot | Later;
export type TakenBack = { kind: 'gone' } | Cannot | Later;
export type Cannot = { kind: 'cannot'; why: string };
export type Later = { kind: 'later'; at?: Date };

/**
 * How one profile type publishes text. Only `publish` is dangerous; everything else may be repeated. `publish` never
 * throws. The others throw `NetworkTrouble` of the kinds `stale` and `dead` alone, so that whoever keeps the sign-ins
 * refreshes or asks for a new one.
 */
export type Publishing = {
  preview(text: string): Preview;
  /** One call on a fresh connection, without any retry. */
  publish(tokens: Tokens, what: ToSend, signal?: AbortSignal): Promise<Sent>;
  /** Posts of this author with the same text, made between `from` and `to`. `uploads`, `video`: what was carried over for it. */
  lookUp(
    tokens: Tokens,
    what: {
      author: Author;
      wire: string;
      from: Date;
      to: Date;
      uploads?: readonly string[];
      video?: Pick<Video, 'title' | 'bytes'> & { session?: string };
    },
  ): Promise<LookedUp>;
  /** What the network shows under this id now; and its link, where the id alone does not tell it. */
  read(tokens: Tokens, what: { author: Author; id: string }): Promise<Read>;
  takeBack(tokens: Tokens, what: { author: Author; id: string }): Promise<TakenBack>;
  /** Absent: it takes text alone. */
  pictures?: TakesPictures;
  videos?: TakesVideos;
  /** After a lost answer it may be made again: a second one changes nothing. Then there is no need to look it up. */
  isRepeatable: boolean;
  /** The network shows these to people alone: no look of an app ever finds one. */
  peopleOnly?: true;
  /** What taking back costs and changes, said before it is done. */
  takeBackCost: string;
  /** The network lets nobody take it back by a call. */
  cannotTakeBack?: true;
  /** Whether a text that was sent and one that the network shows are the same to a reader. */
  isSame(wire: string, shown: string): boolean;
  /** Where a browser sees the post. */
  permalink(author: Author, id: string): string;
};

/** What is reacted to: a post, or a comment on it. `link`: where a browser sees it, once somebody pasted it. */
export type Target = { id: string; comment?: string; link?: string };

/** What a profile may do with somebody's post. `share`: to its own followers. */
export const reactions = ['reply', 'like', 'share'] as const;
export type Reaction = (typeof reactions)[number];

/**
 * What a link turns out to be for one profile, asked before anybody types. `at`: with who wrote it and its text, where the
 * network shows them. `pick`: the link hides which post it is, and these are the profile's last ones.
 */
export type Aimed =
  | { kind: 'at'; to: Target; by?: string; text?: string }
  | { kind: 'pick'; posts: Found[] }
  | { kind: 'no'; sentence: string; fix: string }
  | Later;

/** The reactions of one profile type, each as something to publish. One that is missing says why in the type's facts. */
export type Reacting = Partial<Record<Reaction, (to: Target) => Publishing>> & {
  /** What a sign-in has to hold. */
  scopes: (reaction: Reaction) => readonly string[];
  /** Absent: the link says all there is to know. Throws as `lookUp` does. */
  aim?: (tokens: Tokens, what: { author: Author; link: LinkTarget; reaction: Reaction }) => Promise<Aimed>;
};
