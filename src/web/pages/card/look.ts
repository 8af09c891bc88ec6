import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components';
import { type CardTheme, teamsFont } from './hostConfig.js';

const tokens = { light: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme };

/** Gives the page one of Teams' three looks: Fluent's tokens as custom properties, and `data-theme` for styles. */
export function setLook(theme: CardTheme): void {
  setTheme({ ...tokens[theme], fontFamilyBase: teamsFont });
  document.documentElement.dataset.theme = theme;
}
