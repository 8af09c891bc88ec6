import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudName } from '../../src/directory/clouds.js';
import { clouds } from '../../src/directory/clouds.js';
import { createCredentials } from '../../src/directory/credentials.js';
import type { Directory } from '../../src/directory/directory.js';
import { createGraphDirectory, type GraphDirectoryOptions } from '../../src/directory/graph.js';
import type { Clock } from '../../src/platform/clock.js';
import { type Outbound, outboundThrough } from '../../src/platform/outbound.js';
import { type Company, createCompany } from '../../src/sandbox/company/company.js';
import { world } from '../../src/sandbox/world.js';

export const tenant = world.tenant.id;

/** The Graph directory, joined over loopback HTTP to a pretend company of its own. */
export type Joined = {
  company: Company;
  directory: Directory;
  outbound: Outbound;
  origin: string;
  now: Clock;
  /** Moves the clock of both ahead. */
  later: (seconds: number) => void;
  /** Milliseconds that the directory slept, each time. Nothing really sleeps. */
  slept: number[];
  warnings: Record<string, unknown>[];
  another: (options?: { cloud?: CloudName; secret?: string } & Partial<GraphDirectoryOptions>) => Directory;
  stop: () => Promise<void>;
};

export async function join(dataDir?: string): Promise<Joined> {
  let ahead = 0;
  const clock: Clock = () => new Date(Date.now() + ahead);
  const company = createCompany({ world: structuredClone(world), clock, ...(dataDir ? { dataDir } : {}) });
  const server = createServer(company.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outbound = outboundThrough(origin);
  const slept: number[] = [];
  const warnings: Record<string, unknown>[] = [];
  const another: Joined['another'] = ({ cloud = 'global', secret = 'open sesame', ...more } = {}) =>
    createGraphDirectory({
      cloud,
      tokens: createCredentials(
        { kind: 'secret', clientId: 'bot', clientSecret: secret },
        { cloud: clouds[cloud], sandbox: { outbound, clock } },
      ),
      outbound,
      clock,
      log: { warn: (fields) => warnings.push(fields) },
      pause: async (milliseconds) => {
        slept.push(milliseconds);
        ahead += milliseconds;
      },
      ...more,
    });
  return {
    company,
    directory: another(),
    outbound,
    origin,
    now: clock,
    later: (seconds) => {
      ahead += seconds * 1000;
    },
    slept,
    warnings,
    another,
    async stop() {
      company.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const idOf = (signInName: string): string => {
  const found = world.people.find((one) => one.signInName.startsWith(signInName));
  if (!found) throw new Error(`No ${signInName} in the company.`);
  return found.id;
};

export const groupNamed = (name: string): string => {
  const found = world.groups.find((one) => one.name === name);
  if (!found) throw new Error(`No ${name} in the company.`);
  return found.id;
};
