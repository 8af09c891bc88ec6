import { type Finding, wrong } from './finding.js';

/** What Entra says no with, and what mends it: learn.microsoft.com, "Microsoft Entra authentication error codes". */
const fixes: Readonly<Record<string, string>> = {
  AADSTS7000215: "Put the value of a client secret, not its id, into the app's secret setting.",
  AADSTS7000222: 'The client secret has ended: make a new one in Entra, and set it.',
  AADSTS700016: 'The app is not in this organisation: see the client id, and that an administrator consented there.',
  AADSTS90002: 'No organisation has this id: see TENANTS, MicrosoftAppTenantId and GRAPH_TENANT_ID.',
};

/** What Entra's "no" means and what mends it; undefined when it is not one of Entra's. Only its code is repeated. */
export function entraFinding(what: string, error: unknown): Finding | undefined {
  const code = error instanceof Error ? /AADSTS\d{3,9}/.exec(error.message)?.[0] : undefined;
  return code ? wrong(what, `Entra gave no token (${code}).`, fixes[code] ?? `Look up ${code}.`) : undefined;
}
