import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { networkRow } from '../../src/networks/index.js';

const secret = 'planted-app-secret';
const now = new Date('2026-11-24T12:00:00Z');
const sign = (text: string, key = secret) => createHmac('sha256', key).update(text).digest();

describe("Meta's word that a person left", () => {
  const claims = { algorithm: 'HMAC-SHA256', issued_at: 1795521000, user_id: '10123' };
  const form = (value: unknown, key = secret) => {
    const payload = Buffer.from(JSON.stringify(value)).toString('base64url');
    return `signed_request=${sign(payload, key).toString('base64url')}.${payload}`;
  };
  const read = (body: string, kind: 'revoked' | 'deletion' = 'revoked') =>
    networkRow('facebook').webhook?.read({ body: Buffer.from(body), headers: {}, secret, now }, kind);

  it('is believed when signed with the app secret', () => {
    const { receipt: _, ...event } = read(form(claims)) ?? assert.fail();
    assert.deepEqual(event, {
      network: 'facebook',
      about: 'person',
      id: '10123',
      at: new Date(1795521000_000),
      deleteData: false,
    });
  });

  it('asks for deletion when it comes to the deletion address', () => {
    assert.equal(read(form(claims), 'deletion')?.deleteData, true);
    const answer = networkRow('facebook').webhook?.deletionAnswer?.('https://bot.example/deletion/1', 'c-1');
    assert.deepEqual(answer, { url: 'https://bot.example/deletion/1', confirmation_code: 'c-1' });
  });

  it('is nothing with a wrong key, a changed payload, another algorithm, a future date or no person', () => {
    const [signature] = form(claims).split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, user_id: '666' })).toString('base64url');
    const refused = [
      form(claims, 'another secret'),
      `${signature}.${other}`,
      form({ ...claims, algorithm: 'none' }),
      form({ ...claims, issued_at: 1795521000 + 86_400 }),
      form({ ...claims, issued_at: 1795521000 - 31 * 86_400 }),
      form({ ...claims, issued_at: undefined }),
      form({ ...claims, user_id: '../me' }),
      form({ algorithm: 'HMAC-SHA256', issued_at: 1795521000 }),
      form('text'),
      'signed_request=',
      'signed_request=a.b.c',
      '',
    ];
    for (const body of refused) assert.equal(read(body), undefined, body);
  });

  it('keeps every digit of a person who is named by a number', () => {
    const payload = Buffer.from('{"algorithm":"HMAC-SHA256","issued_at":1795521000,"user_id":90071992547409931234}');
    const text = payload.toString('base64url');
    const body = `signed_request=${sign(text).toString('base64url')}.${text}`;
    assert.equal(read(body)?.id, '90071992547409931234');
  });

  it('has one receipt, however it is written, and another for another request', () => {
    const [signature = '', payload] = form(claims).replace('signed_request=', '').split('.');
    const padded = `signed_request=${signature}%3D.${payload}`;
    assert.equal(read(padded)?.receipt, read(form(claims))?.receipt);
    assert.notEqual(read(form({ ...claims, issued_at: 1795521001 }))?.receipt, read(form(claims))?.receipt);
  });

  it('is nothing while no secret is set', () => {
    const delivery = { body: Buffer.from(form(claims, '')), headers: {}, secret: '', now };
    assert.equal(networkRow('instagram').webhook?.read(delivery, 'revoked'), undefined);
  });
});

describe("X's word that an account took access away", () => {
  const event = (type = 'oauth.revoke') =>
    JSON.stringify({
      data: {
        event_uuid: '5934540941047412905',
        filter: {},
        event_type: type,
        payload: { date_time: '2026-11-24T11:44:05+00:00', user_id: '1400000000000000101', app_id: '29820954' },
      },
    });
  const read = (body: string, signature: string) =>
    networkRow('x').webhook?.read(
      { body: Buffer.from(body), headers: { 'x-twitter-webhooks-signature': signature }, secret, now },
      'revoked',
    );
  const signed = (body: string, key = secret) => read(body, `sha256=${sign(body, key).toString('base64')}`);

  it('is believed when signed with the consumer secret', () => {
    const { receipt: _, ...read } = signed(event()) ?? assert.fail();
    assert.deepEqual(read, {
      network: 'x',
      about: 'account',
      id: '1400000000000000101',
      at: new Date('2026-11-24T11:44:05Z'),
      deleteData: false,
    });
  });

  it('is nothing with a wrong key, without a signature, about something else, or broken', () => {
    assert.equal(signed(event(), 'another secret'), undefined);
    assert.equal(read(event(), ''), undefined);
    assert.equal(read(event(), `sha256=${sign(`${event()} `).toString('base64')}`), undefined);
    assert.equal(signed(event('post.create')), undefined);
    assert.equal(signed('{'), undefined);
  });

  it('is nothing when it is dated ahead, long ago, or not at all', () => {
    const dated = (date: unknown) => event().replace('"2026-11-24T11:44:05+00:00"', JSON.stringify(date));
    for (const date of ['2026-11-24T12:06:00Z', '2026-10-24T12:00:00Z', '2099-01-01', 'soon', null, {}]) {
      assert.equal(signed(dated(date)), undefined, String(date));
    }
    assert.ok(signed(dated('2026-11-24T12:04:00Z')));
  });

  const challenge = (query: string) => networkRow('x').webhook?.challenge?.(new URLSearchParams(query), secret);

  it('is preceded by a challenge that only the holder of the secret can answer', () => {
    for (const token of ['challenge', 'MGMxNTk2ZjUtYjVhMi00NDBj=', 'a-b_c.d~e']) {
      const answer = { response_token: `sha256=${sign(token).toString('base64')}` };
      assert.deepEqual(challenge(`crc_token=${token}`), answer);
    }
    assert.equal(challenge(''), undefined);
    assert.equal(networkRow('x').webhook?.challenge?.(new URLSearchParams({ crc_token: 'a' }), ''), undefined);
  });

  it('cannot be had signed as a challenge: only a word is signed, once a request, and no word is an event', () => {
    for (const token of [event(), ` ${event()}`, '', ' ', 'a b', 'a'.repeat(201), '"word"', '[1]', '{}', 'a\n']) {
      assert.equal(challenge(new URLSearchParams({ crc_token: token }).toString()), undefined, token);
    }
    assert.equal(challenge('crc_token=a&crc_token=b'), undefined);
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.base64String(),
      fc.constant(event()),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const answer = challenge(new URLSearchParams({ crc_token: text }).toString());
        if (answer) assert.equal(read(text, answer.response_token ?? ''), undefined);
      }),
      { numRuns: 200 },
    );
  });
});
