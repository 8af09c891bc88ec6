import type { Message } from '../../connector/types.js';
import { api } from './api.js';
import { type Model, refreshOf } from './model.js';

/** A view is asked for again only when it is older than this, as in Teams. */
const fresh = 60_000;
const asked = new Map<string, number>();

/** Runs the `refresh` of the open conversation's cards, for the people it names (or for all, when it names nobody). */
export async function refreshOpen(model: Model): Promise<void> {
  const { open, me } = model;
  const newest = open.messages.slice(-50).filter(({ cards, isDeleted }) => cards.length > 0 && !isDeleted);
  await Promise.all(newest.map((message) => refresh(model, message, me.id, me.teamsId)));
}

async function refresh(model: Model, message: Message, me: string, teamsId: string): Promise<void> {
  const view = message.views[me];
  const card = view?.card ?? message.cards[0];
  const wanted = card && refreshOf(card);
  if (!wanted || (wanted.userIds && !wanted.userIds.includes(teamsId))) return;
  const key = `${me} ${message.id} ${message.version}`;
  const last = Math.max(view?.refreshedAt ?? 0, asked.get(key) ?? 0);
  if (Date.now() - last < fresh || model.open.members.length > 60) return;
  asked.set(key, Date.now());
  const { verb = '', data = {} } = wanted.action ?? {};
  await api.click({ from: me, message: message.id, verb, data, trigger: 'automatic' }).catch(() => undefined);
}
