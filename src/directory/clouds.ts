/** One national cloud of Microsoft's: an app registration and a token of one are worth nothing in another. */
export type Cloud = {
  /** Where Microsoft Graph is; the token's scope is this plus `/.default`. */
  graph: string;
  /** Where tokens come from. */
  authority: string;
  /** What a managed identity's own token must be for, so that an app registration takes it as proof. */
  federation: string;
};

/** https://learn.microsoft.com/graph/deployments; the federation audiences are Entra's workload identity federation. */
export const clouds = {
  global: {
    graph: 'https://graph.microsoft.com',
    authority: 'https://login.microsoftonline.com',
    federation: 'api://AzureADTokenExchange',
  },
  usgov: {
    graph: 'https://graph.microsoft.us',
    authority: 'https://login.microsoftonline.us',
    federation: 'api://AzureADTokenExchangeUSGov',
  },
  dod: {
    graph: 'https://dod-graph.microsoft.us',
    authority: 'https://login.microsoftonline.us',
    federation: 'api://AzureADTokenExchangeUSGov',
  },
  china: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    federation: 'api://AzureADTokenExchangeChina',
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof clouds;
