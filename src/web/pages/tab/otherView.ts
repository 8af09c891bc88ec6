import type { TabAnswer } from '../../../operations/core/tabViews.js';
import { h } from '../card/dom.js';
import { policyForm, rolesForm } from './admin.js';
import { ask, Trouble, type Wish } from './api.js';
import { setUpSection } from './setUp.js';
import { type CardDoes, tabCard } from './tabCard.js';

export type OtherName = 'claims' | 'rules';
const asked: Record<OtherName, readonly Wish[]> = {
  claims: [{ do: { kind: 'claims' } }],
  rules: [{ do: { kind: 'roles' } }, { do: { kind: 'policy' } }],
};

/** What is no list: what waits for a decision, and the forms for admins. */
export class OtherView {
  readonly element = h('section', { class: 'other', hidden: true });
  readonly #does: CardDoes;
  /** Stays while other parts are drawn anew. */
  readonly #setUp = setUpSection();
  #answers: readonly TabAnswer[] = [];
  #shown: OtherName | undefined;
  #round = 0;

  constructor(does: CardDoes) {
    this.#does = does;
  }

  /** Somebody fills in a form: it stays as it is until they are done. */
  get isBusy(): boolean {
    const focused = document.activeElement;
    return focused !== null && this.element.contains(focused) && focused.matches('input, select, textarea');
  }

  /** @throws Trouble */
  async show(name: OtherName): Promise<void> {
    const round = ++this.#round;
    const answers = await Promise.all(asked[name].map(ask));
    // Meanwhile something newer was asked for.
    if (round !== this.#round) return;
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
    if (answer.type === 'card') return tabCard(answer.card, this.#does);
    const { send } = this.#does;
    if (answer.view.kind === 'roles') return rolesForm(answer.view, send);
    return answer.view.kind === 'policy' ? policyForm(answer.view, send) : h('p', {}, 'There is nothing to show.');
  }
}
