import assert from 'node:assert/strict';
import { outboundThrough } from '../../src/platform/outbound.js';

describe('an address of the outside world', () => {
  const picture = 'https://scontent.xx.fbcdn.net/v/1.jpg?oh=a%20b#c';
  const cases: [string, string | undefined, string, string][] = [
    ['is itself for an organisation', undefined, picture, picture],
    [
      'is on this machine in the sandbox',
      'http://127.0.0.1:3978',
      picture,
      'http://127.0.0.1:3978/scontent.xx.fbcdn.net/v/1.jpg?oh=a%20b#c',
    ],
    [
      'is mapped once only',
      'http://127.0.0.1:3978',
      'http://127.0.0.1:3978/x.com/contoso',
      'http://127.0.0.1:3978/x.com/contoso',
    ],
  ];
  for (const [title, origin, given, reached] of cases) {
    it(title, () => assert.equal(outboundThrough(origin)(given).href, reached));
  }
});
