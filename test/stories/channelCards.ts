import assert from 'node:assert/strict';
import type { Message } from '../../src/sandbox/connector/types.js';
import { channel, type Player, type Story } from './story.js';

/** The channel in which claims and posts wait for a decision, once it was chosen. */
export const announcements = channel('Announcements');

/** Alex, made an admin, is in the team; Lynne is not. */
export async function choosesChannel(story: Story): Promise<void> {
  const [lynne, alex] = [story.player('lynne'), story.player('alex')];
  await lynne.says('role alex@contoso.example admin');
  await alex.says('approvals here', { in: 'Announcements' });
  alex.sees('I asked you to confirm in our personal chat');
  alex.looksAtChat().sees('Post claims into Announcements?', 'That includes profiles they could not see before');
  await alex.clicks('Post claims there');
  alex.sees('Claims are posted into Announcements from now on');
}

export const postedIn = (story: Story): Message[] =>
  story.sandbox.connector.transcript(announcements).filter(({ from, cards }) => from === 'bot' && cards.length > 0);
export const latestIn = (story: Story): Message => postedIn(story).at(-1) ?? assert.fail('no card in the channel');

/** What a person sees of a channel card: their client runs its refresh for them. */
export async function opensCard(story: Story, name: string, message = latestIn(story)): Promise<Player> {
  const person = story.player(name);
  const refresh = message.cards[0]?.refresh as
    | { userIds: string[]; action: { verb: string; data: Record<string, unknown> } }
    | undefined;
  if (refresh?.userIds.includes(`29:${name}`)) {
    const { verb, data } = refresh.action;
    await story.sandbox.connector.click({ from: person.id, message: message.id, verb, data, trigger: 'automatic' });
  }
  return person.looksAt(message);
}
