/**
 * How Teams draws Adaptive Cards, as a host config for `adaptivecards`: sizes of the Teams client, colours of its light,
 * dark and high contrast theme (each at least 4.5 : 1 on its background). Needs no DOM.
 */
export type CardTheme = 'light' | 'dark' | 'contrast';

type Colour = { default: string; subtle: string };
type Colours = Record<'default' | 'dark' | 'light' | 'accent' | 'good' | 'warning' | 'attention', Colour>;

/** The `fontFamily` of cards and page. */
export const teamsFont =
  '"Segoe UI", "Segoe UI Web (West European)", system-ui, -apple-system, Roboto, "DejaVu Sans", sans-serif';

const one = (colour: string, subtle = colour): Colour => ({ default: colour, subtle });

const foregrounds: Record<CardTheme, Colours> = {
  light: {
    default: one('#242424', '#616161'),
    dark: one('#242424', '#616161'),
    light: one('#616161'),
    accent: one('#5B5FC7', '#4F52B2'),
    good: one('#0B6A0B'),
    warning: one('#7A5300'),
    attention: one('#B3223F'),
  },
  dark: {
    default: one('#FFFFFF', '#ADADAD'),
    dark: one('#D6D6D6', '#ADADAD'),
    light: one('#FFFFFF', '#D6D6D6'),
    accent: one('#AAB1FA', '#9299F7'),
    good: one('#7FCB7F'),
    warning: one('#F2C661'),
    attention: one('#F1919C'),
  },
  // Fluent's high contrast set: text is white, what can be pressed yellow or cyan.
  contrast: {
    default: one('#FFFFFF'),
    dark: one('#FFFFFF'),
    light: one('#FFFFFF'),
    accent: one('#1AEBFF'),
    good: one('#3FF23F'),
    warning: one('#FFFF01'),
    attention: one('#FFB3B3'),
  },
};

const backgrounds: Record<CardTheme, Record<string, string>> = {
  light: {
    default: '#FFFFFF',
    emphasis: '#F5F5F5',
    accent: '#E8EBFA',
    good: '#E7F2E7',
    warning: '#FBF6E1',
    attention: '#FCEEF0',
  },
  dark: {
    default: '#292929',
    emphasis: '#383838',
    accent: '#2F2F4A',
    good: '#123312',
    warning: '#3D3000',
    attention: '#3F1219',
  },
  contrast: {
    default: '#000000',
    emphasis: '#000000',
    accent: '#000000',
    good: '#000000',
    warning: '#000000',
    attention: '#000000',
  },
};

const lines: Record<CardTheme, string> = { light: '#E0E0E0', dark: '#4D4D4D', contrast: '#FFFFFF' };

/** A plain object: `new HostConfig(teamsHostConfig('light'))`. Headings in a card are of level `headingLevel`. */
export function teamsHostConfig(theme: CardTheme, headingLevel = 3) {
  const style = (name: string) => ({
    backgroundColor: backgrounds[theme][name],
    borderColor: backgrounds[theme][name],
    foregroundColors: foregrounds[theme],
  });
  return {
    supportsInteractivity: true,
    fontFamily: teamsFont,
    fontTypes: {
      default: { fontFamily: teamsFont, fontSizes, fontWeights },
      monospace: { fontFamily: 'Consolas, "DejaVu Sans Mono", monospace', fontSizes, fontWeights },
    },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    imageSizes: { small: 32, medium: 52, large: 100 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: lines[theme] },
    imageSet: { imageSize: 'medium', maxImageHeight: 100 },
    actions: {
      maxActions: 6,
      spacing: 'default',
      // The style sheet keeps them apart: elements between them would begin a line where buttons break.
      buttonSpacing: 0,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      iconPlacement: 'leftOfTitle',
      iconSize: 16,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    adaptiveCard: { allowCustomStyle: true },
    containerStyles: Object.fromEntries(Object.keys(backgrounds[theme]).map((name) => [name, style(name)])),
    textStyles: {
      heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false, fontType: 'default' },
      columnHeader: { size: 'default', weight: 'bolder', color: 'default', isSubtle: false, fontType: 'default' },
    },
    textBlock: { headingLevel },
    factSet: {
      title: { weight: 'bolder', wrap: true, maxWidth: 150 },
      value: { wrap: true },
      spacing: 12,
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder' },
      },
      errorMessage: { size: 'small', color: 'attention', weight: 'default' },
      debounceTimeInMilliSeconds: 250,
    },
  };
}

const fontSizes = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const fontWeights = { lighter: 300, default: 400, bolder: 600 };
