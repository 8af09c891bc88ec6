import type { Asked } from '../../rules/operation.js';

/** `verb` and `data` make the Action.Execute; `url` makes an Action.OpenUrl instead. `tooltip` is read out. */
export type Button = {
  title: string;
  verb?: string;
  data?: Record<string, unknown>;
  url?: string;
  /** Makes an Action.Submit that opens a page of the bot's in a dialog. */
  dialog?: Record<string, unknown>;
  style?: 'default' | 'positive' | 'destructive';
  tooltip?: string;
  /** Behind "..." where the client supports it. */
  secondary?: boolean;
};

/** Opens an address in the browser: a web address, and nothing else, whoever it comes from. */
export const opening = (title: string, url: string | undefined, tooltip?: string): Button[] =>
  url && /^https?:\/\//.test(url) ? [{ title, url, ...(tooltip ? { tooltip } : {}) }] : [];

/**
 * Asks for an operation whose answer is a page, in a dialog: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots.
 * A client that knows no dialogs sends it as a message, which is answered as such a button always is.
 */
export const inDialog = (title: string, asked: Asked, tooltip: string): Button => ({
  title,
  dialog: { msteams: { type: 'task/fetch' }, do: asked as unknown as Record<string, unknown> },
  tooltip,
});

/** A link to the tab, which shows whoever opens it what they may see. */
export function openInTab({ tabLink }: { tabLink?: (page?: string) => string }, profile?: string): Button[] {
  return tabLink ? [{ title: 'Open in tab', url: tabLink(profile && profilePage(profile)), secondary: true }] : [];
}

/** What the tab is told that a link leads to. */
export const profilePage = (profile: string): string => `profile:${profile}`;

/** A button that asks for an operation when it is clicked. What it carries is read as strictly as typed words. */
export function button(title: string, asked: Asked, more: Partial<Button> = {}): Button {
  return { title, verb: asked.kind, data: { do: asked as unknown as Record<string, unknown> }, ...more };
}
