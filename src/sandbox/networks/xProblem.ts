import { json, type Reply } from './call.js';

/** An error as X words it. */
export const problem = (status: number, type: string, title: string, detail: string): Reply =>
  json(status, { type: type === 'about:blank' ? type : `https://api.x.com/2/problems/${type}`, title, detail, status });
