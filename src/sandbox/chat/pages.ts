import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';

const folder = new URL('../../../pages/chat/', import.meta.url);
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};
/** Scripts and styles from here only, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/` is the page; `/chat/<file>` what it needs. */
export async function servePage(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
  const name = path === '/' ? 'index.html' : path.slice('/chat/'.length);
  const isFine = request.method === 'GET' && /^[\w-]+(\.[\w-]+)+$/.test(name) && types[extname(name)];
  const content = isFine ? await readFile(new URL(name, folder)).catch(() => undefined) : undefined;
  response.writeHead(content ? 200 : 404, {
    'content-type': (content && types[extname(name)]) ?? 'text/plain; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  const missing = path === '/' ? 'The page is not built. Run: npm run build' : 'Not found';
  response.end(content ?? missing);
  return true;
}
