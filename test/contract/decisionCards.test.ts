import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { DecisionCard } from '../../src/operations/core/outcome.js';
import type { DecisionCards, Parts } from '../../src/operations/core/parts.js';
import { createOnce } from '../../src/operations/outbox/once.js';
import { showClaim } from '../../src/operations/outbox/toDecide.js';
import { createPolicies } from '../../src/operations/people/policies.js';
import { createLog } from '../../src/platform/log.js';
import type { Claim, Profile } from '../../src/rules/types.js';
import { type Collections, openCollections } from '../../src/store/collections.js';
import { createRecords } from '../../src/store/records.js';
import type { Store } from '../../src/store/store.js';
import { places } from './store-places.js';

const tenant = 't1';
const now = () => new Date();
const approvals = {
  ...{ serviceUrl: 'http://127.0.0.1/', bot: '28:bot', channel: '19:c', team: '19:t', name: 'Announcements' },
  ...{ by: { id: 'alex', name: 'Alex' }, at: new Date(0) },
};

/** What stands in the channel: each change takes a while, and may overtake another. */
class Channel {
  readonly cards: string[] = [];
  readonly slowMs = () => Math.random() * 12;

  part(): DecisionCards {
    const arrives = async (shown: DecisionCard, index: number) => {
      const shows = shown.kind === 'claim' && shown.claim.claim.decided ? 'decided' : 'waiting';
      await pause(this.slowMs());
      this.cards[index] = shows;
      await pause(this.slowMs());
    };
    return {
      tryChannel: async () => true,
      post: async (_, shown) => {
        const index = this.cards.push('') - 1;
        await arrives(shown, index);
        const card = { serviceUrl: 'http://127.0.0.1/', bot: '28:bot', conversation: '19:c', activity: String(index) };
        return { kind: 'posted', card };
      },
      update: async (card, shown) => {
        await arrives(shown, Number(card.activity));
        return { kind: 'updated' };
      },
    } as DecisionCards;
  }
}

for (const place of places()) {
  describe(`a claim that two processes show at the same moment, ${place.name}`, () => {
    let store: Store;
    let collections: Collections;
    before(async () => {
      store = await place.open();
      collections = await openCollections(store);
      await collections.tenants.insert({
        tenant,
        id: 'tenant',
        version: 1,
        policy: {},
        approvals,
        outbox: [],
      } as never);
    });
    after(async () => {
      await store.close();
      await place.remove();
    });

    function process(channel: Channel): Parts {
      const known = { collections, clock: now, log: createLog('silent') };
      return {
        ...known,
        policies: createPolicies(known),
        admins: { of: async () => [], has: async () => false },
        decisionCards: channel.part(),
        once: createOnce(known),
        records: createRecords(collections),
      } as unknown as Parts;
    }

    const claim = (round: number, decided = false): Claim => ({
      ...{ id: `claim-${round}`, by: { id: 'ben', name: 'Ben' }, proven: false, at: now() },
      ends: new Date(Date.now() + 86_400_000),
      ...(decided ? { decided: { as: 'approved' as const, by: { id: 'megan', name: 'Megan' }, at: now() } } : {}),
    });
    const profileWith = (round: number, version: number, one: Claim): Profile => ({
      ...{ tenant, id: `profile-${round}`, version, revision: version, type: 'x-user', externalId: `${round}` },
      ...{ handle: 'contoso', name: 'Contoso' },
      ...{ owners: [{ id: 'megan', name: 'Megan', since: now() }], shares: [], claims: [one], allowed: {} },
      ...{ access: ['owner:megan'], outbox: [] },
    });

    it('has one card, which shows how it is in the end, in each of 50 rounds', async () => {
      for (let round = 0; round < 50; round += 1) {
        const channel = new Channel();
        const [one, other] = [process(channel), process(channel)];
        const waiting = profileWith(round, 1, claim(round));
        await collections.profiles.insert(waiting);
        const show = (parts: Parts, profile: Profile) =>
          showClaim(parts, profile, { id: `e${round}`, kind: 'claimCard', claim: `claim-${round}` });
        const first = show(one, waiting);
        await pause(Math.random() * 30);
        const decided = profileWith(round, 2, claim(round, true));
        await collections.profiles.replace(decided, 1);
        const left = await Promise.all([first, show(other, decided), show(one, waiting)]);
        assert.deepEqual(left, [undefined, undefined, undefined], 'nothing is left for later');
        const wanted = channel.cards.length === 0 ? [] : ['decided'];
        assert.deepEqual(channel.cards, wanted, `round ${round}`);
      }
    });
  });
}
