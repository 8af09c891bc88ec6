import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Client, generateCodeVerifier, OAuth2 } from '@xdevplatform/xdk';
import { AuthClient, RestliClient } from 'linkedin-api-client';
import { TwitterApi } from 'twitter-api-v2';
import { linkedInMemberApp, sandboxApps } from '../../src/sandbox/networks/index.js';
import { consent, type Harness, startHarness } from './networks-harness.js';
import { sendEverythingTo } from './networks-redirect.js';

const require = createRequire(import.meta.url);

/** The sandbox's networks are true enough that clients nobody here wrote sign in and read. */
describe("vendors' own clients at the pretend networks", () => {
  let harness: Harness;
  let restore: () => void;
  const back = (network: string) => `http://localhost:3978/link/callback/${network}`;
  /** Follows the address as a browser does, and gives the code that comes back. */
  const codeFrom = async (url: string, account?: string): Promise<string> => {
    const returned = await consent(harness.outbound(url), account ? { account } : {});
    const code = returned.searchParams.get('code');
    assert.ok(code, `a code in ${returned}`);
    return code;
  };

  before(async () => {
    harness = await startHarness();
    restore = sendEverythingTo(harness.outbound);
  });
  after(async () => {
    restore();
    await harness.stop();
  });

  it('twitter-api-v2 signs in, reads, refreshes and revokes', async () => {
    const { clientId, clientSecret } = sandboxApps.x;
    const client = new TwitterApi({ clientId, clientSecret });
    const scope = ['tweet.read', 'users.read', 'dm.read', 'offline.access'];
    const link = client.generateOAuth2AuthLink(back('x'), { scope });
    const code = await codeFrom(link.url, 'contoso');
    const signedIn = await client.loginWithOAuth2({ code, codeVerifier: link.codeVerifier, redirectUri: back('x') });
    assert.equal((await signedIn.client.v2.me()).data.username, 'contoso');
    assert.equal((await signedIn.client.v2.userByUsername('fabrikam')).data.name, 'Fabrikam, Inc.');
    const renewed = await client.refreshOAuth2Token(signedIn.refreshToken ?? '');
    assert.equal((await renewed.client.v2.me()).data.username, 'contoso');
    await client.revokeOAuth2Token(renewed.refreshToken ?? '', 'refresh_token');
    await assert.rejects(renewed.client.v2.me());
  });

  it('@xdevplatform/xdk signs in, reads and refreshes', async () => {
    const { clientId, clientSecret } = sandboxApps.x;
    const scope = ['tweet.read', 'users.read', 'offline.access'];
    const oauth = new OAuth2({ clientId, clientSecret, redirectUri: back('x'), scope });
    const verifier = generateCodeVerifier();
    await oauth.setPkceParameters(verifier);
    const code = await codeFrom(await oauth.getAuthorizationUrl('state'), 'contoso_support');
    const token = await oauth.exchangeCode(code, verifier);
    const baseUrl = `${harness.origin}/api.x.com`;
    const me = await new Client({ accessToken: token.access_token, baseUrl }).users.getMe();
    assert.equal(me.data?.username, 'contoso_support');
    const renewed = await oauth.refreshToken(token.refresh_token);
    const again = await new Client({ accessToken: renewed.access_token, baseUrl }).users.getMe();
    assert.equal(again.data?.id, me.data?.id);
  });

  it('facebook-nodejs-business-sdk exchanges tokens, reads the person and follows every page of Pages', async () => {
    const { FacebookAdsApi, User, Page } = require('facebook-nodejs-business-sdk') as FacebookSdk;
    const { clientId, clientSecret } = sandboxApps.facebook;
    const dialog = `https://www.facebook.com/v24.0/dialog/oauth?response_type=code&client_id=${clientId}&state=s&redirect_uri=${encodeURIComponent(back('facebook'))}&scope=public_profile,pages_show_list`;
    const code = await codeFrom(dialog, 'Alex Wilber');
    const query = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: back('facebook'),
      code,
    });
    const address = `https://graph.facebook.com/v24.0/oauth/access_token?${query}`;
    const { access_token: token } = await new FacebookAdsApi('none').call('GET', address);
    const api = new FacebookAdsApi(token ?? '');
    const me = await new User('me', {}, undefined, api).get(['id', 'name']);
    assert.equal(me.name, 'Alex Wilber');
    const pages = await new User('me', {}, undefined, api).getAccounts(['id', 'name', 'access_token', 'tasks']);
    const found = [...pages];
    while (pages.hasNext()) found.push(...(await pages.next()));
    assert.equal(found.length, 5);
    const contoso = found.find(({ name }) => name === 'Contoso');
    const pageApi = new FacebookAdsApi(contoso?.access_token ?? '');
    assert.equal(
      (await new Page(contoso?.id ?? '', {}, undefined, pageApi).get(['name', 'username'])).username,
      'contoso',
    );
  });

  it('linkedin-api-client signs a member in and reads them, and a Page app with its Pages', async () => {
    const rest = new RestliClient();
    const redirectUrl = back('linkedin');
    const members = new AuthClient({ ...linkedInMemberApp, redirectUrl });
    const asMember = members.generateMemberAuthorizationUrl(['openid', 'profile', 'w_member_social'], 'state');
    const member = await members.exchangeAuthCodeForAccessToken(await codeFrom(asMember, 'Megan Bowen'));
    const info = await rest.get({ resourcePath: '/userinfo', accessToken: member.access_token });
    assert.equal(info.data.name, 'Megan Bowen');

    const pages = new AuthClient({ ...sandboxApps.linkedin, redirectUrl });
    const asPages = pages.generateMemberAuthorizationUrl(['r_basicprofile', 'rw_organization_admin'], 'state');
    const token = await pages.exchangeAuthCodeForAccessToken(await codeFrom(asPages, 'Alex Wilber'));
    const renewed = await pages.exchangeRefreshTokenForAccessToken(token.refresh_token ?? '');
    const with202607 = { versionString: '202607', accessToken: renewed.access_token };
    const roles = await rest.finder({
      resourcePath: '/organizationAcls',
      finderName: 'roleAssignee',
      queryParams: { state: 'APPROVED' },
      ...with202607,
    });
    assert.ok(roles.data.elements.length > 0);
    const page = await rest.get({ resourcePath: '/organizations/{id}', pathKeys: { id: 5001001 }, ...with202607 });
    assert.equal((page.data as { vanityName?: string }).vanityName, 'contoso');
    const looked = await pages.introspectAccessToken(renewed.access_token);
    assert.equal((looked as unknown as { data: { status: string } }).data.status, 'active');
  });

  it('@googleapis/youtube signs in, reads the channel, refreshes and revokes', async () => {
    const { auth, youtube } = require('@googleapis/youtube') as typeof import('@googleapis/youtube');
    const { clientId, clientSecret } = sandboxApps.youtube;
    const client = new auth.OAuth2(clientId, clientSecret, back('youtube'));
    const scope = ['https://www.googleapis.com/auth/youtube.readonly'];
    const code = await codeFrom(
      client.generateAuthUrl({ access_type: 'offline', prompt: 'consent', scope }),
      'Contoso',
    );
    const { tokens } = await client.getToken(code);
    client.setCredentials(tokens);
    const channels = await youtube({ version: 'v3', auth: client }).channels.list({ part: ['snippet'], mine: true });
    assert.equal(channels.data.items?.[0]?.snippet?.customUrl, '@contoso');
    const renewed = await client.refreshAccessToken();
    assert.ok(renewed.credentials.access_token);
    assert.equal((await client.revokeToken(tokens.refresh_token ?? '')).status, 200);
    await assert.rejects(youtube({ version: 'v3', auth: client }).channels.list({ part: ['snippet'], mine: true }));
  });
});

/** The part of Meta's client that is used here: it brings no types. */
type FacebookNode = { id?: string; name?: string; username?: string; access_token?: string };
type FacebookList = FacebookNode[] & { hasNext: () => boolean; next: () => Promise<FacebookNode[]> };
type FacebookApi = { call: (method: string, path: string) => Promise<{ access_token?: string }> };
type NodeClass<T> = new (id: string, data: object, parent: undefined, api: FacebookApi) => T;
type FacebookSdk = {
  FacebookAdsApi: new (token: string) => FacebookApi;
  User: NodeClass<{
    get: (fields: string[]) => Promise<FacebookNode>;
    getAccounts: (fields: string[]) => Promise<FacebookList>;
  }>;
  Page: NodeClass<{ get: (fields: string[]) => Promise<FacebookNode> }>;
};
