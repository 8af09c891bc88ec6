const named: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const entity = /&(?:(nbsp|amp|lt|gt|quot|apos)|#(\d{1,6})|#x([\da-f]{1,5}));/gi;

/** Signs that a client wrote as entities, in one pass: what somebody typed as `&amp;#60;` stays `&#60;`. */
export function withoutEntities(text: string): string {
  return text.replaceAll(entity, (_, name?: string, code?: string, hex?: string) => {
    if (name) return named[name.toLowerCase()] ?? ' ';
    return String.fromCodePoint(code ? Number(code) : Number.parseInt(hex ?? '20', 16));
  });
}
