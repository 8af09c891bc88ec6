import { activeOwners, activeShares, nameOf, principalName, samePrincipal } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { coolingOff } from '../ownership/owning.js';
import { refuse } from '../refusals.js';
import type { Notice, Principal, Profile, Share } from '../types.js';

const hourMs = 3_600_000;
type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

export function share(operation: Of<'share'>, profile: Profile, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  if (operation.who.length === 0 || operation.picking) return { kind: 'pick' };
  const { until } = operation;
  if (until && until.getTime() - moment.now.getTime() < hourMs)
    return { kind: 'refuse', refusal: refuse('endTooSoon') };
  const fresh = operation.who.filter((who) => addsSomething(who, until, profile, moment.now));
  const first = operation.who[0];
  if (fresh.length === 0 && first) return { kind: 'refuse', refusal: nothingToShare(first, profile, moment.now) };
  if (fresh.some((who) => who.kind === 'everyone')) {
    const refusal = coolingOff(profile, deciding);
    if (refusal) return { kind: 'refuse', refusal };
    if (!state.confirmed) return { kind: 'ask', question: 'share-everyone' };
  }
  const added = fresh.map(
    (principal): Share => ({ principal, by: nameFor(actor), at: moment.now, ...(until ? { until } : {}) }),
  );
  const kept = activeShares(profile, moment.now).filter(
    (old) => !added.some((share) => samePrincipal(share.principal, old.principal)),
  );
  const names = fresh.map(principalName).join(', ');
  return change(profile, deciding, {
    operation: 'share',
    set: { shares: [...kept, ...added] },
    what: `shared it with ${names}`,
    done: `Shared with ${names}.`,
    notices: fresh.flatMap((who) => sharedNotice(who, profile, deciding, until)),
  });
}

function addsSomething(who: Principal, until: Date | undefined, profile: Profile, now: Date): boolean {
  if (who.kind === 'person' && activeOwners(profile, now).some((owner) => owner.id === who.id)) return false;
  const old = activeShares(profile, now).find((share) => samePrincipal(share.principal, who));
  return !old || old.until?.getTime() !== until?.getTime();
}

function nothingToShare(who: Principal, profile: Profile, now: Date) {
  const owner = who.kind === 'person' && activeOwners(profile, now).some(({ id }) => id === who.id);
  return refuse(owner ? 'ownersNeedNoShare' : 'alreadyShared', nameOf(profile), principalName(who));
}

function sharedNotice(to: Principal, profile: Profile, { actor }: Deciding, until: Date | undefined): Notice[] {
  if (to.kind === 'everyone') return [];
  const end = until ? ` It ends on ${dayOf(until, actor.timeZone)}.` : '';
  return [
    {
      to: to.kind === 'person' ? { person: to.id } : { group: to.id },
      from: actor.id,
      title: `${actor.name} shared ${nameOf(profile)} with ${to.kind === 'person' ? 'you' : to.name}`,
      text: `You can publish and react with it.${end}`,
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
  if (to.kind !== 'person') return [];
  const title = `${actor.name} stopped sharing ${nameOf(profile)} with you`;
  return [{ to: { person: to.id }, from: actor.id, title, text: 'You can no longer publish or react with it.' }];
}
