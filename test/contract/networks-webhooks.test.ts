import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
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
    assert.deepEqual(read(form(claims)), {
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
      form({ algorithm: 'HMAC-SHA256', issued_at: 1795521000 }),
      form('text'),
      'signed_request=',
      'signed_request=a.b.c',
      '',
    ];
    for (const body of refused) assert.equal(read(body), undefined, body);
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
        payload: { date_time: '2026-07-23T21:44:05+00:00', user_id: '1400000000000000101', app_id: '29820954' },
      },
    });
  const read = (body: string, signature: string) =>
    networkRow('x').webhook?.read(
      { body: Buffer.from(body), headers: { 'x-twitter-webhooks-signature': signature }, secret, now },
      'revoked',
    );
  const signed = (body: string, key = secret) => read(body, `sha256=${sign(body, key).toString('base64')}`);

  it('is believed when signed with the consumer secret', () => {
    assert.deepEqual(signed(event()), {
      network: 'x',
      about: 'account',
      id: '1400000000000000101',
      at: new Date('2026-07-23T21:44:05Z'),
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

  it('is preceded by a challenge that only the holder of the secret can answer', () => {
    const answer = networkRow('x').webhook?.challenge?.(new URLSearchParams({ crc_token: 'challenge' }), secret);
    assert.deepEqual(answer, { response_token: `sha256=${sign('challenge').toString('base64')}` });
    assert.equal(networkRow('x').webhook?.challenge?.(new URLSearchParams(), secret), undefined);
  });
});
