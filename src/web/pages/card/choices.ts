import { ChoiceSetInput } from 'adaptivecards';
import { type Choice, Combobox } from './combobox.js';

export type Finder = (dataset: string, text: string) => Promise<{ results: Choice[]; error?: string }>;
const finders = new WeakMap<object, Finder>();

/** Choice sets in this card ask here for choices. */
export function setFinder(card: object, find: Finder): void {
  finders.set(card, find);
}

/** A choice set as Teams has it: `style: "filtered"` and `choices.data` are typed into. */
export class TeamsChoices extends ChoiceSetInput {
  #combobox: Combobox | undefined;

  protected override internalRender(): HTMLElement | undefined {
    const isTyped = this.isDynamicTypeahead() || (this.style === 'filtered' && !this.isMultiSelect);
    if (!isTyped) return super.internalRender();
    const choices = this.choices.map(({ title, value }) => ({ title: title ?? '', value: value ?? '' }));
    const separator = this.hostConfig.choiceSetInputValueSeparator;
    const initial = (this.defaultValue ?? '').split(this.isMultiSelect ? separator : '\0').filter((one) => one !== '');
    const dataset = this.choicesData?.dataset;
    const find = dataset ? finders.get(this.getRootElement()) : undefined;
    this.#combobox = new Combobox({
      choices,
      ...(find && dataset ? { find: (text: string) => find(dataset, text) } : {}),
      isMulti: this.isMultiSelect,
      picked: initial.map((value) => choices.find((one) => one.value === value) ?? { title: value, value }),
      placeholder: this.placeholder ?? '',
      onChange: () => this.valueChanged(),
    });
    return this.#combobox.element;
  }

  protected override updateInputControlAriaLabelledBy(): void {
    const ids = this.getAllLabelIds();
    if (!this.#combobox) super.updateInputControlAriaLabelledBy();
    else if (ids.length > 0) this.#combobox.label(ids.join(' '));
    else this.#combobox.input.setAttribute('aria-label', this.placeholder || 'Choose');
  }

  override focus(): void {
    if (this.#combobox) this.#combobox.input.focus();
    else super.focus();
  }

  override isSet(): boolean {
    return this.#combobox ? this.#combobox.values.length > 0 : super.isSet();
  }

  override isValid(): boolean {
    return this.#combobox ? true : super.isValid();
  }

  override showValidationFailureCue(): void {
    this.#combobox?.element.classList.add('ac-input-validation-failed');
  }

  override removeValidationFailureCue(): void {
    this.#combobox?.element.classList.remove('ac-input-validation-failed');
  }

  override get value(): string | undefined {
    if (!this.#combobox) return super.value;
    return this.#combobox.values.join(this.hostConfig.choiceSetInputValueSeparator) || undefined;
  }
}
