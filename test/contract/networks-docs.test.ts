import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { typeNotes } from '../../src/bot/cards/typeNotes.js';
import { actions } from '../../src/networks/facts.js';
import { settingsPrefixes, typeFacts } from '../../src/networks/types.js';
import { networkIds, profileTypes } from '../../src/rules/types.js';
import { faultKinds } from '../../src/sandbox/networks/faults.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const doc = readFileSync(join(root, 'docs', 'networks.md'), 'utf8');

describe('the table of profile types', () => {
  for (const type of profileTypes) {
    const { scopes, otherWay, may, conditions, label } = typeFacts[type];

    it(`${label}: docs/networks.md names every scope with its reason`, () => {
      for (const { scope, why } of [...scopes, ...(otherWay?.scopes ?? [])]) {
        assert.ok(doc.includes(`| \`${scope}\` | ${why} |`), scope);
      }
    });

    it(`${label}: docs/networks.md says why something may not be done, and on which condition it may`, () => {
      for (const action of actions) {
        const is = may[action];
        if (is !== true) assert.ok(doc.includes(`no. ${is}`), is);
        const condition = conditions?.[action];
        if (condition) assert.ok(is === true && doc.includes(`yes. ${condition}`), condition);
      }
    });
  }

  it('docs/networks.md names what publishing needs', () => {
    for (const type of profileTypes) {
      const { label, publishing } = typeFacts[type];
      const scopes = publishing?.map((scope) => `\`${scope}\``).join(', ');
      if (scopes) assert.ok(doc.includes(`| ${label} | ${scopes} |`), label);
    }
  });

  it('docs/networks.md names every fault of the pretend networks', () => {
    for (const kind of faultKinds) assert.ok(doc.includes(`| \`${kind}\` |`), kind);
  });

  it('is what cards say: each condition beside what it is for', () => {
    const x = typeNotes('x-user').join('\n');
    assert.match(x, /^Reply: On self-serve plans only where the author mentioned or quoted this account\.$/m);
    for (const type of profileTypes) {
      for (const condition of Object.values(typeFacts[type].conditions ?? {})) {
        assert.ok(
          typeNotes(type).some((note) => note.endsWith(`: ${condition}`)),
          condition,
        );
      }
    }
  });

  it('names every app setting', () => {
    for (const { prefix } of settingsPrefixes()) assert.ok(doc.includes(`${prefix}_CLIENT_ID`), prefix);
  });
});

describe('a network', () => {
  it('is named only by networks/, sandbox/ and the list of types', () => {
    const names = new RegExp(networkIds.filter((id) => id.length > 1).join('|'), 'i');
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && !/^(networks|sandbox)\/|^rules\/profileTypes\.ts$/.test(file));
    assert.ok(files.length > 10);
    const naming = files.filter((file) => names.test(withoutComments(readFileSync(join(root, 'src', file), 'utf8'))));
    assert.deepEqual(naming, []);
  });
});

/** Comments may give an example. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
