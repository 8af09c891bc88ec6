/** What teams-js posts to the window around it, and how it is answered: by the same ids. */
type Request = { id: number; uuidAsString?: string; func: string; args?: unknown[] };
/** What a client of today says it can do; a page asks before it uses more. */
const runtime = JSON.stringify({
  apiVersion: 4,
  isLegacyTeams: false,
  supports: { dialog: { url: { bot: {}, update: {} } } },
});

/** What a page is told when it begins: where it is shown. */
export const greeting = (place: 'content' | 'task'): unknown[] => [place, 'web', runtime, '2.0.0'];

/** Stands in for Teams around a page of the app's. `does`: what to answer; undefined: nothing. */
export class Host {
  constructor(
    private readonly frame: () => HTMLIFrameElement | undefined,
    private readonly does: (func: string, args: unknown[]) => Promise<unknown[] | undefined>,
  ) {
    addEventListener('message', this.#hear);
  }

  close(): void {
    removeEventListener('message', this.#hear);
  }

  post(message: object): void {
    this.frame()?.contentWindow?.postMessage(message, location.origin);
  }

  readonly #hear = async ({ source, data }: MessageEvent): Promise<void> => {
    const window = this.frame()?.contentWindow;
    if (!window || source !== window) return;
    const { id, uuidAsString, func, args } = data as Request;
    const answer = await this.does(func, args ?? []);
    if (answer) this.post({ id, uuidAsString, args: answer });
  };
}
