import { ServerResponse } from 'node:http';
import restify from 'restify';

export const { createServer } = restify;

/**
 * restify changes `writeHead` of every response in the process, and its own returns nothing. Node's returns the
 * response, and code that shares the process (the sandbox) may count on that.
 */
type Loose = (this: ServerResponse, ...values: unknown[]) => unknown;
const changed = ServerResponse.prototype.writeHead as unknown as Loose;
const repaired: Loose = function (...values) {
  changed.apply(this, values);
  return this;
};
ServerResponse.prototype.writeHead = repaired as unknown as typeof ServerResponse.prototype.writeHead;
