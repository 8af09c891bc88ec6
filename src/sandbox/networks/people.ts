/** Somebody to sign in as on a pretend network. */
export type FakeAccount = {
  /** The network's own id. */
  id: string;
  handle: string;
  name: string;
  /** One line for the consent page. */
  about: string;
};

export const xAccounts: FakeAccount[] = [
  { id: '1400000000000000101', handle: 'contoso', name: 'Contoso', about: 'The company account' },
  { id: '1400000000000000102', handle: 'contoso_support', name: 'Contoso Support', about: 'Answers customers' },
  { id: '1400000000000000103', handle: 'contoso_careers', name: 'Contoso Careers', about: 'Jobs and people' },
  { id: '1400000000000000201', handle: 'fabrikam', name: 'Fabrikam, Inc.', about: 'Another company' },
  { id: '1400000000000000301', handle: 'alexwilber', name: 'Alex Wilber', about: 'A personal account' },
];

/** People at pretend Facebook. Their ids there are app-scoped: another one for each app. */
export const facebookPeople: FakeAccount[] = [
  { id: 'fb-alex', handle: '', name: 'Alex Wilber', about: 'Works on the Contoso Pages' },
  { id: 'fb-megan', handle: '', name: 'Megan Bowen', about: 'Works on two Pages' },
  { id: 'fb-frida', handle: '', name: 'Frida Berg', about: 'Works on the Fabrikam Page' },
  { id: 'fb-ben', handle: '', name: 'Ben Walters', about: 'Works on no Page' },
];

export type FakePage = {
  id: string;
  name: string;
  username?: string;
  category: string;
  /** The Instagram account linked to it. */
  instagram?: string;
};

export const facebookPages: FakePage[] = [
  { id: '200000000000101', name: 'Contoso', username: 'contoso', category: 'Software', instagram: '17841400000000101' },
  { id: '200000000000102', name: 'Contoso Support', username: 'contososupport', category: 'Support' },
  { id: '200000000000103', name: 'Contoso Careers', category: 'Jobs' },
  { id: '200000000000104', name: 'Contoso Analytics Club', category: 'Community' },
  { id: '200000000000105', name: 'Contoso Events', category: 'Events', instagram: '17841400000000102' },
  { id: '200000000000106', name: 'Contoso EMEA', category: 'Software' },
  {
    id: '200000000000201',
    name: 'Fabrikam',
    username: 'fabrikam',
    category: 'Fabrics',
    instagram: '17841400000000201',
  },
];

const all = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'];
const content = ['ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE'];

/** Who may do what on which Page. */
export const facebookRoles: { person: string; page: string; tasks: string[] }[] = [
  { person: 'fb-alex', page: '200000000000101', tasks: all },
  { person: 'fb-alex', page: '200000000000102', tasks: content },
  { person: 'fb-alex', page: '200000000000103', tasks: content },
  { person: 'fb-alex', page: '200000000000104', tasks: ['ANALYZE'] },
  { person: 'fb-alex', page: '200000000000105', tasks: all },
  { person: 'fb-megan', page: '200000000000101', tasks: content },
  { person: 'fb-megan', page: '200000000000104', tasks: ['ANALYZE', 'MODERATE'] },
  { person: 'fb-frida', page: '200000000000201', tasks: all },
];

/** Pages that appear only under the business that holds them. */
export const facebookBusinesses = [
  {
    id: '300000000000001',
    name: 'Contoso Business',
    people: ['fb-alex'],
    owned: [{ page: '200000000000106', tasks: all }],
    client: [{ page: '200000000000101', tasks: all }],
  },
];

export type FakeInstagram = FakeAccount & { type: 'BUSINESS' | 'MEDIA_CREATOR' | 'PERSONAL' };

export const instagramAccounts: FakeInstagram[] = [
  { id: '17841400000000101', handle: 'contoso', name: 'Contoso', about: 'Business account', type: 'BUSINESS' },
  {
    id: '17841400000000102',
    handle: 'contoso.events',
    name: 'Contoso Events',
    about: 'Creator account',
    type: 'MEDIA_CREATOR',
  },
  { id: '17841400000000201', handle: 'fabrikam', name: 'Fabrikam', about: 'Business account', type: 'BUSINESS' },
  { id: '17841400000000301', handle: 'alex.wilber', name: 'Alex Wilber', about: 'Personal account', type: 'PERSONAL' },
];

export const linkedInMembers: FakeAccount[] = [
  { id: 'aLeX_w1lb3r', handle: 'alex-wilber', name: 'Alex Wilber', about: 'Administers the Contoso Pages' },
  { id: 'mEgAn-b0w3n', handle: 'megan-bowen', name: 'Megan Bowen', about: 'Content administrator of one Page' },
  { id: 'fRiDa_b3rg0', handle: 'frida-berg', name: 'Frida Berg', about: 'Administers the Fabrikam Page' },
  { id: 'bEn_w4lt3rs', handle: 'ben-walters', name: 'Ben Walters', about: 'Has no Page' },
];

export const linkedInOrganizations = [
  { id: 5001001, name: 'Contoso', vanity: 'contoso' },
  { id: 5001002, name: 'Contoso Careers', vanity: 'contoso-careers' },
  { id: 5001003, name: 'Contoso Research', vanity: 'contoso-research' },
  { id: 5001004, name: 'Contoso EMEA', vanity: 'contoso-emea' },
  { id: 5002001, name: 'Fabrikam', vanity: 'fabrikam' },
];

/** Roles of members on Pages, with states other than the approved one. */
export const linkedInRoles = [
  { member: 'aLeX_w1lb3r', organization: 5001001, role: 'ADMINISTRATOR', state: 'APPROVED' },
  { member: 'aLeX_w1lb3r', organization: 5001002, role: 'CONTENT_ADMINISTRATOR', state: 'APPROVED' },
  { member: 'aLeX_w1lb3r', organization: 5001003, role: 'ANALYST', state: 'APPROVED' },
  { member: 'aLeX_w1lb3r', organization: 5001004, role: 'ADMINISTRATOR', state: 'APPROVED' },
  { member: 'aLeX_w1lb3r', organization: 5001004, role: 'ANALYST', state: 'APPROVED' },
  { member: 'aLeX_w1lb3r', organization: 5002001, role: 'ADMINISTRATOR', state: 'REQUESTED' },
  { member: 'mEgAn-b0w3n', organization: 5001001, role: 'CONTENT_ADMINISTRATOR', state: 'APPROVED' },
  { member: 'fRiDa_b3rg0', organization: 5002001, role: 'ADMINISTRATOR', state: 'APPROVED' },
];

export type FakeChannel = { id: string; handle?: string; title: string };

/** Google accounts, each with the channels that a sign-in opens. */
export const googleAccounts: (FakeAccount & { channels: FakeChannel[] })[] = [
  {
    id: 'google-contoso',
    handle: 'social@contoso.example',
    name: 'Contoso',
    about: 'Opens the channel @contoso',
    channels: [{ id: 'UCcontoso0000000000000101', handle: '@contoso', title: 'Contoso' }],
  },
  {
    id: 'google-media',
    handle: 'media@contoso.example',
    name: 'Contoso Media',
    about: 'Opens several channels',
    channels: [
      { id: 'UCcontoso0000000000000102', handle: '@contosohowto', title: 'Contoso How-to' },
      { id: 'UCcontoso0000000000000103', handle: '@contosoevents', title: 'Contoso Events' },
      { id: 'UCcontoso0000000000000104', title: 'Contoso Archive' },
    ],
  },
  {
    id: 'google-fabrikam',
    handle: 'social@fabrikam.example',
    name: 'Fabrikam',
    about: 'Another company',
    channels: [{ id: 'UCfabrikam000000000000201', handle: '@fabrikam', title: 'Fabrikam' }],
  },
  {
    id: 'google-ben',
    handle: 'ben@contoso.example',
    name: 'Ben Walters',
    about: 'A Google account without a channel',
    channels: [],
  },
];
