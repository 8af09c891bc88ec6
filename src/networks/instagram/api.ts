import type { Kit } from '../http.js';
import { graphSpeaker } from '../meta/answers.js';
import { graph, graphVersion } from '../meta/graph.js';
import { instagramTypes } from './facts.js';

/**
 * The same app for Instagram and Facebook means the way through a Page: Meta gives its two logins different app ids, so
 * this is a clear sign.
 */
export const isThroughPage = ({ apps: { instagram, facebook } }: Kit): boolean =>
  instagram !== undefined && instagram.clientId === facebook?.clientId;

/** Where the calls of a sign-in go. */
export const apiOf = (kit: Kit): string => (isThroughPage(kit) ? graph : `https://graph.instagram.com/${graphVersion}`);

const { publishing, otherWay } = instagramTypes['instagram-account'];

/** What a sign-in has to hold to publish. */
export const publishScopes = (kit: Kit): readonly string[] => (isThroughPage(kit) ? otherWay.publishing : publishing);

/** What commenting takes. */
export const commentScopes = (kit: Kit): readonly string[] =>
  isThroughPage(kit) ? ['instagram_manage_comments', 'pages_read_engagement'] : ['instagram_business_manage_comments'];

/** Only that way, and with a permission that Meta gives after a review. */
export const mayLike = (kit: Kit): boolean => isThroughPage(kit) && kit.apps.instagram?.isReviewed === true;

/** What liking takes. */
export const likeScopes = ['instagram_basic', 'instagram_manage_engagement'] as const;

export const instagramSpeaker = graphSpeaker('Instagram');
