import { scopeNames } from '../facts.js';
import { address, at, bearer, type Kit, read, str } from '../http.js';
import { graph } from '../meta/graph.js';
import {
  everyPage,
  exchangeAtFacebook,
  facebookLogin,
  pageTokens,
  pageTrouble,
  revokeAtFacebook,
} from '../meta/login.js';
import { type Account, type App, type Network, NetworkTrouble, type Tokens } from '../network.js';
import { authorizeUrl } from '../oauth/authorize.js';
import { idIn, nameIn, needId, needName, pictureIn, readEach } from '../reading.js';
import { instagramTypes } from './facts.js';

const { otherWay, reviewed } = instagramTypes['instagram-account'];
const scopesOf = (app: App | undefined) =>
  scopeNames([...otherWay.scopes, ...(app?.isReviewed ? reviewed.scopes : [])]);
const server = facebookLogin('Instagram', ({ app }) => scopesOf(app));

/** Instagram accounts behind Facebook Pages: signed in at Facebook, used with the Page's token, which has no end. */
export function throughPage(kit: Kit): Network {
  return {
    scopes: () => scopesOf(kit.apps.instagram),
    authorizeUrl: (signIn) => authorizeUrl(kit, server, signIn),
    exchange: (signIn, returned) => exchangeAtFacebook(kit, server, signIn, returned),
    async refresh() {
      throw new NetworkTrouble('unsupported', 'A sign-in through a Facebook Page has no end and no renewal.');
    },
    revoke: (app, _type, tokens) => revokeAtFacebook(kit, server, app, tokens),
    accounts: (_type, tokens) => linkedAccounts(kit, tokens),
    async check(_type, tokens, externalId) {
      const url = address(`${graph}/${encodeURIComponent(externalId)}`, { fields: 'id,username,name' });
      return namesOf(await read(kit, server, url, bearer(tokens.access)));
    },
  };
}

async function linkedAccounts(kit: Kit, tokens: Tokens): Promise<Account[]> {
  const { found, missing } = await everyPage(
    kit,
    server,
    tokens,
    ',instagram_business_account{id,username,name,profile_picture_url}',
  );
  return [...readEach('Instagram', 'account', found, (page) => linkedAccount(page, tokens)), ...missing];
}

function linkedAccount(page: unknown, tokens: Tokens): Account {
  const pageName = needName('Instagram', page, 'name');
  const externalId = idIn(page, 'instagram_business_account', 'id');
  if (!externalId) {
    const unusable = `No Instagram account is linked to the Page ${pageName}.`;
    return { externalId: needId('Instagram', page, 'id'), handle: pageName, name: pageName, unusable };
  }
  const token = str(page, 'access_token');
  const unusable = pageTrouble(page);
  return {
    ...namesOf(at(page, 'instagram_business_account')),
    ...pictureIn(page, 'instagram_business_account', 'profile_picture_url'),
    ...(unusable ? { unusable } : {}),
    ...(token && !unusable ? { tokens: pageTokens(tokens, token) } : {}),
  };
}

function namesOf(account: unknown) {
  const externalId = needId('Instagram', account, 'id');
  const handle = nameIn(account, 'username') ?? externalId;
  const url = `https://www.instagram.com/${encodeURIComponent(handle)}/`;
  return { externalId, handle, name: nameIn(account, 'name') ?? handle, url };
}
