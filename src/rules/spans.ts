/** Lengths of time, in milliseconds: those of `platform/spans.ts`, which rules do not know. */
export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
