/** What has to be so, by what people were told: written beside the product, and knowing nothing of how it works. */
export type Brand = {
  handle: string;
  owners: Set<string>;
  /** `person:<id>`, `group:<id>`. */
  shares: Set<string>;
  /** Somebody was told that it is not known whether something was done: nothing can be said of it any more. */
  unsure: boolean;
};

export class Model {
  readonly brands = new Map<string, Brand>();
  readonly groups = new Map<string, Set<string>>();

  added(handle: string, owner: string): void {
    this.brands.set(handle, { handle, owners: new Set([owner]), shares: new Set(), unsure: false });
  }

  brand(handle: string): Brand {
    const found = this.brands.get(handle);
    if (!found) throw new Error(`nobody knows ${handle}`);
    return found;
  }

  /** Whether they may see it now. */
  sees(person: string, { owners, shares }: Brand): boolean {
    if (owners.size === 0 || owners.has(person) || shares.has(`person:${person}`)) return true;
    return [...this.groups].some(([group, people]) => shares.has(`group:${group}`) && people.has(person));
  }
}
