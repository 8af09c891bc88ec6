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

export const instagramSpeaker = graphSpeaker('Instagram');
