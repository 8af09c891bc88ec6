import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** The line between the bots and their store, which can be cut. */
export type Line = { uri: string; cuts: number; cut: (forMs: number) => void; close: () => void };

export async function openLine(uri: string): Promise<Line> {
  const address = new URL(uri);
  const [host, port] = [address.hostname, Number(address.port || 27017)];
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(port, host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address.hostname = '127.0.0.1';
  address.port = String((server.address() as AddressInfo).port);
  // A replica set would name its members' own addresses, and the driver would go there.
  address.searchParams.set('directConnection', 'true');
  const line: Line = {
    uri: address.href,
    cuts: 0,
    cut: (forMs) => {
      line.cuts += 1;
      isCut = true;
      for (const socket of open) socket.destroy();
      setTimeout(() => {
        isCut = false;
      }, forMs).unref();
    },
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
  return line;
}
