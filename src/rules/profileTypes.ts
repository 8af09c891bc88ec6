export const networkIds = ['x', 'facebook', 'instagram', 'linkedin', 'youtube'] as const;
export type NetworkId = (typeof networkIds)[number];

/** How a profile type is called. What it can do stands with its network. */
export type TypeNames = {
  network: NetworkId;
  /** "Facebook Page" */
  label: string;
  /** "Facebook" */
  networkLabel: string;
  /** How one of them is named: by its handle with @, or by its name where handles are not what people know it by. */
  handleForm: 'at' | 'plain';
};

/** Every profile type with its names; cards, sentences and help call it so. */
export const typeNames = {
  'x-user': { network: 'x', label: 'X profile', networkLabel: 'X', handleForm: 'at' },
  'facebook-user': { network: 'facebook', label: 'Facebook profile', networkLabel: 'Facebook', handleForm: 'plain' },
  'facebook-page': { network: 'facebook', label: 'Facebook Page', networkLabel: 'Facebook', handleForm: 'plain' },
  'instagram-account': {
    network: 'instagram',
    label: 'Instagram account',
    networkLabel: 'Instagram',
    handleForm: 'at',
  },
  'linkedin-member': { network: 'linkedin', label: 'LinkedIn member', networkLabel: 'LinkedIn', handleForm: 'plain' },
  'linkedin-page': { network: 'linkedin', label: 'LinkedIn Page', networkLabel: 'LinkedIn', handleForm: 'plain' },
  'youtube-user': { network: 'youtube', label: 'YouTube channel', networkLabel: 'YouTube', handleForm: 'at' },
} as const satisfies Record<string, TypeNames>;
export type ProfileType = keyof typeof typeNames;
export const profileTypes = Object.keys(typeNames) as [ProfileType, ...ProfileType[]];

/** How a network is called in sentences. */
export const networkLabelOf = (network: NetworkId): string =>
  Object.values(typeNames).find((names) => names.network === network)?.networkLabel ?? network;

/** What people call a network beside its name. */
const networkWords: Readonly<Record<NetworkId, readonly string[]>> = {
  x: ['twitter'],
  facebook: ['fb'],
  instagram: ['insta', 'ig'],
  linkedin: ['li'],
  youtube: ['yt'],
};

/** "insta", "Twitter", "youtube": the network that is meant. */
export const networkCalled = (word: string): NetworkId | undefined =>
  networkIds.find((id) => id === word.toLowerCase() || networkWords[id].includes(word.toLowerCase()));

/** "facebook page", "insta", "youtube channel", "x-user": the types that can be meant; none where it is nothing. */
export function typesCalled(words: string): ProfileType[] {
  const said = words
    .toLowerCase()
    .trim()
    .split(/[\s-]+/);
  const exact = profileTypes.find((type) => type === said.join('-'));
  if (exact) return [exact];
  const network = networkCalled(said[0] ?? '');
  const types = profileTypes.filter((type) => typeNames[type].network === network);
  const kind = said
    .slice(1)
    .join(' ')
    .replace(/s$/, '')
    .replace(/^company page$/, 'page');
  if (kind === '') return types;
  const named = types.filter((type) => typeNames[type].label.toLowerCase().endsWith(` ${kind}`));
  if (named.length > 0) return named;
  // "linkedin account", "twitter user": a person's own, or the only one there is.
  const own = types.filter((type) => !type.endsWith('-page'));
  return /^(account|profile|user|member)$/.test(kind) ? own : [];
}
