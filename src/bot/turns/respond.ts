import type { Activity, TurnContext } from 'botbuilder';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { cardMessage } from '../cards/cardMessage.js';
import { refusalCard, refusalView } from '../cards/refusal.js';
import { isExtension } from '../input/incoming.js';
import { type ClickAnswer, refusedClick } from './answers.js';
import { type DialogAnswer, refusedDialog } from './dialogs.js';
import { type PageAnswer, refusedPage } from './pageDialogs.js';

/** The answer to an invoke; without a body a dialog closes. */
export async function respond(context: TurnContext, body?: ClickAnswer | DialogAnswer | PageAnswer): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, ...(body ? { body } : {}) } });
}

/** Told where it was asked: under the card, or in the dialog. */
export function respondRefused(context: TurnContext, refusal: Refusal): Promise<void> {
  const { name = '' } = context.activity;
  if (name.startsWith('task/')) return respond(context, refusedPage(refusal));
  return respond(context, isExtension(context.activity) ? refusedDialog(refusal) : refusedClick(refusal));
}

/** Nobody to act for: an activity without a person's directory id (another bot, an anonymous guest). */
export async function strangers(context: TurnContext): Promise<void> {
  await refusedTo(context, refuse('nobodyThere'));
}

export async function foreigners(context: TurnContext, organisation: string | undefined): Promise<void> {
  await refusedTo(context, refuse('foreignTenant', organisation));
}

async function refusedTo(context: TurnContext, refusal: Refusal): Promise<void> {
  const { type } = context.activity;
  if (type === 'invoke') return respondRefused(context, refusal);
  if (type === 'message')
    await context.sendActivity(cardMessage(refusalCard(refusalView(refusal))) as Partial<Activity>);
}
