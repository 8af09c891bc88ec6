import type { ChannelPlace } from '../../rules/decision.js';
import type { Asked } from '../../rules/operation.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { ConfirmDoc } from '../../store/collections.js';
import { shownOf } from './load.js';
import type { Needs } from './parts.js';

const livesMs = 5 * 60_000;

/** Puts a question that works once, for this person, about this revision of a profile, this channel, or neither, for five minutes. */
export async function keepConfirm(
  services: Needs<'collections' | 'clock' | 'ids'>,
  actor: Actor,
  asked: Asked,
  about?: Profile | ChannelPlace,
): Promise<ConfirmDoc> {
  const profile = about && 'revision' in about ? about : undefined;
  const confirm: ConfirmDoc = {
    tenant: actor.tenant,
    id: services.ids(),
    version: 1,
    person: actor.id,
    asked,
    revision: profile?.revision ?? 0,
    shown: profile ? shownOf(profile) : [],
    ...(profile ? { profile: profile.id } : {}),
    ...(about && !('revision' in about) ? { channel: about } : {}),
    expires: new Date(services.clock().getTime() + livesMs),
  };
  await services.collections.confirms.insert(confirm);
  return confirm;
}

/** A question that was put to this person and is not answered, for five minutes. */
export async function openConfirm(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<ConfirmDoc | undefined> {
  const confirm = await services.collections.confirms.get(actor.tenant, id);
  return confirm?.person === actor.id && confirm.expires > services.clock() ? confirm : undefined;
}

/** It is answered, and what came of it is done: gone for the second click. */
export async function endConfirm(
  { collections, log }: Needs<'collections' | 'log'>,
  confirm: ConfirmDoc,
): Promise<void> {
  await collections.confirms.delete(confirm.tenant, confirm.id).catch((error: unknown) => {
    log.warn({ err: error }, 'a question that was answered could not be taken away');
  });
}

/** What became different since the question was put, as a sentence; undefined when nothing did. */
export function changedSince(confirm: ConfirmDoc, profile: Profile): string | undefined {
  if (profile.revision === confirm.revision) return undefined;
  const now = shownOf(profile);
  const added = now.filter((line) => !confirm.shown.includes(line)).map((line) => `now ${line}`);
  const gone = confirm.shown.filter((line) => !now.includes(line)).map((line) => `no longer ${line}`);
  const changes = [...added, ...gone];
  return changes.length > 0 ? `Since you were asked: ${changes.join('; ')}.` : 'It was changed since you were asked.';
}
