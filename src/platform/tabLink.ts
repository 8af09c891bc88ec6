/** Where the tab opens: at its lists, or at what `page` names. What is shown there depends on who opens it. */
export type TabLink = (page?: string) => string;

/**
 * In Teams a deep link (learn.microsoft.com, "Deep link to an application": the tab is told `subEntityId`); in the
 * sandbox the same at its own page.
 */
export function createTabLink(where: { app: string } | { sandbox: () => string }): TabLink {
  return (page) => {
    if ('sandbox' in where) return `${where.sandbox()}/#tab=Profiles${page ? `&page=${encodeURIComponent(page)}` : ''}`;
    const context = page ? `?context=${encodeURIComponent(JSON.stringify({ subEntityId: page }))}` : '';
    return `https://teams.microsoft.com/l/entity/${where.app}/profiles${context}`;
  };
}
