import type { NetworkId } from '../../rules/types.js';
import { type Call, json, type Reply } from './call.js';
import { page, text } from './consent.js';
import type { FakeWorld } from './door.js';
import { type Fault, faultKinds, parseDial } from './faults.js';
import type { PublicAccount } from './publicPages.js';

/** What each fault does, for the page. */
const about: Record<(typeof faultKinds)[number], string> = {
  expired: 'access tokens are expired',
  revoked: 'the person took the permission back',
  rateLimited: 'too fast: wait',
  slow: 'answers come late',
  error: 'answers 500',
  wrongAccount: 'the next sign-in is another account',
  missingScope: 'a permission is missing',
  noPages: 'no Pages, no channels',
  renamed: 'accounts have another handle and name',
  lostRequest: 'posts: the connection breaks before it is posted',
  lostAnswer: 'posts: posted, and the answer is lost',
  postedError: 'posts: posted, and the answer is 500',
  pleaseRetry: 'posts: posted, and the answer is "please retry"',
  showsLate: 'posts: shown a minute late',
  dropped: 'posts: accepted, then dropped',
  cut: 'posts: half of the text is cut',
  ghost: 'posts: called a duplicate of a post that is not there',
  noCredits: "posts: the app's credits are used up (402, X)",
  uploadLost: 'pictures and videos: the connection breaks',
  uploadRefused: 'pictures and videos: refused',
  uploadForgotten: 'videos: what came so far is forgotten (YouTube, X, LinkedIn, Instagram, Facebook)',
  badDay: 'posts: every second one has some of these faults',
};

/** What the page shows of a pretend network. */
type Shown = { network: NetworkId; label: string; accounts?: PublicAccount[] };

/**
 * The fault dials: `GET /sandbox/networks` shows them (a page for a browser, else JSON), `POST` turns one:
 * `{ network, fault: { kind, times, seconds, scope } | null }`, or the page's form.
 */
export async function dial(
  world: FakeWorld,
  networks: readonly Shown[],
  call: Call,
  turn: (network: NetworkId, fault: Fault | undefined) => Promise<void>,
): Promise<Reply> {
  const { faults } = world;
  if (!isOwnPage(call)) return json(403, { error: 'only from here' });
  const wantsPage = (call.headers.accept ?? '').includes('text/html');
  if (call.method === 'GET') {
    return wantsPage ? { status: 200, html: dialPage(world, networks) } : json(200, { faults: faults.all() });
  }
  const set = parseDial(call.fields.get('network'), faultIn(call));
  if (!set) return json(400, { error: 'say { network, fault: { kind, times, seconds, scope } } or fault: null' });
  await turn(set.network, set.fault);
  return wantsPage ? { status: 303, headers: { location: '/sandbox/networks' } } : json(200, { faults: faults.all() });
}

/** JSON arrives as text (`readCall` flattens it); the page's form sends the kind alone. */
function faultIn(call: Call): unknown {
  const fault = call.fields.get('fault');
  if (fault === 'null') return null;
  if (!fault?.startsWith('{')) return fault;
  try {
    return JSON.parse(fault);
  } catch {
    return 0;
  }
}

/** A page of another site, open in the same browser, must not turn the dial. */
function isOwnPage(call: Call): boolean {
  const from = call.headers.origin;
  return from === undefined || from === call.origin;
}

function dialPage(world: FakeWorld, networks: readonly Shown[]): string {
  const now = world.faults.all();
  const forms = networks.map(({ network, label }) => dialForm(network, label, now[network]?.kind));
  return page(
    'Pretend networks: what goes wrong, and what was published',
    '#424242',
    `<header class="pretend"><strong>Pretend networks</strong> Part of the sandbox on this machine.</header>
<main><h1>What goes wrong</h1>
<p>Choose what a network does from now on, then try <code>health</code>, <code>renew</code>, <code>add</code> or <code>post</code> in the chat.</p>
${forms.join('\n')}
<h2 class="next">What was published</h2>
${published(world, networks)}</main>`,
  );
}

/** The public pages of the accounts that published something. */
function published(world: FakeWorld, networks: readonly Shown[]): string {
  const accounts = networks.flatMap(({ accounts: some }) => some ?? []);
  const items = accounts
    .map((account) => ({ account, posts: [...world.posts.shownBy(account.network, account.id)].length }))
    .filter(({ posts }) => posts > 0)
    .map(
      ({ account: { path, name, label }, posts }) =>
        `<li><a href="${text(path)}">${text(name)} on ${text(label)}</a>: ${posts === 1 ? 'one post' : `${posts} posts`}</li>`,
    );
  return items.length ? `<ul>${items.join('')}</ul>` : '<p>Nothing yet. Say <code>post</code> in the chat.</p>';
}

function dialForm(network: NetworkId, label: string, now: string | undefined): string {
  const option = (value: string, words: string) =>
    `<option value="${text(value)}"${value === (now ?? '') ? ' selected' : ''}>${text(words)}</option>`;
  const options = [option('', 'works'), ...faultKinds.map((kind) => option(kind, about[kind]))];
  return `<form method="post" class="dial"><input type="hidden" name="network" value="${text(network)}">
<label for="${text(network)}">${text(label)}</label>
<select id="${text(network)}" name="fault">${options.join('')}</select>
<button>Set<span class="quiet"> ${text(label)}</span></button></form>`;
}
