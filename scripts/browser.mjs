/**
 * Finds a Chromium for the tests, and says how to start it.
 *
 * What it is not: it installs nothing. Who finds none gets one line with the command that does.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export const howToInstall =
  'No Chromium found: run `npx playwright-core install --with-deps chromium`, or set CHROME_BIN to a Chrome or Chromium.';

/** Path of a browser: CHROME_BIN or SNOWGLOBE_CHROME, then Playwright's own, then the system's; undefined where there is none. */
export function findBrowser(env = process.env) {
  const named = env.CHROME_BIN || env.SNOWGLOBE_CHROME;
  if (named) return isProgram(named) ? named : undefined; // a wrong path is a mistake to report, not to paper over
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [
    chromium.executablePath(),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
];

/**
 * WebGPU on SwiftShader, a GPU played by the CPU, so that a machine without one runs the same tests. The Vulkan flags
 * matter: without them the first WebGPU canvas ends the GPU process. macOS and Windows bring an adapter of their own.
 */
const played =
  process.platform === 'linux'
    ? [
        '--use-webgpu-adapter=swiftshader',
        '--enable-features=Vulkan',
        '--use-vulkan=swiftshader',
        '--use-angle=swiftshader',
      ]
    : [];

/** A browser as a visitor has it, for what is measured. */
export const visitorFlags = [...quiet, ...played];

/**
 * A browser for tests, without two things that take a played GPU longer than all the rest: putting the page together, and
 * filling the memory of a workgroup with zeros, of which SwiftShader makes endless code. No kernel of ours may need the zeros.
 */
export const browserFlags =
  process.platform === 'linux'
    ? [...visitorFlags, '--disable-gpu-compositing', '--enable-dawn-features=disable_workgroup_init']
    : visitorFlags;

/** Where nothing is about graphics: an emulated chip costs a fifth of all else. */
export const flagsWithoutGpu = [...quiet.filter((flag) => !flag.includes('webgpu')), '--disable-gpu'];
