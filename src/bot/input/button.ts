import type { Asked } from '../../rules/operation.js';

/** `verb` and `data` make the Action.Execute; `url` makes an Action.OpenUrl instead. `tooltip` is read out. */
export type Button = {
  title: string;
  verb?: string;
  data?: Record<string, unknown>;
  url?: string;
  style?: 'default' | 'positive' | 'destructive';
  tooltip?: string;
  /** Behind "..." where the client supports it. */
  secondary?: boolean;
};

/** A button that asks for an operation when it is clicked. What it carries is read as strictly as typed words. */
export function button(title: string, asked: Asked, more: Partial<Button> = {}): Button {
  return { title, verb: asked.kind, data: { do: asked as unknown as Record<string, unknown> }, ...more };
}
