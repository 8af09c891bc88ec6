import { sizeWords } from '../../platform/bytes.js';
import type { Reply } from './call.js';
import { page, text } from './consent.js';
import type { FakeWorld } from './door.js';
import { type FakePost, pageOf } from './posts.js';

/** Whose public page it is, on which network. */
export type PublicAccount = {
  label: string;
  colour: string;
  network: FakePost['network'];
  /** What its posts go by. */
  id: string;
  name: string;
  handle: string;
  /** Path of the account's page, and of one of its posts, on the network's own host. */
  path: string;
  postPath: (post: FakePost) => string;
};

const mostShown = 100;

/** What anybody sees of an account: its posts, newest first, or what it shows instead. */
export function accountPage(
  world: FakeWorld,
  account: PublicAccount,
  shown: Iterable<FakePost> = world.posts.shownBy(account.network, account.id),
): Reply {
  const { some: posts } = pageOf(shown, 0, mostShown);
  const list = posts.length
    ? `<ol class="posts">${posts.map((post) => `<li>${article(world, account, post)}</li>`).join('\n')}</ol>`
    : '<p>Nothing has been published here yet.</p>';
  return { status: 200, html: publicPage(account, account.name, `${heading(account, 'h1')}\n${list}`) };
}

/** One post with what answers it, or a page that says that it is not there. */
export function postPage(
  world: FakeWorld,
  account: PublicAccount | undefined,
  post: FakePost | undefined,
  network: Pick<PublicAccount, 'label' | 'colour'>,
  accounts: readonly PublicAccount[] = [],
): Reply {
  if (account && post) {
    const title = `<h1 class="quiet">Post by ${text(account.name)}</h1>`;
    const body = `${title}${article(world, account, post)}${answers(world, post, accounts)}`;
    return { status: 200, html: publicPage(account, `${account.name}: post`, body) };
  }
  const body = '<h1>Nothing is here</h1><p>It was taken back, or it never existed.</p>';
  return { status: 404, html: publicPage(network, 'Not there', body) };
}

/** Comments and answers, each with its own below it. */
function answers(world: FakeWorld, post: FakePost, accounts: readonly PublicAccount[]): string {
  const items = world.posts.answersTo(post.network, post.id).flatMap((answer) => {
    const account = accounts.find(({ id }) => id === answer.author);
    return account ? [`<li>${article(world, account, answer)}${answers(world, answer, accounts)}</li>`] : [];
  });
  return items.length ? `<ol class="posts answers">${items.join('')}</ol>` : '';
}

function publicPage({ label, colour }: Pick<PublicAccount, 'label' | 'colour'>, title: string, body: string): string {
  const banner = `<header class="pretend"><strong>Pretend ${text(label)}</strong> Part of the sandbox on this machine. Nothing here is real.</header>`;
  return page(`Pretend ${label}: ${title}`, colour, `${banner}\n<main>${body}</main>`);
}

function article(world: FakeWorld, account: PublicAccount, post: FakePost): string {
  const made = new Date(post.at).toISOString();
  const time = `<time datetime="${made}">${made.slice(0, 16).replace('T', ' ')} UTC</time>`;
  const link = post.isComment ? time : `<a href="${text(account.postPath(post))}">${time}</a>`;
  return `<article class="post">${heading(account, 'p')}${about(post)}
${video(post)}<p class="text">${text(post.text)}</p>${pictures(world, post)}
<p class="handle">${link}${counted(world, post)}</p></article>`;
}

/** In the page itself: nothing is fetched. */
function pictures(world: FakeWorld, { network, media = [] }: FakePost): string {
  return media
    .map(({ id, alt }) => {
      const bytes = world.media.bytes(network, id);
      const type = bytes?.[0] === 0x89 ? 'image/png' : 'image/jpeg';
      return bytes
        ? `<p><img class="picture" src="data:${type};base64,${bytes.toString('base64')}" alt="${text(alt)}"></p>`
        : '';
    })
    .join('');
}

const privacyWords: Record<string, string> = { private: 'Private', unlisted: 'Unlisted', public: 'Public' };

/** Named, not played: what it shows is nobody's business here. */
function video({ video: shown }: FakePost): string {
  if (!shown) return '';
  const { title, privacy, madeForKids, bytes } = shown;
  const about = [
    ...(privacy ? [privacyWords[privacy] ?? privacy] : []),
    ...(madeForKids ? ['made for children'] : []),
    sizeWords(bytes),
  ];
  const heading = title ? `<h2 class="video">${text(title)}</h2>` : '';
  return `${heading}<p class="handle">Video: ${text(about.join(', '))}</p>`;
}

function about({ answers: answered, isComment, shares }: FakePost): string {
  if (shares) return `<p class="handle">Shares on ${text(shares)}</p>`;
  return answered && !isComment ? `<p class="handle">Answers ${text(answered)}</p>` : '';
}

function counted(world: FakeWorld, { network, id }: FakePost): string {
  const likes = world.posts.tapped('like', network, id).size;
  const reposts = world.posts.tapped('repost', network, id).size;
  const words = [likes ? `liked ${times(likes)}` : '', reposts ? `reposted ${times(reposts)}` : ''].filter(Boolean);
  return words.length ? ` · ${words.join(' · ')}` : '';
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

const heading = ({ name, handle, path }: PublicAccount, tag: 'h1' | 'p') =>
  `<${tag}><a href="${text(path)}">${text(name)}</a> <span class="handle">${text(handle)}</span></${tag}>`;
