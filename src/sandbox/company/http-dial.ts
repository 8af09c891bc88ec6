import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Reply } from './answer.js';
import type { CompanyDial } from './dial.js';
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
 * `POST /sandbox/company` with one wish, e.g. `{"do":"disable","id":"..."}`: the dial for other processes on this machine.
 * Only JSON is taken, so that a page elsewhere cannot send it from someone's browser unasked.
 */
export async function turnDial(dial: CompanyDial, request: IncomingMessage): Promise<Reply> {
  if (request.method !== 'POST') return no(405, 'POST a wish here.');
  if (!isLoopback(request.socket.remoteAddress)) return no(403, 'Only this machine may do that.');
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return no(415, 'Send JSON.');
  const read = wish.safeParse(jsonOf(await textOf(request)));
  if (!read.success) return no(400, `That is no wish: ${z.prettifyError(read.error)}`);
  try {
    return { status: 200, body: { ok: true, ...carryOut(dial, read.data) } };
  } catch (error) {
    return no(404, error instanceof Error ? error.message : 'Not found.');
  }
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
