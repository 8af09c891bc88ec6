/** Somebody to sign in as on a pretend network. */
export type FakeAccount = {
  /** The network's own id. */
  id: string;
  handle: string;
  name: string;
  /** One line for the consent page. */
  about: string;
};

/** What the five pretend networks have in common: whom one can sign in as. */
export const xAccounts: FakeAccount[] = [
  { id: '1400000000000000101', handle: 'contoso', name: 'Contoso', about: 'The company account' },
  { id: '1400000000000000102', handle: 'contoso_support', name: 'Contoso Support', about: 'Answers customers' },
  { id: '1400000000000000103', handle: 'contoso_careers', name: 'Contoso Careers', about: 'Jobs and people' },
  { id: '1400000000000000201', handle: 'fabrikam', name: 'Fabrikam, Inc.', about: 'Another company' },
  { id: '1400000000000000301', handle: 'alexwilber', name: 'Alex Wilber', about: 'A personal account' },
];
