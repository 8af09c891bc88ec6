import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { write } from './http.js';
import { restError } from './restAnswer.js';
import type { Attachment } from './types.js';

/** A file that a person attaches. `pasted`: into the message; else it goes into their OneDrive. */
export type GivenFile = { bytes: Buffer; type: string; name: string; pasted?: boolean };
type Kept = GivenFile & { id: string; opened: number };

/** Where the pretend company's OneDrives are. */
export const oneDriveHost = 'contoso-my.sharepoint.com';
/** As many as somebody who tries things has attached of late. */
const mostKept = 40;

/** Files that came with messages, handed out in the ways of Teams. They last as long as the process. */
export class Files {
  readonly #serviceUrl: () => string;
  #kept: Kept[] = [];

  constructor(serviceUrl: () => string) {
    this.#serviceUrl = serviceUrl;
  }

  /** The attachment of the activity. */
  attach(file: GivenFile): Attachment {
    const id = randomUUID();
    this.#kept = [...this.#kept, { ...file, id, opened: 0 }].slice(-mostKept);
    const { name, type } = file;
    if (file.pasted) {
      return { contentType: type, contentUrl: `${this.#serviceUrl()}/v3/attachments/${id}/views/original`, name };
    }
    const folder = `https://${oneDriveHost}/personal/somebody_contoso_com`;
    return {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: `${folder}/Documents/Microsoft%20Teams%20Chat%20Files/${encodeURIComponent(name)}`,
      name,
      content: {
        downloadUrl: `${folder}/_layouts/15/download.aspx?UniqueId=${id}&tempauth=v1.pretend`,
        uniqueId: id,
        fileType: name.split('.').at(-1),
      },
    };
  }

  /** `GET /v3/attachments/{id}/views/original`. */
  pasted(id: string, response: ServerResponse): void {
    const file = this.#kept.find((one) => one.id === id && one.pasted);
    if (file) send(response, file);
    else write(response, restError(404, 'NotFound', 'No such attachment.'));
  }

  /** An address with its own permission: whoever brings a sign-in of theirs gave it away, and it does not work twice. */
  stored(request: IncomingMessage, response: ServerResponse): void {
    const id = new URL(request.url ?? '', 'http://x').searchParams.get('UniqueId');
    const file = this.#kept.find((one) => one.id === id && !one.pasted);
    if (request.headers.authorization !== undefined) write(response, { status: 400, body: {} });
    else if (!file || file.opened > 0) write(response, { status: 404, body: {} });
    else {
      file.opened += 1;
      send(response, file);
    }
  }
}

function send(response: ServerResponse, { bytes, type }: Kept): void {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  response.end(bytes);
}
