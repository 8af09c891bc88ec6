import type { Action } from '../../operations/answers/typeWords.js';
import type { ProfileType } from '../../rules/types.js';

/** Colours that every client draws in its own theme. */
export type Colour = 'good' | 'warning' | 'attention' | 'default';

/** For whom a card is drawn. */
export type Reader = {
  id: string;
  timeZone: string;
  now: Date;
  admin: boolean;
  reader: boolean;
  /** Where the tab opens, at a profile where one is named. */
  tabLink?: (page?: string) => string;
  /** What profiles of a type may do since this bot's app was given more than a normal one. */
  opened?: (type: ProfileType) => readonly Action[];
};

/** A card to draw: its template in `cards/`, what fills it, and the one sentence that says it in the feed. */
export type Card = { name: string; view: object; summary: string };
export type CardMaker<V extends object> = (view: V) => Card;

/**
 * One kind of card: `cards/<name>.json` filled with a small plain view, never a database record. Text that people typed
 * or networks returned has been through `plain()` before it gets here, so it cannot become markdown.
 */
export function cardKind<V extends object>(name: string, summary: (view: V) => string): CardMaker<V> {
  return (view) => ({ name, view, summary: summary(view) });
}
