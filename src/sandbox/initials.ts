/** A round picture with a person's initials, as Teams shows for people without a photo: SVG, 64 by 64. */
export function initialsPicture(name: string, id: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
  const hue = [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 360, 7);
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">' +
    `<circle cx="32" cy="32" r="32" fill="hsl(${hue} 45% 35%)"/>` +
    '<text x="32" y="33" fill="#fff" font-family="Segoe UI, sans-serif" font-size="24" text-anchor="middle" ' +
    `dominant-baseline="central">${initials.toUpperCase()}</text></svg>`
  );
}
