const amount = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 3 });

/** "0.20 USD", "0.015 USD": networks charge parts of a cent. */
export const usdWords = (usd: number): string => `${amount.format(usd)} USD`;
