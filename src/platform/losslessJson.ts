/** Numbers of fewer digits are kept exactly by `JSON.parse`. */
const safeDigits = 15;
const longNumber = /\d{16}/;
/** A string, or a number whole: what is inside a string is passed over. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * JSON from outside, or undefined when it is none. Whole numbers that a double cannot hold come as text, digit by digit
 * as they were sent: ids of people and posts are sent so, and a rounded id names somebody else.
 */
export function parseLossless(text: string): unknown {
  try {
    return JSON.parse(longNumber.test(text) ? text.replace(tokens, quotedIfLong) : text);
  } catch {
    return undefined;
  }
}

function quotedIfLong(token: string): string {
  if (!/^-?\d+$/.test(token) || token.length <= safeDigits) return token;
  return Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
