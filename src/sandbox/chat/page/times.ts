const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

export const timeOf = (iso: string) => clock.format(new Date(iso));
export const fullTimeOf = (iso: string) => full.format(new Date(iso));

/** "Today", "Yesterday", "Monday, 3 March". */
export function dayOf(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const midnight = (one: Date) => new Date(one.getFullYear(), one.getMonth(), one.getDate()).getTime();
  const ago = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (ago === 0) return 'Today';
  return ago === 1 ? 'Yesterday' : day.format(date);
}
