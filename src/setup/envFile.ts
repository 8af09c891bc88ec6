/** A file of settings with these set: in the line that is there, commented out or not, else at the end. */
export function withSettings(text: string, settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings).reduce((before, [name, value]) => {
    const line = new RegExp(`^#?${name}=.*$`, 'm');
    if (line.test(before)) return before.replace(line, () => `${name}=${value}`);
    return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${name}=${value}\n`;
  }, text);
}
