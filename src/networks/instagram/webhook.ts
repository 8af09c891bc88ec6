import { metaWebhook } from '../meta/signedRequest.js';

export const instagramWebhook = metaWebhook('instagram');
