import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { fillManifest, writePackage } from '../../scripts/package.js';
import { commands } from '../../src/bot/input/commands.js';

type Checker = { AppManifestUtils: { validateAgainstSchema: (manifest: object) => Promise<string[]> } };
const { AppManifestUtils } = createRequire(import.meta.url)('@microsoft/app-manifest') as Checker;

const env = { MicrosoftAppId: '0f3c3a52-6a43-4c5b-9a57-3f4f2a1f9d10', BASE_URL: 'https://bot.contoso.example' };

describe('the Teams app package', () => {
  it('has a manifest that Microsoft’s schema accepts, looked up without a network', async () => {
    const { fetch } = globalThis;
    globalThis.fetch = () => assert.fail('asked the network');
    try {
      assert.deepEqual(await AppManifestUtils.validateAgainstSchema(fillManifest(env)), []);
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('is not accepted with a wrong key, so the check above means something', async () => {
    assert.notDeepEqual(await AppManifestUtils.validateAgainstSchema({ ...fillManifest(env), groupchat: 1 }), []);
  });

  it('names this bot and its domain, and leaves no placeholder', () => {
    const manifest = fillManifest(env);
    assert.equal(manifest.id, env.MicrosoftAppId);
    const TEAMS_APP_ID = '11111111-1111-4111-8111-111111111111';
    assert.equal(fillManifest({ ...env, TEAMS_APP_ID }).id, TEAMS_APP_ID);
    assert.deepEqual(manifest.validDomains, ['bot.contoso.example']);
    // Else Teams offers nobody to attach a picture.
    assert.equal((manifest.bots[0] as { supportsFiles?: boolean }).supportsFiles, true);
    assert.doesNotMatch(JSON.stringify(manifest), /\{\{|undefined/);
  });

  it('offers the listed commands of the table, as long as old clients take them', () => {
    const listed = fillManifest(env).bots[0]?.commandLists[0]?.commands ?? [];
    const wanted = Object.entries(commands).filter(([, command]) => 'listed' in command);
    assert.deepEqual(
      listed.map(({ title }) => title),
      wanted.map(([name]) => name),
    );
    assert(listed.length > 0 && listed.length <= 10);
    for (const { title, description } of listed) assert(title.length <= 32 && description.length <= 128, description);
  });

  it('has the chat first, then the tab, whose sign-on is for the app that the bot checks', () => {
    const { staticTabs, webApplicationInfo } = fillManifest(env);
    const [chat, tab] = staticTabs as Record<string, unknown>[];
    assert.equal(chat?.entityId, 'conversations');
    assert.equal(tab?.contentUrl, 'https://bot.contoso.example/tab/profiles');
    const resource = `api://bot.contoso.example/botid-${env.MicrosoftAppId}`;
    assert.deepEqual(webApplicationInfo, { id: env.MicrosoftAppId, resource });
    const other = '7d3c3a52-6a43-4c5b-9a57-3f4f2a1f9d11';
    const { webApplicationInfo: own } = fillManifest({
      ...env,
      ENTRA_CLIENT_ID: other,
      BASE_URL: `${env.BASE_URL}/a/`,
    });
    assert.deepEqual(own, { id: other, resource: `api://bot.contoso.example/botid-${other}` });
  });

  it('is refused with every problem told at once', () => {
    assert.throws(() => fillManifest({ MicrosoftAppId: 'mine' }), /MicrosoftAppId[\s\S]*BASE_URL/);
    assert.throws(() => fillManifest({ ...env, BASE_URL: 'http://bot.contoso.example' }), /BASE_URL must be an https/);
    assert.throws(() => fillManifest({ ...env, PRIVACY_URL: 'soon' }), /PRIVACY_URL/);
    assert.throws(() => fillManifest({ ...env, TEAMS_APP_ID: 'soon' }), /TEAMS_APP_ID/);
  });

  it('holds the manifest and two icons of the sizes Teams asks for, and nothing else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'package-'));
    try {
      const files = unzipped(readFileSync(await writePackage(env, join(folder, 'app.zip'))));
      assert.deepEqual([...files.keys()].sort(), ['color.png', 'manifest.json', 'outline.png']);
      assert.deepEqual(JSON.parse(String(files.get('manifest.json'))), fillManifest(env));
      assert.deepEqual(pixels(files.get('color.png')), [192, 192]);
      assert.deepEqual(pixels(files.get('outline.png')), [32, 32]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Width and height, from the first chunk of a PNG. */
function pixels(png: Buffer | undefined): [number, number] {
  assert.equal(png?.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The files of a zip, read from its central directory (PKWARE APPNOTE, sections 4.3.12 and 4.3.7). */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}
