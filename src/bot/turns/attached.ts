import type { Activity } from 'botbuilder';
import type { Attached, Caller } from '../../operations/core/step.js';
import { megabyte } from '../../platform/bytes.js';
import { refuse } from '../../rules/refusals.js';
import { attachedFiles } from '../input/attachedFiles.js';
import type { Incoming } from '../input/incoming.js';
import type { Connector } from '../transport/connector.js';
import type { AttachedFile } from '../transport/fetchFile.js';

/** What is attached to a message, to be fetched when it is clear that the sender may ask for what they ask. */
export function attachedTo(
  connector: Connector,
  activity: Pick<Partial<Activity>, 'attachments'>,
  { scope }: Pick<Incoming, 'scope'>,
): Pick<Caller, 'attached'> {
  const files = attachedFiles(activity);
  if (files.length === 0) return {};
  // Elsewhere Teams hands over some pictures and hides all files: half of them would be worse than none.
  if (scope !== 'personal') return { attached: [async () => refuse('filesNotHere')] };
  return { attached: files.map((file) => fetching(connector, file)) };
}

const fetching =
  (connector: Connector, file: AttachedFile): Attached =>
  async (mostMb) => {
    const fetched = await connector.fetchFile(file, mostMb * megabyte);
    if (fetched.kind === 'fetched') return fetched.bytes;
    return fetched.kind === 'tooBig' ? refuse('picturesTooBig', String(mostMb)) : refuse(refusals[fetched.kind]);
  };

const refusals = { foreign: 'fileForeign', failed: 'fileNotFetched' } as const;
