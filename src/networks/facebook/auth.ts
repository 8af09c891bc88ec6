import type { ProfileType } from '../../rules/types.js';
import { scopeNames } from '../facts.js';
import { address, bearer, type Kit, read, str } from '../http.js';
import { graph } from '../meta/graph.js';
import {
  everyPage,
  exchangeAtFacebook,
  facebookLogin,
  pageTokens,
  pageTrouble,
  revokeAtFacebook,
} from '../meta/login.js';
import { type Account, type Network, NetworkTrouble, type Tokens } from '../network.js';
import { authorizeUrl } from '../oauth/authorize.js';
import { nameIn, needId, needName, pictureIn, readEach } from '../reading.js';
import { facebookTypes } from './facts.js';

const { 'facebook-page': page, 'facebook-user': person } = facebookTypes;
const scopesOf = (type: ProfileType) => scopeNames((type === 'facebook-page' ? page : person).scopes);
const server = facebookLogin('Facebook', (signIn) => scopesOf(signIn.type));

/** Facebook people, and the Pages they may use. */
export function facebookNetwork(kit: Kit): Network {
  return {
    scopes: scopesOf,
    authorizeUrl: (signIn) => authorizeUrl(kit, server, signIn),
    exchange: (signIn, returned) => exchangeAtFacebook(kit, server, signIn, returned),
    async refresh() {
      // Facebook has no refresh token: a person signs in again after 60 days, a Page's token has no end.
      throw new NetworkTrouble('unsupported', 'Facebook has no way to renew a sign-in but to sign in again.');
    },
    revoke: (app, _type, tokens) => revokeAtFacebook(kit, server, app, tokens),
    accounts: (type, tokens) => (type === 'facebook-page' ? pages(kit, tokens) : readMe(kit, tokens)),
    async check(type, tokens, externalId) {
      // `me` is whom the token stands for: the Page, with a Page's token.
      const account = type === 'facebook-page' ? await pageItself(kit, tokens) : (await readMe(kit, tokens))[0];
      if (account?.externalId !== externalId) {
        throw new NetworkTrouble('unknown', 'Facebook answered for another account.');
      }
      return account;
    },
  };
}

/** The id is app-scoped, and there is no user name: nothing public to link to. */
async function readMe(kit: Kit, tokens: Tokens): Promise<Account[]> {
  const fields = 'id,name,picture{url}';
  const reply = await read(kit, server, address(`${graph}/me`, { fields }), bearer(tokens.access));
  const name = needName('Facebook', reply, 'name');
  const externalId = needId('Facebook', reply, 'id');
  return [{ externalId, handle: name, name, ...pictureIn(reply, 'picture', 'data', 'url') }];
}

async function pageItself(kit: Kit, tokens: Tokens): Promise<Account> {
  const fields = 'id,name,username';
  const page = await read(kit, server, address(`${graph}/me`, { fields }), bearer(tokens.access));
  return namesOfPage(page);
}

async function pages(kit: Kit, tokens: Tokens): Promise<Account[]> {
  const { found, missing } = await everyPage(kit, server, tokens);
  return [...readEach('Facebook', 'Page', found, (one) => pageAccount(one, tokens)), ...missing];
}

function namesOfPage(page: unknown) {
  const externalId = needId('Facebook', page, 'id');
  const name = needName('Facebook', page, 'name');
  const username = nameIn(page, 'username');
  // A Page without a user name of its own goes by its name.
  return {
    externalId,
    handle: username ?? name,
    name,
    url: `https://www.facebook.com/${encodeURIComponent(username ?? externalId)}`,
  };
}

function pageAccount(page: unknown, tokens: Tokens): Account {
  const token = str(page, 'access_token');
  const unusable = pageTrouble(page);
  return {
    ...namesOfPage(page),
    ...pictureIn(page, 'picture', 'data', 'url'),
    ...(unusable ? { unusable } : {}),
    ...(token && !unusable ? { tokens: pageTokens(tokens, token) } : {}),
  };
}
