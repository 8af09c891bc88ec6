import { metaWebhook } from '../meta/signedRequest.js';

export const facebookWebhook = metaWebhook('facebook');
