export type Cleaned = string | number | boolean | null | undefined | Cleaned[] | { [key: string]: Cleaned };

/** Names whose value is a secret, or something that a person wrote. */
const secretNames =
  /token|secret|passw|authorization|cookie|verifier|assertion|credential|privatekey|apikey|sealed|signature|^(code|state|key|keys|nonce|session)$/i;
const personalNames =
  /^(text|body|content|value|message_text|query|querystring|attachments|card|cards|data|entities|summary|why)$/i;
const withheld = '[withheld]';
const deepest = 5;
const longest = 4_000;
const most = 50;

/** A copy that is safe to log: secrets and what people wrote are withheld by name, addresses lose their query. */
export function clean(value: unknown, depth = 0): Cleaned {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : (value as Cleaned);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (value instanceof Error) return cleanError(value, depth);
  if (value instanceof URL) return cleanText(value.href);
  if (depth >= deepest || ArrayBuffer.isView(value)) return '[more]';
  if (Array.isArray(value)) return value.slice(0, most).map((one) => clean(one, depth + 1));
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return clean(toJSON.call(value), depth + 1);
  return cleanFields(value, depth);
}

function cleanFields(value: object, depth: number): Cleaned {
  const fields = Object.entries(value).slice(0, most);
  return Object.fromEntries(
    fields.map(([name, one]) => {
      const isHidden = (secretNames.test(name) && typeof one !== 'number') || personalNames.test(name);
      return [name, isHidden && one !== undefined && one !== null ? withheld : clean(one, depth + 1)];
    }),
  );
}

/** What kind of error, its sentence and where, and why: never the objects that libraries hang on errors. */
function cleanError(error: Error, depth: number): Cleaned {
  const { code, status, statusCode, reason } = error as Error & Record<string, unknown>;
  const facts = Object.entries({ code, status, statusCode, reason }).filter(([, fact]) =>
    /string|number/.test(typeof fact),
  );
  return {
    type: error.constructor.name,
    message: cleanText(error.message),
    ...(Object.fromEntries(facts.map(([name, fact]) => [name, clean(fact)])) as Record<string, Cleaned>),
    stack: cleanText(error.stack ?? ''),
    ...(error.cause !== undefined && depth < deepest ? { cause: clean(error.cause, depth + 1) } : {}),
  };
}

/** Cuts queries and fragments off addresses and paths, and blanks what looks like a token, and tickets in addresses of ours. */
export function cleanText(text: string): string {
  return text
    .slice(0, longest)
    .replace(/\b(Bearer|Basic)\s+[\w\-.~+/=]+/gi, `$1 ${withheld}`)
    .replace(/\beyJ[\w-]*\.[\w-]*\.?[\w-]*/g, withheld)
    .replace(/(\/(?:link|compose|media|watch)\/)(?!callback\/)[^\s/?#"'<>]+/g, '$1…')
    .replace(/([a-z][a-z+.-]*:\/\/)[^\s/@]+@/gi, '$1')
    .replace(/([a-z][a-z+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1?…')
    .replace(/(\/[\w\-./%]+)\?[\w%.~-]+=[^\s"'<>]*/g, '$1?…')
    .replace(
      /\b(access_token|refresh_token|client_secret|code|state|code_verifier|id_token|assertion)=[^\s&"'<>]+/gi,
      `$1=${withheld}`,
    );
}
