import { setTimeout as pause } from 'node:timers/promises';
import type { Connector } from '../../src/sandbox/connector/connector.js';
import type { CardJson, Message } from '../../src/sandbox/connector/types.js';
import { actionsIn, wordsSeenBy } from '../stories/cardWords.js';
import type { Colleague } from './crowd.js';

/** Somebody said something, and nothing that answers it came in time. */
export class Silence extends Error {}
/** The bot said that it cannot tell whether it was done, or what came of it: the line to the store was cut, or it died. */
export class Unsure extends Error {}
/** The bot said no and why: something outside does not answer. Nothing was changed. */
export class Refused extends Error {}
const refused = /Nothing was changed|does not answer|Try again in/;
const unsure = /I don't know whether that was done|my answer may not have reached you/;

const pollMs = 40;
const isTaken = (status: number | undefined) => status !== undefined && status >= 200 && status < 300;

/** One person at their chat with the bot: one thing at a time. */
export class Talker {
  constructor(
    readonly connector: Connector,
    readonly who: Colleague,
    readonly patienceMs: number,
  ) {}

  /** Says it, and waits for a message of the bot that answers it. Says it again when the bot could not be reached. */
  async says(text: string, answer: RegExp): Promise<Message> {
    const before = this.#last();
    const { status, activity } = await this.connector.say({ from: this.who.id, text });
    if (!isTaken(status) && activity) await this.#again(text, () => this.connector.redeliver(activity));
    return this.#answered(text, before, answer);
  }

  /** Presses a button of that message; what comes of it stands in the message, or in a new one. */
  async clicks(message: Message, title: string, answer: RegExp): Promise<Message> {
    const card = this.card(message);
    const action = actionsIn(card).find((one) => one.title === title);
    if (!action) throw new Error(`no button ${title} in: ${this.words(message)}`);
    const before = this.#last();
    const click = () =>
      this.connector.click({
        ...{ from: this.who.id, message: message.id },
        ...{ verb: String(action.verb), data: action.data as Record<string, unknown> },
      });
    const { status } = await click();
    if (!isTaken(status)) await this.#again(title, click);
    const same = () => this.#all().find(({ id }) => id === message.id) ?? message;
    if (answer.test(this.words(same()))) return same();
    if (refused.test(this.words(same()))) throw new Refused(title);
    return this.#answered(title, before, answer, () => this.words(same()));
  }

  words(message: Message): string {
    return wordsSeenBy(message, this.who.id);
  }

  /** Whether the bot has said the very same in this chat before. */
  isRepeated(message: Message): boolean {
    const words = this.words(message);
    return this.#all().some((one) => Number(one.id) < Number(message.id) && this.words(one) === words);
  }

  card(message: Message): CardJson {
    return message.views[this.who.id]?.card ?? message.cards[0] ?? {};
  }

  /** Nobody took it: the bot was down, or died at it. */
  async #again(what: string, deliver: () => Promise<{ status: number | undefined }>): Promise<void> {
    const late = Date.now() + this.patienceMs;
    for (;;) {
      await pause(500);
      const { status } = await deliver();
      if (isTaken(status)) return;
      if (Date.now() > late) throw new Silence(`${this.who.name} said "${what}": HTTP ${status}`);
    }
  }

  #all(): Message[] {
    return this.connector.transcript(this.connector.personal(this.who.id)).filter(({ from }) => from === 'bot');
  }

  #last(): string {
    return this.#all().at(-1)?.id ?? '0';
  }

  /** `shown`: what stands where it was asked, for whoever looks into a silence. */
  async #answered(what: string, before: string, answer: RegExp, shown = () => ''): Promise<Message> {
    const late = Date.now() + this.patienceMs;
    for (;;) {
      const fresh = this.#all().filter(({ id }) => Number(id) > Number(before));
      const found = fresh.find((message) => answer.test(this.words(message)));
      if (found) return found;
      if (fresh.some((message) => unsure.test(this.words(message)))) throw new Unsure(what);
      if (fresh.some((message) => refused.test(this.words(message)))) throw new Refused(what);
      if (Date.now() > late) {
        const heard = [shown(), ...fresh.map((message) => this.words(message))]
          .map((one) => one.slice(-200))
          .join(' | ');
        throw new Silence(`${this.who.name} said "${what}" and heard: ${heard.trim() || 'nothing'}`);
      }
      await pause(pollMs);
    }
  }
}
