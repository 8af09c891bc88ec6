import { xAccounts } from '../../src/sandbox/networks/people.js';
import { world } from '../../src/sandbox/world.js';

/** One of the many people of a run. */
export type Colleague = { id: string; name: string; mail: string };

/**
 * Adds people to the pretend company, and accounts to the pretend X, before either is opened: as many as a run asks for,
 * and as many accounts again, for when nothing can be said of a profile any more.
 * The bot gets the id that the channel's tokens name.
 */
export function growWorld(appId: string, { people, profiles }: { people: number; profiles: number }) {
  world.bot.id = `28:${appId}`;
  const [pattern] = world.people;
  if (!pattern) throw new Error('The pretend company is empty.');
  const colleagues = Array.from({ length: people }, (_, n) => {
    const number = String(n).padStart(4, '0');
    const key = `worker${number}`;
    const mail = `${key}@contoso.example`;
    const id = `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const named = { id, name: `Worker N${number}`, givenName: 'Worker', surname: `N${number}`, teamsId: `29:${key}` };
    world.people.push({ ...pattern, ...named, signInName: mail, mail });
    return { id, name: named.name, mail };
  });
  const handles = Array.from({ length: 2 * profiles }, (_, n) => `brand${String(n).padStart(3, '0')}`);
  for (const [n, handle] of handles.entries()) {
    const id = String(1_500_000_000_000_000_000n + BigInt(n));
    xAccounts.push({ id, handle, name: `Brand ${n}`, about: 'One of many' });
  }
  return { colleagues, handles: handles.slice(0, profiles), spare: handles.slice(profiles) };
}
