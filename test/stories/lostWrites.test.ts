import assert from 'node:assert/strict';
import { StoreBusy, StoreUnknown } from '../../src/store/store.js';
import { Story } from './story.js';

const tenant = '11111111-1111-4111-8111-111111111111';

describe('a write whose answer the store loses', () => {
  let story: Story;
  const megan = () => story.player('megan');
  beforeEach(async () => {
    story = await Story.open();
    await megan().adds('contoso');
  });
  afterEach(() => story.close());

  /** The next replace of a profile is carried out, or not, and its answer is lost. */
  function losesNext(isDone: boolean, then: () => void = () => undefined): void {
    const { profiles } = story.store;
    const { replace } = profiles;
    profiles.replace = async (doc, expected) => {
      profiles.replace = replace;
      if (isDone) await replace.call(profiles, doc, expected);
      then();
      throw new StoreUnknown('the connection is closed');
    };
  }

  it('is read back: what was done is said to be done, and carried on with', async () => {
    losesNext(true);
    await megan().says('share @Marketing contoso');
    megan().sees('Done: you shared it with Marketing', '@contoso');
    megan().seesNot('nothing was changed', 'went wrong');
    const [profile] = await story.store.profiles.find(tenant, {});
    assert.deepEqual(profile?.outbox, [], 'the outbox was emptied without waiting for the sweep');
    await megan().says('history contoso');
    assert.equal(megan().words().split('shared it with Marketing').length, 2);
  });

  it('is read back also where nothing is left to be shown', async () => {
    await megan().says('delete contoso');
    losesNext(true);
    await megan().clicks('Delete it');
    megan().sees('Done: you deleted it.');
    await megan().says('profiles');
    megan().seesNot('@contoso');
  });

  it('was not done when it cannot be found, and only then nothing was changed', async () => {
    losesNext(false);
    await megan().says('share @Marketing contoso');
    megan().sees("I can't reach my memory just now, so nothing was changed.", /reference [0-9A-F]{6}/);
    await megan().says('show contoso');
    megan().seesNot('Marketing');
  });

  it('is said to be unknown while nobody can look', async () => {
    const { audit } = story.store;
    const { find } = audit;
    losesNext(true, () => {
      audit.find = () => Promise.reject(new StoreUnknown('gone'));
    });
    await megan().says('share @Marketing contoso');
    audit.find = find;
    megan().sees("I don't know whether that was done", 'Look at it in a minute', /reference [0-9A-F]{6}/);
    megan().seesNot('nothing was changed');
    await megan().says('show contoso');
    megan().sees('Marketing');
  });

  it('because the store is busy has changed nothing, and says so', async () => {
    const { profiles } = story.store;
    const { replace } = profiles;
    profiles.replace = () => Promise.reject(new StoreBusy('no time'));
    await megan().says('share @Marketing contoso');
    profiles.replace = replace;
    megan().sees('I have too much to do just now, so nothing was changed.');
  });

  it('stays done when the store fails right after it', async () => {
    const { grants, profiles } = story.store;
    const [{ find }, { replace }] = [grants, profiles];
    profiles.replace = async (doc, expected) => {
      profiles.replace = replace;
      grants.find = () => Promise.reject(new StoreUnknown('gone'));
      return replace.call(profiles, doc, expected);
    };
    await megan().says('share @Marketing contoso');
    grants.find = find;
    megan().sees('Shared with Marketing');
    megan().seesNot('nothing was changed', 'went wrong');
  });
});
