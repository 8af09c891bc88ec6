/** The first screen in the terminal: what runs, where to look, what to try. */
export function welcome(address: string, dataDir: string): string {
  return `
  Social Profiles for Teams: the sandbox is running, on this machine only.

    Open      ${address}
    Then say  help
              add x
              share @marketing contoso

  Teams, the company and the networks in it are pretend; no account anywhere is needed.
  Who you are is at the top of the page: switch between the people at any time.
  Ctrl-C stops it. What happened is kept in ${dataDir} for next time.

`;
}
