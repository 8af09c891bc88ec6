// placeholder until the real one lands
import type { CardName, Views } from './views.js';
export function renderCard<N extends CardName>(_name: N, view: Views[N]): Record<string, unknown> {
  const body: unknown[] = [];
  const actions: unknown[] = [];
  const walk = (node: unknown): void => {
    if (typeof node === 'string') body.push({ type: 'TextBlock', text: node, wrap: true });
    else if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === 'object') {
      const one = node as Record<string, unknown>;
      if ('verb' in one) actions.push({ type: 'Action.Execute', ...one });
      else if ('url' in one && 'title' in one && Object.keys(one).length === 2) actions.push({ type: 'Action.OpenUrl', ...one });
      else Object.values(one).forEach(walk);
    }
  };
  walk(view);
  return { type: 'AdaptiveCard', version: '1.5', body, actions };
}
export function summaryOf(name: CardName, _view: unknown): string {
  return name;
}
