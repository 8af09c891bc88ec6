import assert from 'node:assert/strict';
import { isRefusal } from '../../src/bot/input/arguments.js';
import { commands } from '../../src/bot/input/commands.js';
import { parse } from '../../src/bot/input/parse.js';
import { endOfDay, untilDay } from '../../src/bot/input/times.js';
import { typedText } from '../../src/bot/input/typedText.js';
import { tokensOf } from '../../src/bot/input/words.js';

const now = new Date('2026-11-24T12:00:00Z'); // a Tuesday
const bot = '28:bot';
const mention = (id: string, name: string) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } });

function said(text: string, entities: unknown[] = []) {
  return parse(tokensOf({ text, entities, recipient: { id: bot } }), {
    now,
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    offered: ['x-user', 'facebook-page', 'facebook-user'],
    typed: typedText({ text, entities, recipient: { id: bot } }),
  });
}
const code = (text: string) => {
  const asked = said(text);
  return isRefusal(asked) ? asked.code : asked.kind;
};
const w = (words: string) => ({ words });

describe('what people say', () => {
  const same: [string, object][] = [
    ['', { kind: 'help' }],
    ['HELP', { kind: 'help' }],
    ['profiles', { kind: 'profiles', list: 'mine' }],
    ['profiles x owned', { kind: 'profiles', list: 'owned', network: 'x' }],
    ['show @contoso', { kind: 'show', profile: w('@contoso') }],
    ['show Contoso Support', { kind: 'show', profile: w('Contoso Support') }],
    ['show "x:contoso"', { kind: 'show', profile: w('x:contoso') }],
    ['add', { kind: 'add' }],
    ['add x', { kind: 'add', type: 'x-user' }],
    ['add facebook page', { kind: 'add', type: 'facebook-page' }],
    ['add facebook', { kind: 'add', network: 'facebook' }],
    ['add fb', { kind: 'add', network: 'facebook' }],
    ['Add Facebook Pages', { kind: 'add', type: 'facebook-page' }],
    ['add facebook profile', { kind: 'add', type: 'facebook-user' }],
    ['add insta', { kind: 'add', type: 'instagram-account' }],
    ['add twitter', { kind: 'add', type: 'x-user' }],
    ['add x account', { kind: 'add', type: 'x-user' }],
    ['add youtube channel', { kind: 'add', type: 'youtube-user' }],
    ['add linkedin company page', { kind: 'add', type: 'linkedin-page' }],
    ['profiles insta', { kind: 'profiles', list: 'mine', network: 'instagram' }],
    ['help all', { kind: 'help', all: true }],
    ['show', { kind: 'show', profile: { any: true } }],
    ['delete', { kind: 'delete', profile: { any: true } }],
    ['share', { kind: 'share', who: [], profile: { any: true } }],
    ['share ann@contoso.example', { kind: 'share', who: [w('ann@contoso.example')], profile: { any: true } }],
    ['share chris green x:contoso', { kind: 'share', who: [w('chris green')], profile: w('x:contoso') }],
    ['share contoso with chris green', { kind: 'share', who: [w('chris green')], profile: w('contoso') }],
    [
      'share contoso with chris green, ben and @ann',
      { kind: 'share', who: [w('chris green'), w('ben'), w('@ann')], profile: w('contoso') },
    ],
    ['unshare chris green from x:contoso', { kind: 'unshare', who: [w('chris green')], profile: w('x:contoso') }],
    ['show Contoso, Inc', { kind: 'show', profile: w('Contoso, Inc') }],
    ['797 343', { kind: 'code', digits: '797343' }],
    ['share @marketing contoso', { kind: 'share', who: [w('@marketing')], profile: w('contoso') }],
    ['share marketing contoso', { kind: 'share', who: [w('marketing')], profile: w('contoso') }],
    ['share @marketing @contoso', { kind: 'share', who: [w('@marketing')], profile: w('@contoso') }],
    ['share "Marketing EMEA" contoso', { kind: 'share', who: [w('Marketing EMEA')], profile: w('contoso') }],
    ['share @"Marketing EMEA" contoso', { kind: 'share', who: [w('@Marketing EMEA')], profile: w('contoso') }],
    ['share contoso with @ann and @ben', { kind: 'share', who: [w('@ann'), w('@ben')], profile: w('contoso') }],
    ['share @ann, @ben contoso', { kind: 'share', who: [w('@ann'), w('@ben')], profile: w('contoso') }],
    ['share contoso @ann', { kind: 'share', who: [w('@ann')], profile: w('contoso') }],
    ['share ann@contoso.example contoso', { kind: 'share', who: [w('ann@contoso.example')], profile: w('contoso') }],
    ['share everyone contoso', { kind: 'share', who: [{ everyone: true }], profile: w('contoso') }],
    ['share @ann contoso with approval', { kind: 'share', who: [w('@ann')], profile: w('contoso'), approval: true }],
    [
      'share contoso with @ann with approval',
      { kind: 'share', who: [w('@ann')], profile: w('contoso'), approval: true },
    ],
    [
      'share @ann contoso with approval without end',
      { kind: 'share', who: [w('@ann')], profile: w('contoso'), approval: true, endless: true },
    ],
    ['share @ann contoso without end', { kind: 'share', who: [w('@ann')], profile: w('contoso'), endless: true }],
    ['share contoso with @ann without end', { kind: 'share', who: [w('@ann')], profile: w('contoso'), endless: true }],
    ['share contoso', { kind: 'share', who: [], profile: w('contoso') }],
    ['unshare @ann from contoso', { kind: 'unshare', who: [w('@ann')], profile: w('contoso') }],
    ['unshare contoso from @ann', { kind: 'unshare', who: [w('@ann')], profile: w('contoso') }],
    ['claim contoso "I run it now"', { kind: 'claim', profile: w('contoso'), why: 'I run it now' }],
    ['withdraw contoso', { kind: 'withdraw', profile: w('contoso') }],
    ['object contoso', { kind: 'object', profile: w('contoso') }],
    ['claims', { kind: 'claims' }],
    ['health', { kind: 'health' }],
    ['allow messages contoso', { kind: 'allow', what: 'messages', profile: w('contoso') }],
    ['Allow SEARCH x:contoso', { kind: 'allow', what: 'search', profile: w('x:contoso') }],
    ['deny messages Contoso Support', { kind: 'deny', what: 'messages', profile: w('Contoso Support') }],
    ['approve the claim of Ben', { kind: 'claims' }],
    ['approvals here', { kind: 'approvals', to: 'here' }],
    ['Approvals OFF', { kind: 'approvals', to: 'off' }],
    ['policy', { kind: 'policy' }],
    ['policy cool-off 5 days', { kind: 'policy', setting: 'cool-off', value: '5 days' }],
    ['role @ann manager', { kind: 'role', who: w('@ann'), role: 'manager' }],
    ['role Ann Miller reader', { kind: 'role', who: w('Ann Miller'), role: 'reader' }],
    ['what if @ann leaves', { kind: 'whatif', who: w('@ann') }],
    ['what if Ann Miller leaves?', { kind: 'whatif', who: w('Ann Miller') }],
    ['what if "Ann Miller" left', { kind: 'whatif', who: w('Ann Miller') }],
    ['What if I leave?', { kind: 'whatif', who: w('I') }],
    ['whatif ann@contoso.example', { kind: 'whatif', who: w('ann@contoso.example') }],
    ['what can you do?', { kind: 'help' }],
    ['code 123 456', { kind: 'code', digits: '123456' }],
    ['123456', { kind: 'code', digits: '123456' }],
    ['share&nbsp;@ann&nbsp;contoso', { kind: 'share', who: [w('@ann')], profile: w('contoso') }],
  ];
  for (const [text, expected] of same) {
    it(`"${text}" is understood`, () => assert.deepEqual(said(text), expected));
  }

  it('what may be read is named, and so is the profile', () => {
    assert.equal(code('allow contoso'), 'wordsMissing');
    assert.equal(code('allow messages'), 'wordsMissing');
    assert.equal(code('health contoso'), 'wordsExtra');
  });

  it('takes the bot out wherever it is mentioned, and nobody else', () => {
    const entities = [mention(bot, 'Bot'), mention('29:ann', 'Ann'), mention(bot, 'Bot')];
    const asked = said('<at>Bot</at>share <at>Ann</at>contoso <at>Bot</at>', entities);
    assert.deepEqual(asked, { kind: 'share', who: [w('Ann')], profile: w('contoso') });
  });

  it('goes by the mention, not by the text someone wrote around it', () => {
    const edited = { ...mention('29:ann', 'Ann'), text: '<at>everyone</at>' };
    const tokens = tokensOf({ text: 'share <at>everyone</at> contoso', entities: [edited], recipient: { id: bot } });
    assert.deepEqual(tokens[1], { text: 'Ann', mention: { id: '29:ann', name: 'Ann' } });
  });

  it('reads ends where the person is', () => {
    const asked = said('share @ann contoso until Friday');
    assert(!isRefusal(asked) && asked.kind === 'share');
    assert.equal(asked.until?.toISOString(), '2026-11-27T22:59:59.999Z');
    const weeks = said('share contoso with @ann for 2 weeks');
    assert(!isRefusal(weeks) && weeks.kind === 'share');
    assert.equal(weeks.until?.toISOString(), '2026-12-08T12:00:00.000Z');
    assert.equal(code('share @ann contoso until whenever'), 'endNotUnderstood');
    assert.equal(untilDay('24 December', now, 'America/New_York', 'en-US')?.toISOString(), '2026-12-25T04:59:59.999Z');
    assert.equal(untilDay('2027-01-31', now, 'UTC', 'en-GB')?.toISOString(), '2027-01-31T23:59:59.999Z');
    assert.equal(endOfDay('2026-13-40', 'UTC'), undefined);
  });

  it('answers a slip with the closest command, as a button', () => {
    const asked = said('shwo contoso');
    assert(isRefusal(asked) && asked.code === 'unknownWords');
    assert.match(asked.fix, /show contoso/);
    assert.deepEqual(asked.suggest?.[0]?.operation, { kind: 'show', profile: w('contoso') });
  });

  it('answers a slip with both commands that are near, each once', () => {
    const asked = said('pots contoso');
    assert(isRefusal(asked) && asked.code === 'unknownWords');
    assert.equal(asked.fix, 'Did you mean "posts contoso" or "post contoso"?');
    assert.deepEqual(
      asked.suggest?.map(({ title }) => title),
      ['posts contoso', 'post contoso', 'Help'],
    );
    const once = said('profils');
    assert(isRefusal(once));
    assert.equal(once.fix, 'Did you mean "profiles"?');
  });

  it('refuses what it cannot read, with what to say instead', () => {
    for (const text of [
      'unshare contoso',
      'role ann',
      'code 12',
      'profiles myspace',
      'add myspace',
      'constructor',
      '__proto__',
    ]) {
      const asked = said(text);
      assert(isRefusal(asked), text);
      assert(asked.fix.length > 5);
    }
    assert.equal(code('x'.repeat(20_000)), 'unknownWords');
  });

  it('has a usage and an explanation for every command', () => {
    for (const [name, { usage, about }] of Object.entries(commands)) {
      assert(usage.replaceAll(' ', '').startsWith(name));
      assert(about.endsWith('.'));
    }
  });
});
