/** Without these no bot starts for an organisation; they stand ready to be filled, all others commented out. */
const needed = new Set([
  ...['BASE_URL', 'MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'],
  ...['TOKEN_KEYS', 'ADMINS'],
]);
const given: Readonly<Record<string, string>> = { MicrosoftAppType: 'SingleTenant' };

const head = `# Settings of the bot, made from README.md's table by "npm run docs". Copy it to .env, fill in what is not commented out,
# and keep the copy to yourself: it holds secrets. An empty value counts as not set. "npm run doctor" looks it through.
`;

const tail = `
# Not the bot's: compose.yaml gives the database beside it this password. Letters and digits only, as from
# openssl rand -hex 24
#MONGODB_PASSWORD=
`;

/** `.env.example`, from the rows under README.md's "Settings"; what is for tests only is left out. */
export function envExample(readme: string): string {
  const section = readme.split(/^## Settings$/m)[1]?.split(/^## /m)[0] ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]*`) \| (.*) \|$/gm)];
  const parts = rows.flatMap(([, cell = '', meaning = '']) => {
    if (meaning.startsWith('tests only')) return [];
    const names = [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    return [`${commented(meaning.replaceAll('`', ''))}\n${names.map(lineOf).join('\n')}\n`];
  });
  return `${head}\n${parts.join('\n')}${tail}`;
}

const lineOf = (name: string) => (needed.has(name) ? `${name}=${given[name] ?? ''}` : `#${name}=`);

/** Lines of a comment, none longer than people read at once. */
function commented(text: string): string {
  return text.replaceAll(/(.{1,110})(?:\s+|$)/g, '# $1\n').trimEnd();
}
