import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const results = join(root, 'test-results');

/**
 * A headless browser. CHROME_PATH names one; else on Linux the one inside `@sparticuz/chromium`, on macOS and Windows an
 * installed Chrome or Edge.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.CHROME_PATH;
  if (named) return chromium.launch({ executablePath: named, args: ['--no-sandbox'] });
  if (process.platform === 'linux') return launchPacked();
  return chromium.launch({ channel: 'chrome' }).catch(() => chromium.launch({ channel: 'msedge' }));
}

/** Writes `test-results/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(results, { recursive: true });
  const path = join(results, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

async function launchPacked(): Promise<Browser> {
  const executablePath = await unpacked();
  try {
    return await launch(executablePath);
  } catch (error) {
    if (!isMissingLibrary(error)) throw error;
    return launch(executablePath, await packedLibraries());
  }
}

/** Unpacking reuses whatever `<tmp>/chromium` there is, of any version: so it gets a folder of its own. */
export async function unpacked(): Promise<string> {
  const folder = join(root, '.cache', 'chromium-147');
  mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Not `chromium.args`: its `--single-process` ends the whole browser when one context is closed. */
export function launch(executablePath: string, env: Record<string, string> = {}): Promise<Browser> {
  const inherited = Object.entries(process.env).filter((one): one is [string, string] => one[1] !== undefined);
  return chromium.launch({ executablePath, args: ['--no-sandbox'], env: { ...Object.fromEntries(inherited), ...env } });
}

const isMissingLibrary = (error: unknown) => /shared librar|lib(nss|nspr|expat)/i.test(String(error));

/**
 * The package carries nss, nspr and expat too; it unpacks them when it believes to be in AWS Lambda as it is loaded, and
 * together with the browser only: so in a folder where there is none yet.
 */
export async function packedLibraries(): Promise<Record<string, string>> {
  const folder = join(root, '.cache', 'chromium-147', 'with-libraries');
  mkdirSync(folder, { recursive: true });
  const { execFileSync } = await import('node:child_process');
  const script =
    "import('@sparticuz/chromium').then(async ({ default: c }) => { await c.executablePath();" +
    ' console.log(JSON.stringify({ LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, FONTCONFIG_PATH: process.env.FONTCONFIG_PATH })) })';
  const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  const printed = execFileSync(process.execPath, ['-e', script], { cwd: root, env, encoding: 'utf8' });
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '{}') as Record<string, string>;
}
