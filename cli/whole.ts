/** Files that are there whole or not at all. */
import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes beside, then renames: on a full disk, or stopped in the middle, what stood there before stays. */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, data);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {}); // what could not be written may not be taken away either
    throw error;
  }
}
