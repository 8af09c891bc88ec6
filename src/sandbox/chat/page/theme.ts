import { teamsDarkTheme, teamsLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components';
import { type CardTheme, teamsFont } from './hostConfig.js';

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

export function onTheme(listener: () => void): void {
  listeners.add(listener);
}

export function startTheme(): void {
  dark.addEventListener('change', show);
  show();
}

function show(): void {
  const tokens = theme() === 'dark' ? teamsDarkTheme : teamsLightTheme;
  setTheme({ ...tokens, fontFamilyBase: teamsFont });
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
}
