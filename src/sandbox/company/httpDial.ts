import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Reply } from './answer.js';
import type { CompanyDial } from './dial.js';
import { back, dialPage } from './dialPage.js';
import type { Parts } from './parts.js';
import { jsonOf, textOf } from './request.js';

const id = z.string().max(200);
const person = z.object({ do: z.enum(['disable', 'enable', 'remove', 'restore', 'removeGroup']), id }).strict();
const membership = z.object({ do: z.enum(['addToGroup', 'removeFromGroup']), group: id, person: id }).strict();
const addPerson = z
  .object({ do: z.literal('addPerson'), name: z.string().min(1), department: z.string().optional(), id: id.optional() })
  .strict();
const addGroup = z
  .object({
    do: z.literal('addGroup'),
    name: z.string().min(1),
    kind: z.enum(['microsoft365', 'security']).optional(),
    people: z.array(id).optional(),
    groups: z.array(id).optional(),
  })
  .strict();
const throttle = z
  .object({
    do: z.literal('throttle'),
    times: z.number().int().min(0),
    retryAfter: z.union([z.number(), z.string()]).optional(),
    path: z.string().optional(),
  })
  .strict();
const down = z.object({ do: z.literal('down'), down: z.union([z.boolean(), z.literal('silent')]) }).strict();
const wish = z.union([person, membership, addPerson, addGroup, throttle, down]);

/**
 * `/sandbox/company`: a page for a browser, and `POST` with one wish as JSON, e.g. `{"do":"disable","id":"..."}`, for
 * other processes on this machine. The page's own forms are taken besides; a page elsewhere cannot send either from
 * someone's browser unasked.
 */
export async function turnDial(dial: CompanyDial, parts: Parts, request: IncomingMessage): Promise<Reply> {
  if (!isLoopback(request.socket.remoteAddress)) return no(403, 'Only this machine may do that.');
  if (request.method === 'GET' && request.headers.accept?.includes('text/html')) return dialPage(parts);
  if (request.method !== 'POST') return no(405, 'POST a wish here.');
  const type = request.headers['content-type'] ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded') && isOwnPage(request);
  if (!isForm && !/^application\/json\b/.test(type)) return no(415, 'Send JSON.');
  const body = await textOf(request);
  const read = wish.safeParse(isForm ? formOf(body) : jsonOf(body));
  if (!read.success) return no(400, `That is no wish: ${z.prettifyError(read.error)}`);
  try {
    const done = carryOut(dial, read.data);
    return isForm ? back() : { status: 200, body: { ok: true, ...done } };
  } catch (error) {
    return no(404, error instanceof Error ? error.message : 'Not found.');
  }
}

function isOwnPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && headers.origin === `http://${headers.host}`;
}

function formOf(body: string): Record<string, unknown> {
  const fields = Object.fromEntries(new URLSearchParams(body));
  return 'down' in fields ? { ...fields, down: fields.down === 'true' } : fields;
}

function carryOut(dial: CompanyDial, asked: z.infer<typeof wish>): { id?: string } {
  switch (asked.do) {
    case 'addToGroup':
    case 'removeFromGroup':
      dial[asked.do](asked.group, asked.person);
      return {};
    case 'addPerson': {
      const { do: _, ...rest } = asked;
      return { id: dial.addPerson(given(rest)) };
    }
    case 'addGroup': {
      const { do: _, ...rest } = asked;
      return { id: dial.addGroup(given(rest)) };
    }
    case 'throttle':
      dial.throttle(given(asked));
      return {};
    case 'down':
      dial.down(asked.down);
      return {};
    default:
      dial[asked.do](asked.id);
      return {};
  }
}

/** Without the fields that were left out, so that they do not hide a default. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '');
}

function no(status: number, error: string): Reply {
  return { status, body: { error } };
}
