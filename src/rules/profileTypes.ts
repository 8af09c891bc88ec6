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
