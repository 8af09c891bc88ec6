import type { TabAnswer, TabButton, TabHistory, TabProfile, TabRow } from '../../../operations/core/tabViews.js';
import { h, required } from '../card/dom.js';
import type { CardTheme } from '../card/hostConfig.js';
import { ask, Trouble, type Wish } from './api.js';
import { type BulkKind, bulkForm } from './bulk.js';
import { CardDialog } from './cardDialog.js';
import { ListView } from './listView.js';
import type { ListName } from './model.js';
import { type OtherName, OtherView } from './otherView.js';
import { Pane } from './pane.js';
import { saveTable } from './saveTable.js';
import { say, sayTrouble } from './say.js';
import { type CardDoes, tabCard } from './tabCard.js';
import { textOf } from './textOf.js';
import { type ViewName, Views } from './views.js';

const refreshEveryMs = 1_500;
const otherViews: readonly ViewName[] = ['claims', 'rules'];

/** The page: lists, the details beside them, and questions over both. What anybody may do here each answer says anew. */
export class App {
  readonly #does: CardDoes;
  readonly #views = new Views((view) => void this.#goes(view));
  readonly #dialog: CardDialog;
  readonly #list: ListView;
  readonly #other: OtherView;
  readonly #pane: Pane;
  #view: ViewName = 'owned';
  /** The profile that somebody opened last. */
  #wanted: string | undefined;
  #refreshing = false;
  #isStale = false;

  constructor(
    theme: () => CardTheme,
    private readonly openLink: (url: string) => void,
  ) {
    this.#does = { theme, send: (data) => this.#send(data), open: (url) => this.#opens(url) };
    this.#dialog = new CardDialog(this.#does);
    this.#list = new ListView({
      open: (row) => void this.#open(row.id, true),
      bulk: (kind, rows) => this.#bulk(kind, rows),
      shown: (page) => this.#views.show(page, this.#view),
      trouble: sayTrouble,
    });
    this.#other = new OtherView(this.#does);
    this.#pane = new Pane({
      press: (button) => this.#press(button),
      history: (data) => this.#history(data),
      copy: (link) => void copied(link),
      closed: () => {
        this.#list.grid.marks(undefined);
        this.#list.grid.focus();
      },
    });
    required<HTMLElement>('#place').append(this.#list.element, this.#other.element, this.#pane.element);
    document.body.append(this.#dialog.element);
    required<HTMLElement>('#tools').append(...this.#tools());
  }

  /** `profile`: what a link leads to. */
  async start(profile: string | undefined): Promise<void> {
    await this.#goes('owned');
    if (profile) await this.#open(profile, true);
  }

  redraw(): void {
    this.#dialog.redraw();
    this.#other.redraw();
  }

  /** Something changed somewhere: what is in sight is asked for again, not more often than it can be read. */
  async changed(): Promise<void> {
    if (document.hidden) return;
    this.#isStale = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        // Trouble is told where somebody asks for something; the next change tries again.
        await this.#refresh().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, refreshEveryMs));
      }
    } finally {
      this.#refreshing = false;
    }
  }

  #tools(): HTMLElement[] {
    const tool = (title: string, press: () => void) => h('fluent-button', { role: 'button', onclick: press }, title);
    return [
      h(
        'fluent-button',
        { role: 'button', appearance: 'primary', onclick: () => void this.#send({ do: { kind: 'add' } }) },
        'Add a profile',
      ),
      tool('Enter a code', () =>
        this.#dialog.show('Enter a code', h('h2', {}, 'Enter a code'), this.#dialog.codeForm()),
      ),
      tool('Save as a table', () => void this.#save()),
    ];
  }

  async #save(): Promise<void> {
    try {
      await saveTable(this.#list.model.wish());
      say('Saved as social-profiles.csv.');
    } catch (error) {
      sayTrouble(error);
    }
  }

  async #goes(view: ViewName): Promise<void> {
    this.#view = view;
    say('');
    this.#views.marks(view);
    const isOther = otherViews.includes(view);
    this.#list.element.hidden = isOther;
    this.#other.element.hidden = !isOther;
    if (isOther) this.#pane.close();
    try {
      if (isOther) await this.#other.show(view as OtherName);
      else await this.#list.goes(view as ListName);
    } catch (error) {
      sayTrouble(error);
    }
  }

  async #refresh(): Promise<void> {
    if (otherViews.includes(this.#view)) {
      if (!this.#other.isBusy) await this.#other.show(this.#view as OtherName);
      return;
    }
    await this.#list.model.refresh();
    const { id } = this.#pane;
    if (id && !this.#dialog.isOpen) await this.#open(id, false);
  }

  /** What one may not see answers like what is not there. */
  async #open(id: string, byHand: boolean): Promise<void> {
    if (byHand) this.#wanted = id;
    try {
      const answer = await ask({ do: { kind: 'show', profile: { id } } });
      // Meanwhile another one was opened, or this one was closed.
      if (id !== (byHand ? this.#wanted : this.#pane.id)) return;
      if (answer.type === 'view' && answer.view.kind === 'profile') return this.#showProfile(answer.view, byHand);
      if (answer.type === 'refused') {
        this.#pane.close();
        say(answer.text, true);
      }
    } catch (error) {
      if (byHand) sayTrouble(error);
    }
  }

  #showProfile(view: TabProfile, toHeading: boolean): void {
    this.#pane.show(view, toHeading);
    this.#list.grid.marks(view.id);
  }

  #press(button: TabButton): void {
    if (button.url) this.#opens(button.url);
    else if (button.data) void this.#send(button.data);
  }

  async #send(data: Wish): Promise<void> {
    try {
      await this.#took(await ask(data));
    } catch (error) {
      this.#refused(error instanceof Trouble ? error.message : 'Something went wrong on this page.');
    }
  }

  async #took(answer: TabAnswer): Promise<void> {
    if (answer.type === 'refused') return this.#refused(answer.text, answer.id);
    if (answer.type === 'card' && answer.said === undefined) return this.#dialog.showCard(answer.card);
    this.#dialog.close();
    if (answer.type === 'card') say(answer.said ?? '');
    else if (answer.view.kind === 'profile') {
      this.#showProfile(answer.view, false);
      // With an id it is a refusal, and this is the profile as it is.
      if (answer.view.done) say(textOf(answer.view.done), answer.id !== undefined, answer.id);
    } else if (answer.view.kind === 'policy' && answer.view.done) say(answer.view.done);
    await this.changed();
  }

  #refused(text: string, id = ''): void {
    if (this.#dialog.isOpen) this.#dialog.alert(text, id);
    else say(text, true, id);
    // A box may show what was not taken.
    if (otherViews.includes(this.#view)) void this.#other.show(this.#view as OtherName).catch(() => undefined);
  }

  async #history(data: Wish): Promise<TabHistory | undefined> {
    const answer = await ask(data).catch(() => undefined);
    return answer?.type === 'view' && answer.view.kind === 'history' ? answer.view : undefined;
  }

  #bulk(kind: BulkKind, rows: readonly TabRow[]): void {
    const form = bulkForm(kind, rows, {
      alert: (text) => this.#dialog.alert(text),
      draws: (card, send) => tabCard(card, { ...this.#does, send }),
    });
    this.#dialog.show(kind === 'share' ? 'Share several profiles' : 'Invite to several profiles', form);
  }

  #opens(url: string): void {
    this.openLink(url);
    const isSignIn = url.startsWith(new URL('../link/', location.href).href);
    if (isSignIn) say('Sign in on the page that opened. This page shows what became of it.');
  }
}

async function copied(link: string): Promise<void> {
  const isCopied = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  );
  say(isCopied ? 'The link is copied. Whoever opens it sees what they may see.' : `The link: ${link}`);
}
