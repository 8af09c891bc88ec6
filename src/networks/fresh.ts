import { type Kit, later } from './http.js';
import { type Account, type Network, NetworkTrouble, type Tokens } from './network.js';

/** For so long after it was given, a token that is refused may only not be known everywhere at the network yet. */
const freshSeconds = 20;
const pausesMs = [500, 1_000, 2_000];

/** The trouble with a token that was given just now: `early` where it was refused, for that says nothing of it yet. */
export function orEarly(error: unknown, { givenAt }: Pick<Tokens, 'givenAt'>, now: Date): unknown {
  const isRefused = error instanceof NetworkTrouble && (error.kind === 'dead' || error.kind === 'stale');
  const isFresh = givenAt !== undefined && now.getTime() - givenAt.getTime() < freshSeconds * 1000;
  if (!isRefused || !isFresh) return error;
  return new NetworkTrouble('early', 'The network does not know its own new sign-in yet.', later(now, freshSeconds));
}

/**
 * The network, with a token that is refused in the seconds after it was given asked with again, and then said to be
 * `early`, never dead: some networks need a moment to take in what they gave.
 */
export function settling(network: Network, kit: Kit): Network {
  const given = (tokens: Tokens): Tokens => ({ ...tokens, givenAt: kit.clock() });
  return {
    ...network,
    exchange: async (signIn, returned) => given(await network.exchange(signIn, returned)),
    refresh: async (app, type, tokens) => given(await network.refresh(app, type, tokens)),
    accounts: async (type, tokens) => {
      const found = await patiently(kit, tokens, () => network.accounts(type, tokens));
      return found.map((account) => withGivenAt(account, tokens));
    },
    check: (type, tokens, externalId) => patiently(kit, tokens, () => network.check(type, tokens, externalId)),
  };
}

/** A Page's own token is as old as the sign-in that it came with. */
function withGivenAt(account: Account, { givenAt }: Tokens): Account {
  return account.tokens && givenAt ? { ...account, tokens: { ...account.tokens, givenAt } } : account;
}

/** Work with a token, again after a short pause while the token is refused and was given just now. */
export async function patiently<T>(kit: Kit, tokens: Pick<Tokens, 'givenAt'>, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const trouble = orEarly(error, tokens, kit.clock());
      const pause = trouble === error ? undefined : pausesMs[attempt];
      if (pause === undefined) throw trouble;
      await kit.pause(pause);
    }
  }
}
