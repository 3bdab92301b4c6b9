/** Documents as PDF, by the Chromium of this machine (scripts/browser.mjs finds it). */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser, howToInstall } from '../browser.mjs';

/** Prints each of the named HTML files of a folder beside itself. Throws where there is no Chromium. */
export async function printed(folder: string, names: readonly string[]): Promise<void> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    for (const name of names) {
      await page.goto(pathToFileURL(join(folder, name)).href);
      await page.pdf({
        path: join(folder, name.replace(/html$/, 'pdf')),
        preferCSSPageSize: true,
        printBackground: true,
      });
    }
  } finally {
    await browser.close();
  }
}
