import { adminNames, type Deciding, type Decision } from '../decision.js';
import { auditEntry, nameFor, noticeEntries } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { dayMs } from '../spans.js';
import { spoken } from '../spoken.js';
import type { Notice } from '../types.js';

/** Nobody is asked for the same more often than this. */
const againMs = dayMs;
/** More admins than this are not written to because of one wish. */
const toldLimit = 20;

/** A Reader asks for the role that works with profiles: who can give it gets a card with a yes and a no. Once a day. */
export function requestAccess(_: Extract<Operation, { kind: 'requestaccess' }>, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  const names = adminNames(state.admins);
  if (actor.role !== 'reader') return { kind: 'refuse', refusal: refuse('accessHad') };
  if (state.accessAskedAt && moment.now.getTime() - state.accessAskedAt.getTime() < againMs)
    return { kind: 'refuse', refusal: refuse('accessAsked', names) };
  if (names.length === 0) return { kind: 'refuse', refusal: refuse('readerOnly', []) };
  return {
    kind: 'changePerson',
    person: nameFor(actor),
    accessAskedAt: moment.now,
    done: `I asked ${spoken(names, 3)} to make you a Responder. I'll tell you what they say.`,
    entry: auditEntry(deciding, { operation: 'requestaccess', what: 'asked for the Responder role' }),
    also: noticeEntries(
      state.admins.slice(0, toldLimit).map(({ id }) => askedNotice(id, deciding)),
      deciding,
    ),
  };
}

function askedNotice(admin: string, { actor }: Deciding): Notice {
  const who = { person: actor.id };
  return {
    to: { person: admin },
    from: actor.id,
    title: `${actor.name} asks to work with profiles`,
    text: 'They are a Reader now. As a Responder they could add profiles, and use what is shared with them.',
    buttons: [
      { title: 'Make a Responder', operation: { kind: 'role', who, role: 'responder' } },
      { title: 'Not now', operation: { kind: 'refuseaccess', who } },
    ],
  };
}

/** An admin says no for now, and the one who asked hears it. */
export function refuseAccess({ who }: Extract<Operation, { kind: 'refuseaccess' }>, deciding: Deciding): Decision {
  const { actor, state } = deciding;
  if (!state.accessAskedAt) return { kind: 'refuse', refusal: refuse('accessNotAsked', who.name) };
  return {
    kind: 'changePerson',
    person: nameFor(who),
    accessAskedAt: null,
    done: `${who.name} stays a Reader for now, and is told.`,
    entry: auditEntry(deciding, {
      operation: 'refuseaccess',
      what: `did not give ${who.name} the Responder role for now`,
    }),
    also: noticeEntries(
      [
        {
          to: { person: who.id },
          from: actor.id,
          title: 'You stay a Reader for now',
          text: `${actor.name} did not give you the Responder role. Talk to them if you need it.`,
        },
      ],
      deciding,
    ),
  };
}
