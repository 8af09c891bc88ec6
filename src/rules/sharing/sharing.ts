import { activeOwners, activeShares, nameOf, principalName, samePrincipal } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import { endOf } from '../days.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { coolingOff } from '../ownership/owning.js';
import { refuse } from '../refusals.js';
import type { Notice, Principal, Profile, Share } from '../types.js';
import { endAfter, endWords, refusedEnd } from './ends.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;
/** A share that is made, or made again with another end. */
type Fresh = { principal: Principal; before?: Share; until?: Date; approval?: true };

/** With more people than this nobody shares whose ownership can still be contested. */
const coolingReach = 50;

export function share(operation: Of<'share'>, profile: Profile, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  if (operation.who.length === 0 || operation.picking) return { kind: 'pick' };
  const wrongEnd = refusedEnd(operation.until, moment.now, state.confirmed);
  if (wrongEnd) return { kind: 'refuse', refusal: wrongEnd };
  const fresh = operation.who.flatMap((who) => freshShare(who, operation, profile, moment.now));
  const first = operation.who[0];
  if (fresh.length === 0 && first) return { kind: 'refuse', refusal: nothingToShare(first, profile, deciding) };
  const withEveryone = fresh.some(({ principal }) => principal.kind === 'everyone');
  const isWide = withEveryone || (state.reached ?? 0) > coolingReach || fresh.some((one) => takesFrom(one, actor.id));
  const refusal = isWide ? coolingOff(profile, deciding) : undefined;
  if (refusal) return { kind: 'refuse', refusal };
  if (withEveryone && !state.confirmed) return { kind: 'ask', question: 'share-everyone' };
  const added = fresh.map(
    ({ principal, before, until, approval }): Share => ({
      principal,
      by: before?.by ?? nameFor(actor),
      at: moment.now,
      ...(until ? { until } : {}),
      ...(approval ? { approval } : {}),
    }),
  );
  const kept = activeShares(profile, moment.now).filter(
    (old) => !added.some((share) => samePrincipal(share.principal, old.principal)),
  );
  return change(profile, deciding, {
    operation: 'share',
    set: { shares: [...kept, ...added] },
    what: `shared it with ${fresh.map((one) => `${principalName(one.principal)}${ended(one, actor.timeZone)}`).join(', ')}${fresh.some(({ approval }) => approval) ? ', with approval' : ''}`,
    done: `${doneWords(fresh, actor.timeZone)}${fresh.some(({ approval }) => approval) ? yesWords : ''}`,
    notices: fresh.flatMap((one) => sharedNotice(one, profile, deciding)),
  });
}

/** None where it would change nothing. */
function freshShare(principal: Principal, operation: Of<'share'>, profile: Profile, now: Date): Fresh[] {
  if (principal.kind === 'person' && activeOwners(profile, now).some((owner) => owner.id === principal.id)) return [];
  const before = activeShares(profile, now).find((share) => samePrincipal(share.principal, principal));
  const until = endAfter(operation, before);
  const approval = operation.approval ?? before?.approval;
  if (before && before.until?.getTime() === until?.getTime() && before.approval === approval) return [];
  return [{ principal, ...(before ? { before } : {}), ...(until ? { until } : {}), ...(approval ? { approval } : {}) }];
}

/** Whether it shortens, or ties to a yes, what somebody else shared. */
function takesFrom({ before, until, approval }: Fresh, actor: string): boolean {
  if (!before || before.by.id === actor) return false;
  const isShorter = until !== undefined && (before.until === undefined || until < before.until);
  return isShorter || (approval === true && !before.approval);
}

const yesWords = " What they publish needs an owner's yes.";

/** " until 4 December 2026"; that it has none is worth saying only where there was one. */
const ended = ({ before, until }: Fresh, timeZone: string) =>
  until || before?.until ? ` ${endWords(until, timeZone)}` : '';

/** What became different: to whom, until when, and what it was before. */
function doneWords(fresh: readonly Fresh[], timeZone: string): string {
  const made = fresh.filter(({ before }) => !before);
  const names = made.map(({ principal }) => principalName(principal)).join(', ');
  const [first] = made;
  return [
    ...(first ? [`Shared with ${names}${ended(first, timeZone)}.`] : []),
    ...fresh.flatMap((one) => {
      if (!one.before) return [];
      const was = endWords(one.before.until, timeZone);
      return [`Shared with ${principalName(one.principal)}${ended(one, timeZone)} now; before, it was ${was}.`];
    }),
  ].join(' ');
}

function nothingToShare(who: Principal, profile: Profile, { actor, moment }: Deciding) {
  const owner = who.kind === 'person' && activeOwners(profile, moment.now).some(({ id }) => id === who.id);
  if (owner) return refuse('ownersNeedNoShare', nameOf(profile), principalName(who));
  const old = activeShares(profile, moment.now).find((share) => samePrincipal(share.principal, who));
  return refuse('alreadyShared', nameOf(profile), principalName(who), endWords(old?.until, actor.timeZone));
}

function sharedNotice(
  { principal: to, before, until, approval }: Fresh,
  profile: Profile,
  { actor }: Deciding,
): Notice[] {
  if (to.kind === 'everyone') return [];
  const end = until ? ` It ends on ${endOf(until, actor.timeZone)}.` : before ? ' It has no end now.' : '';
  return [
    {
      to: to.kind === 'person' ? { person: to.id } : { group: to.id },
      from: actor.id,
      topic: 'shares',
      title: `${actor.name} shared ${nameOf(profile)} with ${to.kind === 'person' ? 'you' : to.name}`,
      text: `You can publish and react with it.${approval ? " It needs an owner's yes each time." : ''}${end}`,
      buttons: [showButton(profile)],
    },
  ];
}

export function unshare(operation: Of<'unshare'>, profile: Profile, deciding: Deciding): Decision {
  const active = activeShares(profile, deciding.moment.now);
  const gone = active.filter((share) => operation.who.some((who) => samePrincipal(who, share.principal)));
  const first = operation.who[0];
  if (gone.length === 0) {
    const who = first ? principalName(first) : 'nobody';
    return { kind: 'refuse', refusal: refuse('notShared', nameOf(profile), who) };
  }
  const refusal = gone.some((share) => share.by.id !== deciding.actor.id) && coolingOff(profile, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  const isMany = gone.some(({ principal }) => principal.kind !== 'person');
  if (isMany && !deciding.state.confirmed) return { kind: 'ask', question: 'unshare-many' };
  const names = gone.map((share) => principalName(share.principal)).join(', ');
  return change(profile, deciding, {
    operation: 'unshare',
    set: { shares: active.filter((share) => !gone.includes(share)) },
    what: `stopped sharing it with ${names}`,
    done: `No longer shared with ${names}.`,
    notices: gone.flatMap(({ principal }) => stoppedNotice(principal, profile, deciding)),
  });
}

function stoppedNotice(to: Principal, profile: Profile, { actor }: Deciding): Notice[] {
  if (to.kind === 'everyone') return [];
  const whom = to.kind === 'person' ? 'you' : to.name;
  return [
    {
      to: to.kind === 'person' ? { person: to.id } : { group: to.id },
      from: actor.id,
      title: `${actor.name} stopped sharing ${nameOf(profile)} with ${whom}`,
      text: `You can no longer publish or react with it${to.kind === 'person' ? '' : ', unless it is shared with you in another way'}.`,
    },
  ];
}
