import type { Answer, Kit, Speaker } from '../http.js';
import { at, str } from '../http.js';
import { metaTrouble } from '../meta/errors.js';
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

export const instagramSpeaker: Speaker & { isGone: (answer: Answer) => boolean } = {
  label: 'Instagram',
  trouble: metaTrouble('Instagram'),
  isGone: ({ status, body }) => {
    const isNotThere = str(body, 'error', 'code') === '100' && str(body, 'error', 'error_subcode') === '33';
    return isNotThere || (status === 404 && at(body, 'error') === undefined);
  },
};

/** What an error says, the most telling number first: the same comes as code or as subcode. */
export function instagramWords({ status, body }: Answer): string[] {
  const [code, subcode] = [str(body, 'error', 'code'), str(body, 'error', 'error_subcode')];
  return code ? [`subcode ${subcode}`, `subcode ${code}`, `code ${code}`] : [String(status)];
}
