import type { TabAnswer } from '../../../operations/core/tabViews.js';
import { drawCard } from '../card/card.js';
import { h } from '../card/dom.js';
import { policyForm, rolesForm } from './admin.js';
import { ask, search, Trouble, type Wish } from './api.js';
import type { CardDialogOptions } from './cardDialog.js';
import { setUpSection } from './setUp.js';

export type OtherName = 'claims' | 'rules';
const asked: Record<OtherName, readonly Wish[]> = {
  claims: [{ do: { kind: 'claims' } }],
  rules: [{ do: { kind: 'roles' } }, { do: { kind: 'policy' } }],
};

/** What is no list: what waits for a decision, and the forms for admins. */
export class OtherView {
  readonly element = h('section', { class: 'other', hidden: true });
  readonly #options: CardDialogOptions;
  /** Stays while other parts are drawn anew. */
  readonly #setUp = setUpSection();
  #answers: readonly TabAnswer[] = [];
  #shown: OtherName | undefined;

  constructor(options: CardDialogOptions) {
    this.#options = options;
  }

  /** Somebody fills in a form: it stays as it is until they are done. */
  get isBusy(): boolean {
    const focused = document.activeElement;
    return focused !== null && this.element.contains(focused) && focused.matches('input, select, textarea');
  }

  /** @throws Trouble */
  async show(name: OtherName): Promise<void> {
    const answers = await Promise.all(asked[name].map(ask));
    const isSame = name === this.#shown && JSON.stringify(answers) === JSON.stringify(this.#answers);
    this.#shown = name;
    this.#answers = answers;
    if (!isSame) this.redraw();
  }

  redraw(): void {
    const more = this.#shown === 'rules' ? [this.#setUp] : [];
    this.element.replaceChildren(...this.#answers.map((answer) => this.#draw(answer)), ...more);
  }

  #draw(answer: TabAnswer): HTMLElement {
    if (answer.type === 'refused') throw new Trouble(answer.text);
    const { theme, send, open } = this.#options;
    if (answer.type === 'card') {
      return drawCard(answer.card, {
        theme: theme(),
        headingLevel: 2,
        name: String(answer.card.speak ?? 'Waiting'),
        execute: ({ data }) => send(data),
        submit: (data) => send(data as Wish),
        find: (dataset, text) => search(dataset, text),
        open,
      });
    }
    if (answer.view.kind === 'roles') return rolesForm(answer.view, send);
    return answer.view.kind === 'policy' ? policyForm(answer.view, send) : h('p', {}, 'There is nothing to show.');
  }
}
