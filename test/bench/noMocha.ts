/** What the kits of the contract tests say after the tests is said to nobody here. */
(globalThis as { after?: unknown }).after ??= () => {};
