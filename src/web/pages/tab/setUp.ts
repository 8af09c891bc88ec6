import { h } from '../card/dom.js';
import { examine, type Finding } from './api.js';
import { say, sayTrouble } from './say.js';

const signs: Record<Finding['state'], string> = { ok: 'Right', wrong: 'Wrong', look: 'Look yourself' };

/** For admins: whether the bot is set up well, looked at when somebody asks, since that calls all it needs. */
export function setUpSection(): HTMLElement {
  const found = h('ul', { class: 'findings' });
  const look = async (): Promise<void> => {
    say('Looking. This takes some seconds.');
    try {
      const findings = await examine();
      found.replaceChildren(...findings.map(line));
      const wrong = findings.filter(({ state }) => state === 'wrong').length;
      say(
        findings.length === 0
          ? 'Nothing was told. Try again in a minute.'
          : wrong === 0
            ? 'Nothing is wrong.'
            : `Wrong: ${wrong}.`,
      );
    } catch (error) {
      sayTrouble(error);
    }
  };
  return h(
    'section',
    { class: 'admin' },
    h('h2', {}, 'Set-up of the bot'),
    h('p', {}, 'The store, the directory, the networks and the address of the bot, as "npm run doctor" looks at them.'),
    h('fluent-button', { role: 'button', onclick: () => void look() }, 'Look it through'),
    found,
  );
}

const line = ({ state, what, says, fix }: Finding): HTMLElement =>
  h('li', {}, h('strong', {}, `${signs[state]}: ${what}`), ` ${says}`, fix ? h('p', { class: 'subtle' }, fix) : '');
