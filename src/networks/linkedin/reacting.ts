import type { Kit } from '../http.js';
import { oneTap } from '../oneTap.js';
import type { Publishing, Reacting, Target } from '../publishing.js';
import { linkedInAnswers } from './answers.js';
import { api, rest } from './api.js';
import { linkedInComments } from './comments.js';
import { linkedinTypes } from './facts.js';
import { urnOf } from './posts.js';
import { linkedInPublishing } from './publishing.js';

/** Comments, likes, and posts that share another one on. */
export function linkedInReacting(kit: Kit, type: keyof typeof linkedinTypes): Reacting {
  return {
    scopes: () => linkedinTypes[type].publishing,
    reply: (to) => linkedInComments(kit, type, to),
    like: (to) => like(kit, type, to),
    share: ({ id }) => linkedInPublishing(kit, type, id),
  };
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/reactions-api */
function like(kit: Kit, type: keyof typeof linkedinTypes, to: Target): Publishing {
  const entity = to.comment ?? to.id;
  const comment = to.comment ? `?commentUrn=${encodeURIComponent(to.comment)}` : '';
  return oneTap(kit, (externalId) => {
    const actor = encodeURIComponent(urnOf({ externalId, handle: '', type }));
    return {
      table: { ...linkedInAnswers, isDoneAt409: true },
      scopes: linkedinTypes[type].publishing,
      id: entity,
      url: `${api}/rest/reactions?actor=${actor}`,
      headers: rest,
      body: { root: entity, reactionType: 'LIKE' },
      isDone: ({ status }) => status === 201 || status === 409,
      undo: {
        url: `${api}/rest/reactions/(actor:${actor},entity:${encodeURIComponent(entity)})`,
        isDone: ({ status }) => status === 204,
      },
      undoCost: 'It costs nothing. Notifications that LinkedIn sent stay sent.',
      permalink: `https://www.linkedin.com/feed/update/${encodeURIComponent(to.id)}/${comment}`,
    };
  });
}
