import { isRefusal } from '../../src/bot/input/arguments.js';
import { askedFrom } from '../../src/bot/input/clicks.js';
import { loadState, outsideFacts } from '../../src/operations/core/load.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { prepare } from '../../src/operations/core/prepare.js';
import { authenticate } from '../../src/operations/people/actor.js';
import { decide } from '../../src/rules/decide.js';
import type { Refusal } from '../../src/rules/refusals.js';
import type { CardJson } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import { actionsIn } from './cardWords.js';

/** These ask for what a box of the card is for. */
const asksBack = new Set(['codeMissing', 'noNeedsReason']);

/** Each button of a card that would be refused to this person now. Nothing is written and nobody is told. */
export async function refusedOn(services: Parts, person: string, card: CardJson): Promise<string[]> {
  const found: string[] = [];
  for (const { type, title, data } of actionsIn(card)) {
    const refusal =
      type === 'Action.Execute' || type === 'Action.Submit' ? await pressed(dryOf(services), person, data) : undefined;
    if (refusal && !asksBack.has(refusal.code)) found.push(`${title}: ${refusal.code}`);
  }
  return found;
}

/** As a click goes, up to the decision. */
async function pressed(services: Parts, person: string, data: unknown): Promise<Refusal | undefined> {
  const by = await authenticate(services, { tenant: world.tenant.id, id: person, name: '' });
  const now = services.clock();
  const clicked = askedFrom(data, by.actor.timeZone, now);
  if (isRefusal(clicked)) return clicked;
  if (clicked.kind === 'no') return undefined;
  const { confirms } = services.collections;
  const confirm = clicked.kind === 'yes' ? await confirms.get(world.tenant.id, clicked.confirm) : undefined;
  const moment = { now, id: 'dry' };
  const caller = { ...by, id: 'dry', personal: true, now };
  const asked = confirm?.asked ?? clicked;
  const prepared = await prepare(services, caller, asked, confirm ? { confirm } : {}, moment);
  if (prepared.kind === 'answered') return prepared.outcome.kind === 'refused' ? prepared.outcome.refusal : undefined;
  const { actor, operation, profile } = prepared.step;
  const given = {
    confirmed: confirm !== undefined,
    ...(confirm?.channel ? { channel: confirm.channel } : {}),
    ...(profile ? { profile } : {}),
  };
  const state = await loadState(services, actor, operation, given);
  const facts = await outsideFacts(services, actor, operation, state);
  const decision = decide(operation, actor, { ...state, ...facts }, moment);
  return decision.kind === 'refuse' ? decision.refusal : undefined;
}

const written: Record<string, unknown> = { insert: true, replace: true, take: undefined, delete: true };

/** The same store, in which every write seems to go well and none is done. */
function dryOf(services: Parts): Parts {
  const dry = <T extends object>(collection: T): T =>
    new Proxy(collection, {
      get(of, key) {
        if (typeof key === 'string' && key in written) return async () => written[key];
        const value: unknown = Reflect.get(of, key);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
  const all = Object.entries(services.collections).map(([name, collection]) => [name, dry(collection)] as const);
  const records: Parts['records'] = { ...services.records, keep: async () => undefined };
  return { ...services, collections: Object.fromEntries(all) as Parts['collections'], records, later: () => undefined };
}
