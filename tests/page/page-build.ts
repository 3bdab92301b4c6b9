/** The page, built once for all test files of a run: the first that needs it builds it, the others wait for that. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what the test files of one run share. */
    shared: string;
  }
}

/** Vitest calls it before the first test file and, what it returns, after the last. */
export default function setup({ provide }: { provide(key: 'shared', folder: string): void }): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'snowglobe-tests-'));
  provide('shared', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The folder of the built page, with maps of its sources; nobody may change what lies in it. shared: `inject('shared')`. */
export async function builtPage(shared: string): Promise<string> {
  const [folder, built, failed] = ['page', 'built', 'failed'].map((name) => join(shared, name));
  try {
    mkdirSync(folder);
  } catch {
    while (!existsSync(built)) {
      if (existsSync(failed)) throw new Error('the page could not be built; see the test file that says why');
      await new Promise((later) => setTimeout(later, 100));
    }
    return folder;
  }
  await buildPage(folder).catch((error: unknown) => {
    writeFileSync(failed, '');
    throw error;
  });
  writeFileSync(built, '');
  return folder;
}

export const buildPage = (folder: string): Promise<unknown> =>
  build({ logLevel: 'silent', build: { outDir: folder, emptyOutDir: true, sourcemap: 'hidden' } });
