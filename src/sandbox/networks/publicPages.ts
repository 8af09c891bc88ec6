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

/** What anybody sees of an account: its posts, newest first. */
export function accountPage(world: FakeWorld, account: PublicAccount): Reply {
  const { some: posts } = pageOf(world.posts.shownBy(account.network, account.id), 0, mostShown);
  const list = posts.length
    ? `<ol class="posts">${posts.map((post) => `<li>${article(account, post)}</li>`).join('\n')}</ol>`
    : '<p>Nothing has been published here yet.</p>';
  return { status: 200, html: publicPage(account, account.name, `${heading(account, 'h1')}\n${list}`) };
}

/** One post, or a page that says that it is not there. */
export function postPage(
  account: PublicAccount | undefined,
  post: FakePost | undefined,
  network: Pick<PublicAccount, 'label' | 'colour'>,
): Reply {
  if (account && post) {
    const body = `<h1 class="quiet">Post by ${text(account.name)}</h1>${article(account, post)}`;
    return { status: 200, html: publicPage(account, `${account.name}: post`, body) };
  }
  const body = '<h1>Nothing is here</h1><p>It was taken back, or it never existed.</p>';
  return { status: 404, html: publicPage(network, 'Not there', body) };
}

function publicPage({ label, colour }: Pick<PublicAccount, 'label' | 'colour'>, title: string, body: string): string {
  const banner = `<header class="pretend"><strong>Pretend ${text(label)}</strong> Part of the sandbox on this machine. Nothing here is real.</header>`;
  return page(`Pretend ${label}: ${title}`, colour, `${banner}\n<main>${body}</main>`);
}

function article(account: PublicAccount, post: FakePost): string {
  const made = new Date(post.at).toISOString();
  const path = text(account.postPath(post));
  return `<article class="post">${heading(account, 'p')}
<p class="text">${text(post.text)}</p>
<p class="handle"><a href="${path}"><time datetime="${made}">${made.slice(0, 16).replace('T', ' ')} UTC</time></a></p></article>`;
}

const heading = ({ name, handle, path }: PublicAccount, tag: 'h1' | 'p') =>
  `<${tag}><a href="${text(path)}">${text(name)}</a> <span class="handle">${text(handle)}</span></${tag}>`;
