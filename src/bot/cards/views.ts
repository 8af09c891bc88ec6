/**
 * What each card in `cards/` is filled with: small plain objects, never database records. Text that people typed or
 * networks returned has been through `plain()` (bot/text.ts) before it gets here, so it cannot become markdown.
 */
export type Colour = 'good' | 'warning' | 'attention' | 'default';

/** `verb` and `data` make the Action.Execute; `url` makes an Action.OpenUrl instead. `tooltip` is read out. */
export type Button = {
  title: string;
  verb?: string;
  data?: Record<string, unknown>;
  url?: string;
  style?: 'default' | 'positive' | 'destructive';
  tooltip?: string;
  /** Behind "..." where the client supports it. */
  secondary?: boolean;
};

export type ProfileRow = {
  handle: string;
  network: string;
  typeName: string;
  /** A picture of our own, by type (data URI); networks' pictures are not hot-linked. */
  icon: string;
  iconAlt: string;
  health: { word: string; colour: Colour };
  detail: string;
  show: Button;
};

export type ListView = {
  title: string;
  note?: string;
  sections: { title: string; empty?: string; rows: ProfileRow[]; more?: Button }[];
  buttons: Button[];
};

export type ProfileView = {
  /** What just happened, when the card answers a change. */
  done?: string;
  handle: string;
  name: string;
  typeName: string;
  icon: string;
  iconAlt: string;
  url?: string;
  health: { word: string; colour: Colour; sentence: string };
  /** "You are an owner", "Shared with you by Ann until 4 December". */
  standing: string;
  access: { name: string; detail: string; remove?: Button }[];
  /** What may be read with it, each with its switch for those who may turn it. */
  reading: { name: string; detail: string; switch?: Button }[];
  /** What a profile of its type may do on its network today, and why not the rest. */
  abilities: string[];
  /** Things to know: ends, cool-offs. */
  notes: string[];
  buttons: Button[];
};

export type HealthView = {
  title: string;
  sentence: string;
  note?: string;
  /** How many profiles are how safe, as one bar; a part is never too narrow for its number. */
  lights: { name: string; count: number; width: number; colour: Colour }[];
  rows: {
    handle: string;
    typeName: string;
    icon: string;
    iconAlt: string;
    /** "Ends in 6 days", "Not valid". */
    word: string;
    colour: Colour;
    detail: string;
    /** Days left of 60, as a bar with the words in its wider part; absent where no end is known. */
    bar?: { full: number; empty: number; colour: Colour; inFull?: string; inEmpty?: string };
    mend: Button;
  }[];
  buttons: Button[];
};

export type ChooserView = {
  question: string;
  note?: string;
  choices: { title: string; detail: string; choose: Button }[];
};

export type SharePickerView = {
  handle: string;
  typeName: string;
  /** Principals picked so far, with what the directory says of them. */
  picked: { name: string; detail: string; remove: Button }[];
  /** What Find or type-ahead found, offered as choices: `value` is `person:<id>` or `group:<id>`. */
  found: { title: string; value: string }[];
  foundNote?: string;
  /** What is in the boxes, so that Find loses nothing. `until` is YYYY-MM-DD. */
  search: string;
  until: string;
  /** "12 people gain access, 2 of them guests." Empty until somebody is picked. */
  effect: string;
  find: Button;
  save: Button;
  cancel: Button;
};

export type ConfirmView = {
  title: string;
  sentence: string;
  /** What goes with it: other owners, shares, what is still in use. */
  lines: string[];
  /** Set when the profile changed since the first question: what changed. */
  changed?: string;
  yes: Button;
  no: Button;
};

export type RefusalView = {
  /** `refusal-<code>`: the id of the text block. */
  id: string;
  sentence: string;
  fix: string;
  buttons: Button[];
};

export type HelpView = {
  title: string;
  intro: string;
  groups: { title: string; commands: { usage: string; about: string }[] }[];
  buttons: Button[];
};

export type LinkoutView = {
  title: string;
  sentence: string;
  /** A short checklist: what to have ready. */
  before: string[];
  hint: string;
  /** Another way that needs no sign-in, with the label of the box for a reason. */
  ask?: { note: string; button: Button };
  open: Button;
};

export type HistoryView = {
  title: string;
  entries: { when: string; who: string; what: string; refused: boolean }[];
  more?: Button;
  empty?: string;
};

/** An outcome that needs no card of its own. */
export type SaidView = { title: string; text?: string; lines?: string[]; colour: Colour; buttons: Button[] };

export type RolesView = {
  title: string;
  people: { name: string; role: string; admin: boolean }[];
  note: string;
};

export type ClaimView = {
  /** What the reader just did, when the card answers a click. */
  done?: string;
  title: string;
  typeName: string;
  icon: string;
  iconAlt: string;
  state: { word: string; colour: Colour };
  facts: { title: string; value: string }[];
  /** Set when the reader may decide: the label of the box for a reason. */
  note?: string;
  buttons: Button[];
  /** Runs by itself for the people with these Teams ids; without ids, in small places, for everyone. */
  refresh?: { title: string; verb: string; data: Record<string, unknown>; userIds: readonly string[] };
};

export type NoticeView = { title: string; text: string; colour: Colour; buttons: Button[] };

export type Views = {
  list: ListView;
  health: HealthView;
  profile: ProfileView;
  chooser: ChooserView;
  'share-picker': SharePickerView;
  confirm: ConfirmView;
  refusal: RefusalView;
  help: HelpView;
  linkout: LinkoutView;
  history: HistoryView;
  said: SaidView;
  roles: RolesView;
  notice: NoticeView;
  claim: ClaimView;
};
export type CardName = keyof Views;
