import { actWord, type Intent } from './intent.js';

const acts = { post: 'post with', reply: 'reply as', like: 'like a post as', repost: 'repost a post as' } as const;
/** "post with @contoso", "like a post as @contoso": what somebody does, or wants to do. */
export const actWith = (intent: Pick<Intent, 'kind' | 'handle'>): string => `${acts[actWord(intent)]} ${intent.handle}`;
