import type { ChannelPlace, SignedIn } from '../../rules/decision.js';
import type { Asked, Moment, Operation } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import type { Actor, Place, Profile, ProfileId } from '../../rules/types.js';
import type { ConfirmDoc } from '../../store/collections.js';
import type { Authenticated } from '../people/actor.js';
import type { AsOf } from '../people/memberships.js';
import type { Outcome } from './outcome.js';
import type { Parts } from './parts.js';

/** Who asks, with the id of this delivery and whether only they can see the answer. */
export type Caller = Authenticated & {
  id: string;
  /** When it was said: words such as "for 1 hour" and the rules mean the same moment. */
  now?: Date;
  personal: boolean;
  /** This delivery was begun before, and what came of that is not known. */
  again?: boolean;
  /** The channel it was said in. */
  channel?: ChannelPlace;
  /** The channel or group chat it was said in, to say more there later. */
  askedIn?: Place;
  /** Asks Teams what the mentions in the message mean, and reads it again: only for who may ask for it. */
  known?: () => Promise<Asked>;
  /** What is attached to the message, in order. */
  attached?: readonly Attached[];
};

/** Fetches an attached file of at most so many megabytes: only for who may ask for it. */
export type Attached = (mostMb: number) => Promise<Buffer | Refusal>;

/** What comes with an operation that was asked before: a yes, or a proven sign-in. */
export type Earlier = { confirm?: ConfirmDoc; proof?: Proof };
/** An account that was signed in to. Its tokens are sealed for the very profile that is written, in the attempt that writes it. */
export type Proof = Omit<SignedIn, 'grant'> & { seal: (profile: ProfileId) => SignedIn['grant'] };

/** One operation on its way: every name in it is an id, and nothing is decided yet. */
export type Step = {
  actor: Actor;
  /** As it was when rights were looked at; deciding reads it anew only when somebody wrote meanwhile. */
  profile?: Profile;
  operation: Operation;
  asked: Asked;
  moment: Moment;
  earlier: Earlier;
  asOf: AsOf | undefined;
  /** Whether the account of the actor works now: asked once it is clear that they may do it. Absent: no need to ask. */
  closedNow?: () => Promise<Refusal | undefined>;
  channel?: ChannelPlace;
  askedIn?: Place;
};

/** Runs an operation, with what came of an earlier question or sign-in. */
export type Run = (services: Parts, caller: Caller, asked: Asked, earlier: Earlier) => Promise<Outcome>;
