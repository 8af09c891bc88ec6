import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launch, packedLibraries, unpacked } from './browser.js';

if (process.platform === 'linux' && !process.env.CHROME_PATH) {
  describe('the browser inside the package', () => {
    it('brings the libraries that a bare machine lacks, and starts with them', async () => {
      const env = await packedLibraries();
      assert(existsSync(join(env.LD_LIBRARY_PATH ?? '', 'libnss3.so')), JSON.stringify(env));
      const browser = await launch(await unpacked(), env);
      try {
        const page = await browser.newPage();
        await page.setContent('<h1>Hello</h1>');
        assert.equal(await page.textContent('h1'), 'Hello');
      } finally {
        await browser.close();
      }
    });
  });
}
