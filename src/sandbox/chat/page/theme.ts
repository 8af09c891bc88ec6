import type { CardTheme } from '../../../web/pages/card/hostConfig.js';
import { setLook } from '../../../web/pages/card/look.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** Chosen by the person, else by the system. */
export function theme(): CardTheme {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return dark.matches ? 'dark' : 'light';
}

export function toggleTheme(): void {
  localStorage.setItem('theme', theme() === 'dark' ? 'light' : 'dark');
  show();
}

/** Gives back how to stop listening. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function startTheme(): void {
  dark.addEventListener('change', show);
  show();
}

function show(): void {
  setLook(theme());
  for (const listener of listeners) listener();
}
