import type { TabLink } from '../../operations/core/parts.js';

/** A deep link of Teams (learn.microsoft.com, "Deep link to an application": the tab is told `subEntityId`). */
export function createTabLink(app: string): TabLink {
  return (page) => {
    const context = page ? `?context=${encodeURIComponent(JSON.stringify({ subEntityId: page }))}` : '';
    return `https://teams.microsoft.com/l/entity/${app}/profiles${context}`;
  };
}
