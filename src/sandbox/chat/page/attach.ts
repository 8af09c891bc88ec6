import { button, h, icon } from '../../../web/pages/card/dom.js';
import type { ChatFile } from '../types.js';
import { icons } from './icons.js';

/** Files that go along with the next message: chosen with the paperclip, each with a button that takes it off. */
export class Attach {
  readonly button: HTMLElement;
  readonly list = h('ul', { class: 'files', 'aria-label': 'Attached files' });
  #files: File[] = [];

  constructor() {
    const input = h('input', { type: 'file', multiple: true, hidden: true, 'data-attach': true });
    input.addEventListener('change', () => {
      this.#set([...this.#files, ...(input.files ?? [])]);
      input.value = '';
    });
    const look = { appearance: 'subtle', 'icon-only': true };
    this.button = h(
      'span',
      {},
      input,
      button('Attach files', () => input.click(), look, icon(icons.attach)),
    );
    this.#set([]);
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  /** What is attached, read whole; none is left. */
  async take(): Promise<ChatFile[]> {
    const files = this.#files;
    this.#set([]);
    return Promise.all(files.map(async (file) => ({ name: file.name, type: file.type, data: await base64(file) })));
  }

  #set(files: File[]): void {
    this.#files = files;
    this.list.replaceChildren(
      ...files.map((file) => {
        const off = () => this.#set(this.#files.filter((one) => one !== file));
        return h(
          'li',
          {},
          file.name,
          button(`Take off ${file.name}`, off, { appearance: 'subtle', 'icon-only': true }, icon(icons.close, 12)),
        );
      }),
    );
    this.list.hidden = files.length === 0;
  }
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
