// placeholder until the real one lands
export function iconOf(_network: string): string {
  return '';
}
