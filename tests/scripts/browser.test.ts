import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../scripts/browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'snowglobe-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

describe('the browser for the tests', () => {
  it('is the one that is named, by either variable', () => {
    const named = program('my-browser');
    expect(findBrowser({ CHROME_BIN: named, PATH: folder })).toBe(named);
    expect(findBrowser({ SNOWGLOBE_CHROME: named })).toBe(named);
  });

  it('is none where the named one does not exist, even if another does', () => {
    program('chromium');
    expect(findBrowser({ CHROME_BIN: join(folder, 'no-such'), PATH: folder })).toBeUndefined();
  });

  it("is Playwright's own, else the system's, Chrome before Chromium", () => {
    const [chromiumPath, chromePath] = [program('chromium'), program('google-chrome')];
    const found = findBrowser({ PATH: folder });
    expect([chromium.executablePath(), chromePath]).toContain(found);
    rmSync(chromePath);
    expect([chromium.executablePath(), chromiumPath]).toContain(findBrowser({ PATH: folder }));
  });
});
