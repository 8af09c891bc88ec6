import type { Outcome } from '../../operations/core/outcome.js';
import { capital } from '../../rules/spoken.js';
import { button } from '../input/button.js';
import type { ConfirmView } from './confirm.js';
import { withArticle } from './text.js';

/** Before somebody takes a role from themselves: they may not be able to take it back. */
export function askRoleView({ confirm, role }: Extract<Outcome, { kind: 'askRole' }>): ConfirmView {
  const isAdmin = role === 'no-admin';
  const word = capital(role);
  return {
    title: isAdmin ? 'Stop being an admin yourself?' : `Make yourself ${withArticle(word)}?`,
    sentence: isAdmin
      ? 'You can no longer set roles and rules. Another admin can make you one again.'
      : 'You can do less from then on. An admin can give you more again.',
    lines: [],
    yes: button(
      isAdmin ? 'Stop being an admin' : `Become ${withArticle(word)}`,
      { kind: 'yes', confirm },
      { style: 'destructive' },
    ),
    no: button('Cancel', { kind: 'no', confirm }),
  };
}
