import type { Call } from './call.js';
import type { Coming } from './uploads.js';

/** By what stands in their addresses. A restart forgets them. */
export type MetaUploads = Map<string, Coming>;

/** Where bytes go, Meta wants the token as `OAuth`, in the header alone; undefined: it is not there so. */
export function asBearer(call: Call): Call | undefined {
  const token = /^OAuth (\S+)$/.exec(call.headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  return { ...call, query: new URLSearchParams(), headers: { ...call.headers, authorization: `Bearer ${token}` } };
}
