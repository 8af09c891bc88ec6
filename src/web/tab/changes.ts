import type { Logger } from 'pino';
import type { TenantId } from '../../rules/types.js';
import type { Events } from '../server/exchange.js';
import type { TabPerson } from './tabToken.js';

export type ChangesOptions = {
  log: Logger;
  /** Ids of the newest changes, one short read of the store. */
  latest: (tenant: TenantId) => Promise<readonly string[]>;
  /** How often the store is looked at while somebody listens. */
  everyMs?: number;
  /** How long one stream is open: the next one needs a token of its own. */
  forMs?: number;
};

export type Changes = {
  /** `open` once it listens, then `changed` after each change; undefined where somebody has too many open. */
  for: (who: Pick<TabPerson, 'tenant' | 'id'>) => Events | undefined;
};

/** Tabs that one person, and all together, may have open in this process. */
const mostOfOne = 10;
const mostOfAll = 5_000;

type Listener = { person: string; send: (event: string) => void };
type Watched = { listeners: Set<Listener>; timer?: NodeJS.Timeout; seen: Promise<ReadonlySet<string>> };

/**
 * Tells open tabs that something changed. The store is looked at once a second for each tenant that somebody listens to,
 * however many do: so changes of every process are seen, and nobody costs anything who does not look.
 */
export function createChanges({ log, latest, everyMs = 1_000, forMs = 600_000 }: ChangesOptions): Changes {
  const tenants = new Map<TenantId, Watched>();
  const all = () => [...tenants.values()].flatMap(({ listeners }) => [...listeners]);

  const look = async (tenant: TenantId): Promise<ReadonlySet<string>> => new Set(await latest(tenant));

  /** The next look begins when this one is over: a slow store is not asked twice at a time. */
  async function lookAgain(tenant: TenantId, watched: Watched): Promise<void> {
    const before = await watched.seen.catch(() => new Set<string>());
    const now = look(tenant);
    const found = await now.catch((error: unknown) => {
      log.warn({ err: error }, 'changes could not be looked for');
    });
    if (found) {
      watched.seen = now;
      if ([...found].some((id) => !before.has(id))) for (const { send } of watched.listeners) send('changed');
    }
    if (watched.listeners.size > 0) watched.timer = again(tenant, watched);
  }

  const again = (tenant: TenantId, watched: Watched) =>
    setTimeout(() => void lookAgain(tenant, watched), everyMs).unref();

  function listen(tenant: TenantId, listener: Listener): Watched {
    const watched = tenants.get(tenant) ?? { listeners: new Set(), seen: look(tenant) };
    watched.listeners.add(listener);
    tenants.set(tenant, watched);
    watched.timer ??= again(tenant, watched);
    return watched;
  }

  function leave(tenant: TenantId, listener: Listener): void {
    const watched = tenants.get(tenant);
    if (!watched?.listeners.delete(listener) || watched.listeners.size > 0) return;
    clearTimeout(watched.timer);
    tenants.delete(tenant);
  }

  return {
    for: ({ tenant, id }) => {
      const open = all();
      if (open.length >= mostOfAll || open.filter(({ person }) => person === id).length >= mostOfOne) return undefined;
      return (send, end) => {
        const listener = { person: id, send };
        // What happens after `open` is told; what happened before is in what the page asks for then.
        listen(tenant, listener).seen.then(
          () => send('open'),
          () => end(),
        );
        const over = setTimeout(end, forMs).unref();
        return () => {
          clearTimeout(over);
          leave(tenant, listener);
        };
      };
    },
  };
}
