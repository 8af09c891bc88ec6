import type { Activity } from 'botbuilder';
import type { AttachedFile } from '../transport/fetchFile.js';

/** Addresses of stored files carry their permission, and are long. */
const addressLimit = 8192;
const mostRead = 50;

/**
 * The files that came with a message: pasted pictures, and files from the sender's OneDrive. One without an address stays in
 * the list, since a post must not go out without it. What Teams adds by itself (the text as HTML, quotes, cards) is no file.
 */
export function attachedFiles({ attachments }: Pick<Partial<Activity>, 'attachments'>): AttachedFile[] {
  if (!Array.isArray(attachments)) return [];
  return attachments.slice(0, mostRead).flatMap((one: unknown): AttachedFile[] => {
    const { contentType, contentUrl, content } = (one ?? {}) as Record<string, unknown>;
    const { downloadUrl } = (content ?? {}) as { downloadUrl?: unknown };
    if (contentType === 'application/vnd.microsoft.teams.file.download.info')
      return [{ at: 'storage', address: addressIn(downloadUrl) }];
    const isPicture = typeof contentType === 'string' && contentType.startsWith('image/');
    // Some clients put the address where files have it.
    return isPicture ? [{ at: 'service', address: addressIn(contentUrl ?? downloadUrl) }] : [];
  });
}

const addressIn = (value: unknown): string => (typeof value === 'string' && value.length <= addressLimit ? value : '');
