import { DirectoryDown } from '../../directory/directory.js';
import type { State } from '../../rules/decision.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor, Principal } from '../../rules/types.js';
import type { Outcome, WhoOption } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { Step } from '../core/step.js';
import type { Authenticated } from '../people/actor.js';
import { countWords, effectOf } from '../people/reach.js';
import { groupOption, personOption, searchWho } from '../people/searchWho.js';
import { standingOf } from '../people/standing.js';
import { factsOf } from './profileFacts.js';

const foundLimit = 15;

/** The open share picker: who is picked, and how many people would gain access. */
export async function pickOutcome(
  services: Needs<'directory' | 'reaches'>,
  step: Step,
  state: State,
): Promise<Outcome> {
  const { operation, actor, moment } = step;
  if ((operation.kind !== 'share' && operation.kind !== 'invite') || !state.profile)
    return { kind: 'refused', refusal: refuse('notFound') };
  const isShare = operation.kind === 'share';
  const [picked, effect] = await Promise.all([
    Promise.all(operation.who.map((who) => describe(services, actor.tenant, who))),
    isShare ? effectOf(services, actor.tenant, operation.who) : undefined,
  ]);
  return {
    kind: 'pick',
    to: operation.kind,
    facts: factsOf(state.profile, state.grants, actor, moment.now),
    picked,
    ...(operation.picking?.review ? { review: true } : {}),
    ...(isShare && operation.until ? { until: operation.until } : {}),
    ...(isShare && operation.span ? { span: operation.span } : {}),
    ...(isShare && operation.approval ? { approval: operation.approval } : {}),
    ...(effect ? { effect } : {}),
  };
}

/**
 * What is offered as one types: people, groups, and everyone for the beginning of that word; or people only. It names no
 * profile, so it is for those who have one to share, and for admins, who give roles. While the directory does not answer,
 * nothing is offered.
 */
export async function suggestWho(
  services: Needs<'collections' | 'directory' | 'clock' | 'memberships' | 'followed' | 'later'>,
  by: Authenticated,
  typed: string,
  peopleOnly: boolean,
): Promise<WhoOption[]> {
  const { actor } = by;
  const words = typed.slice(0, 200).trim().replace(/^@/, '').slice(0, 120);
  if (words === '' || actor.guest || (actor.role === 'reader' && !actor.admin)) return [];
  try {
    const { standing } = await standingOf(services, by);
    if (standing !== 'works' || !(actor.admin || (await ownsOne(services, actor)))) return [];
    return await offerWho(services, actor, words, peopleOnly);
  } catch (error) {
    if (error instanceof DirectoryDown) return [];
    throw error;
  }
}

async function ownsOne({ collections }: Needs<'collections'>, { tenant, id }: Actor): Promise<boolean> {
  return (await collections.profiles.find(tenant, { access: `owner:${id}` }, { limit: 1 })).length > 0;
}

async function offerWho(
  services: Needs<'directory'>,
  actor: Actor,
  words: string,
  peopleOnly: boolean,
): Promise<WhoOption[]> {
  const found = await searchWho(services, actor, words, peopleOnly);
  const isEveryone = !peopleOnly && words.length >= 3 && 'everyone'.startsWith(words.toLowerCase());
  const usable = found.filter(({ enabled }) => enabled);
  const options = usable.map(({ ref, name, detail }) => ({ ref, name, detail }));
  return [...(isEveryone ? [everyone] : []), ...options].slice(0, foundLimit);
}

const everyone: WhoOption = { ref: { everyone: true }, name: 'Everyone', detail: 'Every Responder and Manager' };

async function describe(services: Needs<'directory' | 'reaches'>, tenant: string, who: Principal): Promise<WhoOption> {
  if (who.kind === 'everyone') return everyone;
  if (who.kind === 'person') {
    const person = await services.directory.person(tenant, who.id);
    return person ? personOption(person) : { ref: { person: who.id }, name: who.name, detail: '' };
  }
  const [group, { count }] = await Promise.all([
    services.directory.group(tenant, who.id),
    services.reaches.of(tenant, who.id),
  ]);
  if (!group) return { ref: { group: who.id }, name: who.name, detail: '' };
  const option = groupOption(group);
  const { hidden, about, ...numbers } = count;
  const effect = { ...numbers, exact: !about, ...(hidden ? { hidden: [group.name] } : {}) };
  return { ...option, detail: `${option.detail} · ${countWords(effect)}` };
}
