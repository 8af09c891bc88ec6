// placeholder until the real one lands
export function plain(text: string): string {
  return text.replaceAll(/([\\`*_{}[\]()#+!<>|~-])/g, '\\$1');
}
