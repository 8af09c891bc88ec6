/** What has to be so, by what people were told: written beside the product, and knowing nothing of how it works. */
export type Brand = {
  handle: string;
  owners: Set<string>;
  /** `person:<id>`, `group:<id>`. */
  shares: Set<string>;
  /** Not added yet, or deleted: nobody sees it, until somebody adds it. */
  gone: boolean;
  /** Somebody was told that it is not known whether something was done: nothing can be said of it any more. */
  unsure: boolean;
};

/** Lists may show what somebody left so long ago (milliseconds). */
const lagMs = 150_000;

export class Model {
  readonly brands = new Map<string, Brand>();
  /** By name: since when each is no longer in it; Infinity for who is. */
  readonly groups = new Map<string, Map<string, number>>();

  added(handle: string, owner: string): void {
    Object.assign(this.begun(handle), { owners: new Set([owner]), gone: false });
  }

  /** An account that nobody has added yet. */
  begun(handle: string): Brand {
    const brand = { handle, owners: new Set<string>(), shares: new Set<string>(), gone: true, unsure: false };
    this.brands.set(handle, brand);
    return brand;
  }

  brand(handle: string): Brand {
    const found = this.brands.get(handle);
    if (!found) throw new Error(`nobody knows ${handle}`);
    return found;
  }

  /** Whether they may see it now. */
  sees(person: string, { owners, shares, gone }: Brand): boolean {
    if (gone) return false;
    if (owners.size === 0 || owners.has(person) || shares.has(`person:${person}`)) return true;
    const seen = Date.now() - lagMs;
    return [...this.groups].some(([group, people]) => shares.has(`group:${group}`) && (people.get(person) ?? 0) > seen);
  }
}
