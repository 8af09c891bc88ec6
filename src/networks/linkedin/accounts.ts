import { bearer, type Kit, list, num, read, type Speaker, str } from '../http.js';
import { type Account, NetworkTrouble, type Tokens } from '../network.js';
import { isOfSignIn, nameIn, needId, needName, pictureIn, unread, whyUnread } from '../reading.js';
import { api, rest } from './api.js';

type Caller = { kit: Kit; server: Speaker };

export async function member({ kit, server }: Caller, tokens: Tokens): Promise<Account[]> {
  // The Pages app cannot have OpenID Connect, since its product must be the only one: there `/v2/me` says who it is.
  if (!tokens.scopes.includes('openid'))
    return [basicProfile(await read(kit, server, `${api}/v2/me`, bearer(tokens.access)))];
  const reply = await read(kit, server, `${api}/v2/userinfo`, bearer(tokens.access));
  const name = needName('LinkedIn', reply, 'name');
  return [{ externalId: needId('LinkedIn', reply, 'sub'), handle: name, name, ...pictureIn(reply, 'picture') }];
}

function basicProfile(reply: unknown): Account {
  const names = [nameIn(reply, 'localizedFirstName'), nameIn(reply, 'localizedLastName')].filter(Boolean).join(' ');
  const vanity = nameIn(reply, 'vanityName');
  const externalId = needId('LinkedIn', reply, 'id');
  const name = names || vanity || externalId;
  const url = vanity ? `https://www.linkedin.com/in/${encodeURIComponent(vanity)}` : undefined;
  return { externalId, handle: vanity ?? name, name, ...(url ? { url } : {}) };
}

const publishing = new Set(['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'CONTENT_ADMIN']);
const pageSize = 100;
const mostPages = 50;

/** Pages where the member has a role: `externalId`, and `unusable` when none of the roles may publish. */
async function roles({ kit, server }: Caller, tokens: Tokens): Promise<{ externalId: string; unusable?: string }[]> {
  const held = new Map<string, string[]>();
  let start = 0;
  for (let page = 0; page < mostPages; page++) {
    const url = `${api}/rest/organizationAcls?q=roleAssignee&state=APPROVED&start=${start}&count=${pageSize}`;
    const reply = await read(kit, server, url, bearer(tokens.access, rest));
    const elements = list(reply, 'elements');
    for (const element of elements) {
      const id = str(element, 'organization')?.split(':').at(-1);
      if (id && /^\d+$/.test(id)) held.set(id, [...(held.get(id) ?? []), str(element, 'role') ?? '']);
    }
    start += elements.length;
    const total = num(reply, 'paging', 'total');
    const isLast = total >= 0 ? start >= total : elements.length < pageSize;
    if (elements.length === 0 || isLast) break;
  }
  return [...held].map(([externalId, names]) =>
    names.some((name) => publishing.has(name))
      ? { externalId }
      : { externalId, unusable: 'Your role on this Page does not let you publish; ask a super admin of the Page.' },
  );
}

/** Each Page by itself: one that cannot be read is shown with its reason, and after "too fast" no more are asked for. */
export async function pages(caller: Caller, tokens: Tokens): Promise<Account[]> {
  const found: Account[] = [];
  let first: NetworkTrouble | undefined;
  for (const page of await roles(caller, tokens)) {
    const read = first?.kind === 'wait' ? first : await pageAccount(caller, tokens, page).catch(troubleOfOne);
    if (!(read instanceof NetworkTrouble)) found.push(read);
    else {
      first ??= read;
      const why = page.unusable ?? whyUnread('LinkedIn', 'Page', read);
      found.push(unread(page.externalId, `Page ${page.externalId}`, why));
    }
  }
  if (first && first.kind !== 'notAllowed' && found.every(({ unusable }) => unusable)) throw first;
  return found;
}

function troubleOfOne(error: unknown): NetworkTrouble {
  if (isOfSignIn(error)) throw error;
  return error as NetworkTrouble;
}

type Role = Awaited<ReturnType<typeof roles>>[number];

async function pageAccount({ kit, server }: Caller, tokens: Tokens, page: Role): Promise<Account> {
  const url = `${api}/rest/organizations/${page.externalId}`;
  const reply = await read(kit, server, url, bearer(tokens.access, rest));
  const name = nameIn(reply, 'localizedName') ?? `Page ${page.externalId}`;
  const vanity = nameIn(reply, 'vanityName');
  const path = vanity ?? page.externalId;
  return { ...page, handle: vanity ?? name, name, url: `https://www.linkedin.com/company/${encodeURIComponent(path)}` };
}

const notOpened = () => new NetworkTrouble('notAllowed', 'This sign-in does not open the profile.');

/** Who signed in, when it is this member. */
export async function memberItself(caller: Caller, tokens: Tokens, externalId: string): Promise<Account> {
  const one = (await member(caller, tokens)).find((account) => account.externalId === externalId);
  if (!one) throw notOpened();
  return one;
}

/** One Page, when the member has a role on it that may publish. */
export async function pageItself(caller: Caller, tokens: Tokens, externalId: string): Promise<Account> {
  const one = (await roles(caller, tokens)).find((role) => role.externalId === externalId);
  if (!one) throw notOpened();
  if (one.unusable) throw new NetworkTrouble('notAllowed', one.unusable);
  return pageAccount(caller, tokens, one);
}
