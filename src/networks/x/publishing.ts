import type { Kit } from '../http.js';
import type { Tokens } from '../network.js';
import { commonProblems, problemsOf } from '../previewing.js';
import type { Author, Preview, Problem, Publishing, Sent, ToSend } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { xAnswers } from './answers.js';
import { countForX, falseLinks, xLimit } from './counting.js';
import { xTypes } from './facts.js';
import { picturesOnX } from './pictures.js';
import { isSameOnX, lookUpOnX, readOnX, takeBackFromX } from './posts.js';
import { noVideo, videosOnX, whyRefused } from './videos.js';

const call = {
  table: xAnswers,
  url: 'https://api.x.com/2/tweets',
  scopes: xTypes['x-user'].publishing,
};

/** Posts of X users, or replies to a post: https://docs.x.com/x-api/posts/create-post */
export function xPublishing(kit: Kit, replyTo?: string): Publishing {
  const more = replyTo ? { reply: { in_reply_to_tweet_id: replyTo } } : {};
  const permalink = ({ handle }: Author, id: string) =>
    kit.outbound(`https://x.com/${encodeURIComponent(handle)}/status/${encodeURIComponent(id)}`).href;
  return {
    preview: (text) => preview(text, replyTo !== undefined),
    publish: (tokens, what, signal) => publish(kit, tokens, { ...what, more }, signal),
    pictures: picturesOnX(kit),
    ...(replyTo ? {} : { videos: videosOnX(kit) }),
    lookUp: (tokens, what) => lookUpOnX(kit, tokens, { ...what, replyTo }, (id) => permalink(what.author, id)),
    read: (tokens, { id }) => readOnX(kit, tokens, id),
    takeBack: (tokens, { id }) => takeBackFromX(kit, tokens, id),
    takeBackCost: 'X charges 0.01 USD for deleting, and may refuse the same text for a while.',
    isRepeatable: false,
    isSame: isSameOnX,
    permalink,
  };
}

async function publish(
  kit: Kit,
  tokens: Tokens,
  what: ToSend & { more: object },
  signal: AbortSignal | undefined,
): Promise<Sent> {
  const { wire, more, video, pictures = [] } = what;
  const id = video?.uploads?.[0];
  if (video && !id) return noVideo;
  const ids = id ? [id] : pictures.map((picture) => picture.id);
  const media = ids.length > 0 ? { media: { media_ids: ids } } : {};
  const sent = await publishOnce(kit, tokens, { ...call, body: { text: wire, ...more, ...media } }, what, signal);
  const isRefused = sent.kind === 'notThere' && sent.reason === 'refused';
  return id && isRefused
    ? whyRefused(kit, tokens, { refused: sent, id, isAgain: what.firstSentAt !== undefined })
    : sent;
}

function preview(text: string, isReply: boolean): Preview {
  const count = countForX(text);
  const sizes = { count: count.weight, limit: xLimit, unit: 'characters as X counts them' };
  const problems = commonProblems(text, sizes);
  if (!count.isValid && !problems.some(({ code }) => code === foreignSign.code)) problems.push(foreignSign);
  return {
    wire: text,
    ...sizes,
    problems: [...problems, ...problemsOf(falseLinks(count), falseLink)],
    links: count.links.map(({ link }) => link),
    price: priceOf(count.links.length > 0, isReply),
  };
}

const foreignSign: Problem = {
  code: 'brokenSign',
  sentence: 'The text holds a sign that X does not take.',
  fix: 'Take it out, or type the text again.',
  stops: true,
};

const falseLink = (name: string): Problem => ({
  code: 'falseLink',
  sentence: `X makes a link of "${name}": 23 characters, and the price of a post with a link.`,
  fix: 'If no link is meant, put a space after the dot or write it in another way.',
  stops: false,
});

/** https://docs.x.com/x-api/getting-started/pricing */
function priceOf(hasLink: boolean, isReply: boolean): { usd: number; why: string } {
  if (hasLink) return { usd: 0.2, why: 'X charges more for a post with a link.' };
  return isReply ? { usd: 0.01, why: 'X charges for every reply.' } : { usd: 0.015, why: 'X charges for every post.' };
}
