import { decideClaim, withdraw } from './claims/claimDecisions.js';
import { claim } from './claims/claiming.js';
import { object, vouch } from './claims/objecting.js';
import type { Deciding, Decision, State } from './decision.js';
import { refusedBefore } from './mayNot.js';
import type { Moment, Operation, OperationKind } from './operation.js';
import { invite } from './ownership/inviting.js';
import { removeOwner } from './ownership/leaving.js';
import { forget, leave, remove } from './ownership/owning.js';
import { decidePost, seeApproval, watchVideo } from './publishing/approvalDecisions.js';
import { pictures, post, send } from './publishing/asking.js';
import { lookAgain, posts, sendNow, settle, takeBack, undo } from './publishing/deciding.js';
import { freeze, freezeAll, thaw, thawAll } from './publishing/freezing.js';
import { prove } from './publishing/proving.js';
import { react } from './publishing/reacting.js';
import { refuse } from './refusals.js';
import { share, unshare } from './sharing/sharing.js';
import { allow, deny } from './signins/acquiring.js';
import { add, renew } from './signins/signing.js';
import { refuseAccess, requestAccess } from './tenant/access.js';
import { changeNotices } from './tenant/notices.js';
import { changeRole } from './tenant/roles.js';
import { changeApprovals, changePolicy } from './tenant/tenant.js';
import type { Actor, Profile } from './types.js';

type Of<K extends OperationKind> = Extract<Operation, { kind: K }>;
type Decides<K extends OperationKind> = (operation: Of<K>, deciding: Deciding) => Decision;

/** The one place that says yes or no. Pure: the same arguments give the same decision, and nothing is written here. */
export function decide(operation: Operation, actor: Actor, state: State, moment: Moment): Decision {
  const deciding: Deciding = { actor, state, moment };
  const refusal = refusedBefore(operation, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  return (rules[operation.kind] as Decides<OperationKind>)(operation, deciding);
}

const view = (): Decision => ({ kind: 'view' });

/** A rule about one profile, which is there: who may not see it was refused before. */
const on =
  <O extends Operation>(rule: (operation: O, profile: Profile, deciding: Deciding) => Decision) =>
  (operation: O, deciding: Deciding): Decision => {
    const { profile } = deciding.state;
    return profile ? rule(operation, profile, deciding) : { kind: 'refuse', refusal: refuse('notFound') };
  };

/** The rule of each operation, asked once it is clear that the actor may ask for it at all. */
const rules: { [K in OperationKind]: Decides<K> } = {
  help: view,
  profiles: view,
  browse: view,
  show: view,
  add: ({ type }, deciding) => add(type, deciding),
  share: on(share),
  unshare: on(unshare),
  invite: on(invite),
  claim: on(claim),
  withdraw: on((_, profile, deciding) => withdraw(profile, deciding)),
  approve: on(decideClaim),
  decline: on(decideClaim),
  claimcard: view,
  object: on(object),
  vouch: on(vouch),
  claims: view,
  approvals: changeApprovals,
  policy: changePolicy,
  check: view,
  renew: on((_, profile, deciding) => renew(profile, deciding)),
  forget: on((_, profile, deciding) => forget(profile, deciding)),
  leave: on((_, profile, deciding) => leave(profile, deciding)),
  delete: on((_, profile, deciding) => remove(profile, deciding)),
  removeOwner: on(removeOwner),
  whatif: view,
  history: view,
  health: view,
  allow: on(allow),
  deny: on(deny),
  role: changeRole,
  roles: view,
  requestaccess: requestAccess,
  refuseaccess: refuseAccess,
  notices: changeNotices,
  post,
  pictures,
  reply: react,
  like: react,
  repost: react,
  send,
  posts,
  undo,
  sendNow,
  takeBack,
  lookAgain,
  settle,
  approvePost: decidePost,
  declinePost: decidePost,
  approvalcard: seeApproval,
  watchVideo,
  prove,
  freeze: on(freeze),
  thaw: on(thaw),
  freezeAll,
  thawAll,
  // What they go on with is handled as itself; by the time one comes here there is nothing to go on with.
  code: () => ({ kind: 'refuse', refusal: refuse('codeNone') }),
  yes: () => ({ kind: 'refuse', refusal: refuse('confirmGone') }),
  no: () => ({ kind: 'refuse', refusal: refuse('confirmGone') }),
};
