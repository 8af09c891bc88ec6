import type { Kit } from '../http.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { commonProblems, linksIn, problemsOf } from '../previewing.js';
import type { Cannot, Preview, Problem, Publishing, Sent, ToSend, Unknown } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { forgotten, notThere } from '../readSent.js';
import { linkedInAnswers } from './answers.js';
import { api, rest } from './api.js';
import { linkedinTypes } from './facts.js';
import { littleText } from './littleText.js';
import { picturesOnLinkedIn } from './pictures.js';
import { isSameOnLinkedIn, lookUpOnLinkedIn, readOnLinkedIn, takeBackFromLinkedIn, urnOf } from './posts.js';
import { untilProcessed, videosOnLinkedIn } from './videos.js';

const limit = 3000;
const closed: Cannot = {
  kind: 'cannot',
  why: 'LinkedIn shows apps no posts of members. Look at the profile on LinkedIn.',
};

/** Text posts, or a post that shares another one on: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
export function linkedInPublishing(kit: Kit, type: keyof typeof linkedinTypes, shared?: string): Publishing {
  const isReadable = type === 'linkedin-page';
  const permalink = (id: string) => kit.outbound(`https://www.linkedin.com/feed/update/${encodeURIComponent(id)}`).href;
  return {
    preview: (text) => preview(text, shared),
    async publish(tokens, what, signal) {
      const asked = kit.clock();
      const call = {
        table: linkedInAnswers,
        url: `${api}/rest/posts`,
        scopes: linkedinTypes[type].publishing,
        headers: rest,
      };
      if (what.video && !what.video.uploads?.[0]) return forgotten('LinkedIn does not have the video yet.');
      const made = await publishOnce(kit, tokens, { ...call, body: bodyOf(what, shared) }, what, signal);
      const sent = untilProcessed(kit, what, made);
      if (sent.kind !== 'unknown' || !sent.named || !isReadable) return sent;
      return afterReading(kit, tokens, what, { ...sent, named: sent.named }, asked);
    },
    lookUp: async (tokens, what) =>
      isReadable ? lookUpOnLinkedIn(kit, tokens, { ...what, shared }, permalink) : closed,
    read: async (tokens, { id }) => (isReadable ? readOnLinkedIn(kit, tokens, id) : closed),
    ...(shared ? {} : { pictures: picturesOnLinkedIn(kit), videos: videosOnLinkedIn(kit) }),
    takeBack: (tokens, { id }) => takeBackFromLinkedIn(kit, tokens, id),
    takeBackCost: 'It costs nothing. LinkedIn refuses the same text for a day or two after that.',
    isRepeatable: false,
    ...(isReadable ? {} : { peopleOnly: true as const }),
    isSame: isSameOnLinkedIn,
    permalink: (_author, id) => permalink(id),
  };
}

const bodyOf = ({ author, wire, ...beside }: ToSend, shared: string | undefined) => ({
  author: urnOf(author),
  commentary: wire,
  visibility: 'PUBLIC',
  distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
  lifecycleState: 'PUBLISHED',
  isReshareDisabledByAuthor: false,
  ...(shared ? { reshareContext: { parent: shared } } : {}),
  ...contentOf(beside),
});

/** A video, one picture, or several side by side. Their words come with the post. */
function contentOf({ pictures = [], video }: Pick<ToSend, 'pictures' | 'video'>): object {
  const [id] = video?.uploads ?? [];
  if (id) return { content: { media: { id, ...(video?.title ? { title: video.title } : {}) } } };
  const images = pictures.map(({ id, alt }) => ({ id, ...(alt ? { altText: alt } : {}) }));
  if (images.length === 0) return {};
  return { content: images.length === 1 ? { media: images[0] } : { multiImage: { images } } };
}

/** A clock of theirs may run behind ours by so much. */
const slackMs = 60_000;

/**
 * "Duplicate" counts only after the named post was read: with the same text and made since this intent was first sent,
 * it is this one; made before, it is an older one. Anything else, a ghost that nobody can open too, stays unknown.
 */
async function afterReading(
  kit: Kit,
  tokens: Tokens,
  { wire, firstSentAt }: ToSend,
  sent: Unknown & { named: string },
  asked: Date,
): Promise<Sent> {
  const shown = await readOnLinkedIn(kit, tokens, sent.named).catch((error: unknown) => {
    if (!(error instanceof NetworkTrouble)) throw error;
    return undefined;
  });
  if (shown?.kind === 'gone') return { ...sent, hint: 'LinkedIn calls it a duplicate of a post that is not there.' };
  if (shown?.kind !== 'there' || !shown.at) return sent;
  const since = (firstSentAt ?? asked).getTime() - slackMs;
  if (shown.at.getTime() < since) return notThere('duplicate', 'LinkedIn shows an older post with the same text.');
  return firstSentAt && isSameOnLinkedIn(wire, shown.text) ? { kind: 'there', id: sent.named } : sent;
}

function preview(text: string, shared: string | undefined): Preview {
  const wire = littleText(text);
  const sizes = { count: wire.length, limit, unit: 'characters, with the backslashes that LinkedIn needs' };
  const links = linksIn(text);
  const fragile = problemsOf(
    links.filter((link) => /[()*~[\]{}|]/.test(link)),
    fragileLink,
  );
  // A post that is shared on needs no words of its own.
  const common = commonProblems(text, sizes).filter(({ code }) => !shared || code !== 'empty');
  const closedLink = shared?.startsWith('urn:li:activity:') ? [activityLink] : [];
  return { wire, ...sizes, problems: [...common, ...fragile, ...closedLink], links };
}

const fragileLink = (link: string): Problem => ({
  code: 'fragileLink',
  sentence: `LinkedIn may cut the link "${link}" at a bracket or a star.`,
  fix: 'Write such signs in their encoded form, for example %28 for an opening bracket.',
  stops: false,
});

const activityLink: Problem = {
  code: 'activityLink',
  sentence: 'LinkedIn shares a post on only by a number that this link does not show.',
  fix: "Copy the link from the post's embed code, or share it on LinkedIn itself.",
  stops: true,
};
