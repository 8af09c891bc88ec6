import assert from 'node:assert/strict';
import { DirectoryDown } from '../../src/directory/directory.js';
import { groupNamed, idOf, type Joined, join, tenant } from './directory-kit.js';

describe('the company directory in trouble', () => {
  let joined: Joined;
  beforeEach(async () => {
    joined = await join();
  });
  afterEach(() => joined.stop());

  const failure = async (asking: Promise<unknown>): Promise<DirectoryDown> => {
    const error = await asking.then(
      () => assert.fail('The directory answered.'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof DirectoryDown, String(error));
    return error;
  };
  const graphCalls = () => joined.company.requests.filter(({ host }) => host === 'graph.microsoft.com').length;

  describe('asked to wait', () => {
    it('waits a second at least, with up to a fifth more, and then answers', async () => {
      joined.company.throttle({ times: 1, retryAfter: 1 });
      assert.equal(await joined.directory.isEnabled(tenant, idOf('ben')), true);
      const [slept = 0, ...more] = joined.slept;
      assert.ok(slept >= 1_000 && slept <= 1_200, String(slept));
      assert.deepEqual(more, []);
    });

    it('for longer than a turn may take, says so at once with the time to come back', async () => {
      joined.company.throttle({ times: 1, retryAfter: 30 });
      const error = await failure(joined.directory.isEnabled(tenant, idOf('ben')));
      assert.equal(error.reason, 'throttled');
      const seconds = ((error.retryAt?.getTime() ?? 0) - Date.now()) / 1000;
      assert.ok(seconds > 28 && seconds <= 30, String(seconds));
      assert.deepEqual(joined.slept, []);
    });

    it('leaves Graph alone until then, whoever asks, and not longer', async () => {
      joined.company.throttle({ times: 1, retryAfter: 30 });
      await failure(joined.directory.isEnabled(tenant, idOf('ben')));
      const calls = graphCalls();
      const error = await failure(joined.directory.findGroups(tenant, 'marketing'));
      assert.equal(error.reason, 'throttled');
      assert.ok(error.retryAt);
      assert.equal(graphCalls(), calls);
      joined.later(31);
      assert.equal((await joined.directory.findGroups(tenant, 'marketing')).length, 2);
    });

    it('is patient for the sweep that nobody waits for', async () => {
      const { link } = await joined.directory.changes(tenant, undefined);
      joined.company.throttle({ times: 2, retryAfter: 12 });
      joined.company.disable(idOf('ben'));
      const { changes } = await joined.directory.changes(tenant, link);
      assert.deepEqual(changes, [{ id: idOf('ben'), state: 'disabled' }]);
      assert.equal(joined.slept.length, 2);
    });

    it('gives up after two short waits', async () => {
      joined.company.throttle({ times: 9 });
      const error = await failure(joined.directory.isEnabled(tenant, idOf('ben')));
      assert.equal(error.reason, 'throttled');
      assert.equal(joined.slept.length, 2);
      assert.ok(joined.slept.reduce((sum, one) => sum + one, 0) < 2_000);
      assert.equal(graphCalls(), 3);
    });

    it('keeps to the longest of several waits, and believes an hour at most', async () => {
      for (const [retryAfter, expected] of [
        ['1, 30', 30],
        ['999999999', 3600],
      ] as const) {
        joined.company.throttle({ times: 1, retryAfter });
        const { reason, retryAt } = await failure(joined.directory.isEnabled(tenant, idOf('ben')));
        assert.equal(reason, 'throttled');
        const seconds = ((retryAt?.getTime() ?? 0) - joined.now().getTime()) / 1000;
        assert.ok(seconds > expected - 2 && seconds <= expected, `${retryAfter}: ${seconds}`);
        joined.later(3_601);
      }
    });

    it('waits a moment of its own when the wait cannot be read', async () => {
      joined.company.throttle({ times: 1, retryAfter: 'soon' });
      assert.equal(await joined.directory.isEnabled(tenant, idOf('ben')), true);
      const [slept = 0] = joined.slept;
      assert.ok(slept >= 200 && slept <= 240, String(slept));
    });
  });

  describe('out of reach', () => {
    it('fails closed on every question, never with an empty answer', async () => {
      joined.company.down(true);
      const { directory } = joined;
      const team = groupNamed('Marketing');
      const questions = {
        findPeople: () => directory.findPeople(tenant, 'ben'),
        findGroups: () => directory.findGroups(tenant, 'marketing'),
        person: () => directory.person(tenant, idOf('ben')),
        people: () => directory.people(tenant, [idOf('ben')]),
        group: () => directory.group(tenant, team),
        groupsOf: () => directory.groupsOf(tenant, idOf('ben')),
        memberOf: () => directory.memberOf(tenant, idOf('ben'), [team]),
        isEnabled: () => directory.isEnabled(tenant, idOf('ben')),
        reach: () => directory.reach(tenant, team),
        countEveryone: () => directory.countEveryone(tenant),
        members: () => directory.members(tenant, team, 10),
        tags: () => directory.tags(tenant, team),
        tagMembers: () => directory.tagMembers(tenant, { id: 'tag-writers', name: 'writers', team }),
        changes: () => directory.changes(tenant, undefined),
      };
      for (const [name, ask] of Object.entries(questions)) {
        assert.equal((await failure(ask())).reason, 'unreachable', name);
      }
      joined.company.down(false);
      for (const ask of Object.values(questions)) await ask();
    });

    it('is noticed when nothing listens', async () => {
      const { directory } = joined;
      await directory.isEnabled(tenant, idOf('ben'));
      await joined.stop();
      assert.equal((await failure(directory.isEnabled(tenant, idOf('ben')))).reason, 'unreachable');
      joined = await join();
    });

    it('is noticed within five seconds when it listens and says nothing', async function () {
      this.timeout(8_000);
      await joined.directory.isEnabled(tenant, idOf('ben'));
      joined.company.down('silent');
      const began = Date.now();
      assert.equal((await failure(joined.directory.isEnabled(tenant, idOf('ben')))).reason, 'unreachable');
      assert.ok(Date.now() - began < 6_000);
    });

    it('in the middle of a list is no shorter list', async () => {
      joined.company.limits.page = { standard: 2, most: 2 };
      joined.company.throttle({ times: 0 });
      const counting = joined.directory.reach(tenant, groupNamed('Marketing'));
      await seen(joined, 1);
      joined.company.down(true);
      const outcome = await counting.then(
        ({ count }) => count.people,
        (error: unknown) => error,
      );
      assert.ok(outcome === 5 || outcome instanceof DirectoryDown, String(outcome));
    });
  });

  describe('not allowed', () => {
    it('says so when consent is missing, and asks once', async () => {
      joined.company.deny(['/tags']);
      const error = await failure(joined.directory.tags(tenant, groupNamed('Marketing')));
      assert.equal(error.reason, 'not-allowed');
      assert.match(error.message, /403 Authorization_RequestDenied/);
      assert.equal(joined.warnings.length, 1);
      assert.equal(graphCalls(), 1);
    });

    it('says so when the secret is wrong, or the tenant is not known', async () => {
      const wrong = joined.another({ secret: 'wrong' });
      assert.equal((await failure(wrong.isEnabled(tenant, idOf('ben')))).reason, 'not-allowed');
      const elsewhere = tenant.replace('1111', '9999');
      assert.equal((await failure(joined.directory.isEnabled(elsewhere, idOf('ben')))).reason, 'not-allowed');
    });

    it('fetches another token when the one it has is refused, once', async () => {
      assert.equal(await joined.directory.isEnabled(tenant, idOf('ben')), true);
      joined.company.tokens.revokeAll();
      assert.equal(await joined.directory.isEnabled(tenant, idOf('ben')), true);
      assert.deepEqual(
        joined.company.requests.filter(({ host }) => host === 'graph.microsoft.com').map(({ status }) => status),
        [200, 401, 200],
      );
    });
  });

  it('asks for a token once an hour, however many ask at once', async () => {
    const tokens = () => joined.company.requests.filter(({ host }) => host === 'login.microsoftonline.com').length;
    await Promise.all(Array.from({ length: 20 }, () => joined.directory.isEnabled(tenant, idOf('ben'))));
    assert.equal(tokens(), 1);
    joined.later(50 * 60);
    await joined.directory.isEnabled(tenant, idOf('ben'));
    assert.equal(tokens(), 1);
    joined.later(6 * 60);
    await joined.directory.isEnabled(tenant, idOf('ben'));
    assert.equal(tokens(), 2);
  });
});

/** Resolves when the company has seen `count` Graph requests. */
async function seen({ company }: Joined, count: number): Promise<void> {
  const isSeen = () => company.requests.filter(({ host }) => host === 'graph.microsoft.com').length >= count;
  for (let tries = 0; tries < 500 && !isSeen(); tries++) await new Promise((resolve) => setTimeout(resolve, 2));
}
