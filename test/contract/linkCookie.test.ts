import assert from 'node:assert/strict';
import { linkCookies } from '../../src/web/links/linkCookie.js';
import type { WebRequest } from '../../src/web/server/exchange.js';

const hash = 'Zx3_-abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const asked = (cookies: Record<string, string>) => ({ cookie: (name) => cookies[name] }) as WebRequest;

describe('the cookie of a link', () => {
  it('carries the prefix that only this host can set, behind https', () => {
    const { set, keptBy } = linkCookies('https://social.contoso.example');
    const name = '__Host-link-Zx3_-abcdefg';
    assert.equal(set(hash, 's3cret'), `${name}=s3cret; Path=/; HttpOnly; SameSite=Lax; Max-Age=1200; Secure`);
    assert.equal(keptBy(asked({ [name]: 's3cret' }))(hash), 's3cret');
    assert.equal(keptBy(asked({ 'link-Zx3_-abcdefg': 's3cret' }))(hash), undefined, 'a plain one is not believed');
  });

  it('has a plain name on this machine, where browsers take no such prefix without https', () => {
    const { set } = linkCookies('http://localhost:3978');
    assert.equal(set(hash, 's3cret'), 'link-Zx3_-abcdefg=s3cret; Path=/; HttpOnly; SameSite=Lax; Max-Age=1200');
  });
});
