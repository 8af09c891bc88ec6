/** One line of the report. `look`: nothing is wrong, but only a person can tell. */
export type Finding = { state: 'ok' | 'wrong' | 'look'; what: string; says: string; fix?: string };

export const ok = (what: string, says: string): Finding => ({ state: 'ok', what, says });
export const wrong = (what: string, says: string, fix: string): Finding => ({ state: 'wrong', what, says, fix });
export const look = (what: string, says: string): Finding => ({ state: 'look', what, says });

const signs = { ok: 'ok   ', wrong: 'WRONG', look: 'look ' } as const;

/** The report as people read it: what is wrong has its fix below it. */
export function reportOf(findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ state, what, says, fix }) => `${signs[state]}  ${what}: ${says}${fix ? `\n       Fix: ${fix}` : ''}`,
  );
  const bad = findings.filter(({ state }) => state === 'wrong').length;
  const end = bad === 0 ? 'Nothing is wrong.' : `${bad} ${bad === 1 ? 'thing is' : 'things are'} wrong.`;
  return `${[...lines, end].join('\n')}\n`;
}
