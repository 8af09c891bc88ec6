import assert from 'node:assert/strict';
import type { Incoming } from '../../src/bot/input/incoming.js';
import { knowMentions } from '../../src/bot/input/mentions.js';
import type { Channel, Connector } from '../../src/bot/transport/connector.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { parseAsked } from '../../src/operations/core/schema.js';
import { channelNotes } from '../../src/operations/people/channels.js';
import type { ChannelKind, WhoRef } from '../../src/rules/operation.js';
import type { TeamDoc } from '../../src/store/collections.js';

const tenant = '11111111-1111-4111-8111-111111111111';
const [group, otherGroup] = ['bbbbbbbb-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
const person = 'aaaaaaaa-0000-4000-8000-000000000007';
const place = { serviceUrl: 'https://smba.example/', conversation: '19:team@thread.tacv2;messageid=1', bot: '28:bot' };

/** What Teams answers; what the bot was told when it was added. */
type Around = { channels?: Channel[]; teams?: TeamDoc[]; group?: string };

async function meaning(mention: { id: string; name: string }, around: Around = {}, inTeam = true): Promise<WhoRef[]> {
  const kept: TeamDoc[] = [...(around.teams ?? [])];
  const services = {
    collections: {
      teams: {
        get: async (_: string, id: string) => kept.find((team) => team.id === id),
        find: async () => kept,
        insert: async (team: TeamDoc) => kept.push(team) > 0,
      },
    },
    directory: {},
    later: (_: string, work: () => Promise<unknown>) => void work(),
  } as unknown as Parts;
  const connector = {
    getMember: async (_url: string, _conversation: string, id: string) => {
      if (id !== '29:ben') throw new Error('no member');
      return { id, aadObjectId: person };
    },
    getTeam: async (_url: string, id: string) => ({ id, name: 'Marketing', aadGroupId: around.group ?? group }),
    getChannels: async () => around.channels ?? [],
  } as unknown as Connector;
  const incoming = {
    who: { tenant, serviceUrl: place.serviceUrl },
    here: place,
    ...(inTeam ? { team: { id: '19:team@thread.tacv2' } } : {}),
  } as unknown as Incoming;
  const [token] = await knowMentions(services, connector, incoming, [{ text: mention.name, mention }]);
  return token?.refs ?? [];
}

const otherTeam: TeamDoc = {
  ...{
    tenant,
    id: '19:sales@thread.tacv2',
    version: 1,
    name: 'Sales',
    group: otherGroup,
    serviceUrl: place.serviceUrl,
  },
  channels: [{ id: '19:deals@thread.tacv2', name: 'Deals' }],
};

describe('what a mention means', () => {
  const kinds: ChannelKind[] = ['standard', 'private', 'shared'];
  const channels = kinds.map((kind) => ({ id: `19:${kind}@thread.tacv2`, name: `A ${kind} one`, kind }));

  it('a person, by the roster', async () => {
    assert.deepEqual(await meaning({ id: '29:ben', name: 'Ben' }), [{ person }]);
  });

  it('the team the chat is in, by id, or by name where the id says nothing', async () => {
    assert.deepEqual(await meaning({ id: '19:team@thread.tacv2', name: 'Whatever' }), [{ group }]);
    assert.deepEqual(await meaning({ id: '29:opaque', name: 'marketing' }), [{ group }]);
  });

  it('another team that the bot was added to, and its channels', async () => {
    const teams = [otherTeam];
    assert.deepEqual(await meaning({ id: otherTeam.id, name: 'X' }, { teams }), [{ group: otherGroup }]);
    assert.deepEqual(await meaning({ id: '29:opaque', name: 'Sales' }, { teams }, false), [{ group: otherGroup }]);
    assert.deepEqual(await meaning({ id: '19:deals@thread.tacv2', name: 'Deals' }, { teams }), [
      { group: otherGroup, channel: { name: 'Deals' } },
    ]);
  });

  it('two teams named alike are left to the directory', async () => {
    const twin = { ...otherTeam, id: '19:twin@thread.tacv2', group };
    const found = await meaning({ id: '29:opaque', name: 'Sales' }, { teams: [otherTeam, twin] }, false);
    assert.deepEqual(found, [{ words: 'Sales' }]);
  });

  it('a channel of the team, with its kind', async () => {
    for (const { id, name, kind } of channels) {
      const wanted = [{ group, channel: { name, kind } }];
      assert.deepEqual(await meaning({ id, name }, { channels }), wanted);
      assert.deepEqual(await meaning({ id: '29:opaque', name }, { channels }), wanted);
    }
  });

  it('in a team what may be a tag of it, for the directory to say once it is clear that it may be asked', async () => {
    const mayBe = (name: string) => [{ tag: { team: group, id: '29:opaque', name } }];
    assert.deepEqual(await meaning({ id: '29:opaque', name: 'Writers' }), mayBe('Writers'));
    assert.deepEqual(await meaning({ id: '29:opaque', name: 'Painters' }), mayBe('Painters'));
    assert.deepEqual(await meaning({ id: '29:opaque', name: 'Writers' }, {}, false), [{ words: 'Writers' }]);
  });
});

describe('a share with a channel', () => {
  const said = (kind?: ChannelKind) => {
    const channel = { name: 'Budget', ...(kind ? { kind } : {}) };
    const asked = parseAsked({ kind: 'share', who: [{ group, channel }], profile: { id: 'p1' } });
    assert(asked?.kind === 'share');
    const who = [{ kind: 'group' as const, id: group, name: 'Marketing' }];
    return channelNotes(asked, { ...asked, profile: 'p1', who }).join();
  };

  it('says that the members of a private or shared one differ from the team’s', () => {
    assert.match(said('private'), /Budget is a private channel.*differ.*everyone in Marketing has access/);
    assert.match(said('shared'), /Budget is a shared channel.*differ.*everyone in Marketing has access/);
    assert.match(said(), /everyone in the team has access.*private or shared channel can differ/);
    assert.doesNotMatch(said('standard'), /differ/);
  });

  it('says nothing of the kind for a team', () => {
    const asked = parseAsked({ kind: 'share', who: [{ group }], profile: { id: 'p1' } });
    assert(asked?.kind === 'share');
    assert.deepEqual(
      channelNotes(asked, { ...asked, profile: 'p1', who: [{ kind: 'group', id: group, name: 'M' }] }),
      [],
    );
  });
});
