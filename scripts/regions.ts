import { type Command, commands } from '../src/bot/input/commands.js';
import { directoryPermissions } from '../src/directory/permissions.js';
import type { Scope } from '../src/networks/facts.js';
import { typeFacts } from '../src/networks/types.js';
import { profileTypes } from '../src/rules/types.js';

/** Parts of pages that the code's own tables fill: by page, the name of the region, and its text. */
export const regions = {
  'README.md': { commands: commandTable, types: typeTable, permissions: permissionTable },
  'docs/scopes.md': { scopes: scopeTable },
} as const satisfies Readonly<Record<string, Readonly<Record<string, () => string>>>>;
export type FilledPage = keyof typeof regions;
export const filledPages = Object.keys(regions) as FilledPage[];

/**
 * The text with every region filled anew. A region stands between `<!-- name -->` and `<!-- /name -->`, each on a line of
 * its own.
 * @throws Error naming a region that is not there exactly once
 */
export function withRegions(file: FilledPage, text: string): string {
  return Object.entries(regions[file]).reduce((before, [name, make]) => {
    const parts = before.split(new RegExp(`(?<=^<!-- ${name} -->\\n)[\\s\\S]*?(?=^<!-- /${name} -->$)`, 'm'));
    if (parts.length !== 2) throw new Error(`${file} needs one region <!-- ${name} --> ... <!-- /${name} -->.`);
    return parts.join(`\n${make()}\n`);
  }, text);
}

function commandTable(): string {
  const groups = new Map<Command['group'], string[][]>();
  for (const { group, usage, about, also = [] } of Object.values(commands) as Command[]) {
    const words = also.filter((word) => word !== usage.split(' ')[0]);
    const others = words.map((word) => `\`${word}\``).join(', ');
    const row = [`\`${usage}\``, others ? `${about} Also ${others}.` : about];
    const title = group === 'Look after the organisation' ? `**${group}** (admins only)` : `**${group}**`;
    groups.set(group, [...(groups.get(group) ?? [[title, '']]), row]);
  }
  return table(['You say', 'What it does'], [...groups.values()].flat());
}

/** What `add` takes, and how else it may be said. */
function typeTable(): string {
  const rows = profileTypes.map((type) => {
    const { label, may } = typeFacts[type];
    const canPublish = may.publishText === true || may.publishMedia === true;
    return [`\`add ${label.toLowerCase()}\``, label, canPublish ? 'yes' : 'no: only to be kept'];
  });
  return table(['You say', 'Kept as', 'Can be published with'], rows);
}

function permissionTable(): string {
  const rows = directoryPermissions.map(({ name, reason, without }) => [
    `\`${name}\``,
    reason,
    without ?? 'nothing works',
  ]);
  return table(['Permission', 'Why', 'Without it'], rows);
}

function scopeTable(): string {
  const parts = profileTypes.flatMap((type) => {
    const { label, scopes, otherWay } = typeFacts[type];
    const more = otherWay ? [`${label}, when ${otherWay.when}.\n\n${tableOf(otherWay.scopes)}`] : [];
    return [`**${label}**\n\n${tableOf(scopes)}`, ...more];
  });
  return parts.join('\n');
}

const tableOf = (scopes: readonly Scope[]): string =>
  table(
    ['Scope', 'Why'],
    scopes.map(({ scope, why }) => [`\`${scope}\``, why]),
  );

/** A table in markdown; `|` within a cell would end it. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].map((row) => `${row}\n`).join('');
}
