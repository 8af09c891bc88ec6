import type { Sure } from './heldBack.js';

/** What has to be so, by what people were told: written beside the product, and knowing nothing of how it works. */
export type Brand = {
  handle: string;
  owners: Set<string>;
  /** `person:<id>` or `group:<name>`, and the owner who shared with them. */
  shares: Map<string, string>;
  /** Owners who came by signing in, and to whom others may still object. */
  cooling: Map<string, Sure>;
  /** Not added yet, or deleted: nobody sees it, until somebody adds it. */
  gone: boolean;
  /** Somebody was told that it is not known whether something was done: nothing can be said of it any more. */
  unsure: boolean;
};

/** As a profile is before anybody has it, and after it is deleted. */
export const nobody = (): Pick<Brand, 'owners' | 'shares' | 'cooling'> => ({
  owners: new Set(),
  shares: new Map(),
  cooling: new Map(),
});

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
    const brand: Brand = { handle, ...nobody(), gone: true, unsure: false };
    this.brands.set(handle, brand);
    return brand;
  }

  brand(handle: string): Brand {
    const found = this.brands.get(handle);
    if (!found) throw new Error(`nobody knows ${handle}`);
    return found;
  }

  /** Whether they may see it now; in a list, or where they are asked about live (`lag` 0). */
  sees(person: string, { owners, shares, gone }: Brand, lag = lagMs): boolean {
    if (gone) return false;
    if (owners.size === 0 || owners.has(person) || shares.has(`person:${person}`)) return true;
    const seen = lag === 0 ? Number.MAX_VALUE : Date.now() - lag;
    return [...this.groups].some(([group, people]) => shares.has(`group:${group}`) && (people.get(person) ?? 0) > seen);
  }
}
