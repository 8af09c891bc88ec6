import type { NetworkId, ProfileType } from '../rules/types.js';
import { facebookNetwork } from './facebook/auth.js';
import { facebookTypes } from './facebook/facts.js';
import { facebookLinks, postOnPage } from './facebook/links.js';
import { pagePublishing } from './facebook/publishing.js';
import { pageReacting } from './facebook/reacting.js';
import { facebookWebhook } from './facebook/webhook.js';
import type { OwnFacts } from './facts.js';
import type { Kit } from './http.js';
import { instagramNetwork } from './instagram/auth.js';
import { instagramTypes } from './instagram/facts.js';
import { instagramLinks, linksWithCode } from './instagram/links.js';
import { instagramPublishing } from './instagram/publishing.js';
import { instagramReacting } from './instagram/reacting.js';
import { instagramWebhook } from './instagram/webhook.js';
import type { LinkForm } from './link.js';
import { linkedInNetwork } from './linkedin/auth.js';
import { linkedinTypes } from './linkedin/facts.js';
import { linkedInLinks } from './linkedin/links.js';
import { linkedInPublishing } from './linkedin/publishing.js';
import { linkedInReacting } from './linkedin/reacting.js';
import type { Network } from './network.js';
import type { Publishing, Reacting } from './publishing.js';
import type { Webhook } from './webhook.js';
import { xNetwork } from './x/auth.js';
import { xTypes } from './x/facts.js';
import { xLinks } from './x/links.js';
import { xPublishing } from './x/publishing.js';
import { xReacting } from './x/reacting.js';
import { xWebhook } from './x/webhook.js';
import { youtubeNetwork } from './youtube/auth.js';
import { youtubeTypes } from './youtube/facts.js';
import { youtubeLinks } from './youtube/links.js';
import { youtubePublishing } from './youtube/publishing.js';
import { youtubeReacting } from './youtube/reacting.js';

/** What a network's folder gives. */
export type NetworkRow = {
  /** The profile types it has, and what they may do. */
  types: Partial<Record<ProfileType, OwnFacts>>;
  /** Where whoever looks after this bot sets up its app. */
  portal: string;
  /** How people sign in to it, and which accounts that opens. */
  auth: (kit: Kit) => Network;
  /** It says no to an app that it does not know and to a wrong code in the same way. */
  saysNoAlike?: true;
  /** How it tells us that somebody took this app's access away; without one, grants die at their next check. */
  webhook?: Webhook;
  /** How the types that publish text do it; the others say why not in their facts. */
  publishing?: Partial<Record<ProfileType, (kit: Kit) => Publishing>>;
  /** What the types do with others' posts. */
  reacting?: Partial<Record<ProfileType, (kit: Kit) => Reacting>>;
  /** Which links lead to it, and to what. */
  links: readonly LinkForm[];
  /** The id of a post of an account, where its link names the account and the id needs that too. */
  postOf?: (link: { id: string; owner?: string }, account: string) => string;
  /** How it writes links itself, where they hold a code in the place of an id. */
  linksWithCode?: (code: string) => string[];
};

/** The networks, one folder and one row each. */
export const networks = {
  x: {
    portal: 'the X developer portal (developer.x.com)',
    types: xTypes,
    auth: xNetwork,
    webhook: xWebhook,
    publishing: { 'x-user': xPublishing },
    reacting: { 'x-user': xReacting },
    links: xLinks,
  },
  facebook: {
    portal: 'Meta for Developers (developers.facebook.com)',
    types: facebookTypes,
    auth: facebookNetwork,
    webhook: facebookWebhook,
    publishing: { 'facebook-page': pagePublishing },
    reacting: { 'facebook-page': pageReacting },
    links: facebookLinks,
    postOf: postOnPage,
  },
  instagram: {
    portal: 'Meta for Developers (developers.facebook.com)',
    types: instagramTypes,
    auth: instagramNetwork,
    saysNoAlike: true,
    webhook: instagramWebhook,
    publishing: { 'instagram-account': instagramPublishing },
    reacting: { 'instagram-account': instagramReacting },
    links: instagramLinks,
    linksWithCode,
  },
  linkedin: {
    portal: 'LinkedIn Developers (linkedin.com/developers)',
    types: linkedinTypes,
    auth: linkedInNetwork,
    publishing: {
      'linkedin-member': (kit) => linkedInPublishing(kit, 'linkedin-member'),
      'linkedin-page': (kit) => linkedInPublishing(kit, 'linkedin-page'),
    },
    reacting: {
      'linkedin-member': (kit) => linkedInReacting(kit, 'linkedin-member'),
      'linkedin-page': (kit) => linkedInReacting(kit, 'linkedin-page'),
    },
    links: linkedInLinks,
  },
  youtube: {
    portal: 'the Google Cloud console (console.cloud.google.com)',
    types: youtubeTypes,
    auth: youtubeNetwork,
    publishing: { 'youtube-user': youtubePublishing },
    reacting: { 'youtube-user': youtubeReacting },
    links: youtubeLinks,
  },
} satisfies Record<NetworkId, NetworkRow>;

/** The row of one network, whichever it is. */
export const networkRow = (id: NetworkId): NetworkRow => networks[id];
