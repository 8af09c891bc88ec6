import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Sets these in a file of settings, new or not. Some are secrets: the file is for its owner alone from then on. */
export function keepSettings(file: string, settings: Readonly<Record<string, string>>): void {
  const isThere = existsSync(file);
  // `mode` below counts for a new file alone; before the secrets come, so that nobody reads them in between.
  if (isThere) chmodSync(file, 0o600);
  writeFileSync(file, withSettings(isThere ? readFileSync(file, 'utf8') : '', settings), { mode: 0o600 });
}

/** A file of settings with these set: in the line that is there, commented out or not, else at the end. */
export function withSettings(text: string, settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings).reduce((before, [name, value]) => {
    const line = new RegExp(`^#?${name}=.*$`, 'm');
    if (line.test(before)) return before.replace(line, () => `${name}=${value}`);
    return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${name}=${value}\n`;
  }, text);
}
