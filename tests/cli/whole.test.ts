import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from '../../cli/whole';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'snowglobe-whole-'))));
afterEach(() => rm(folder, { recursive: true }));

it('a file is replaced by the whole new one, and nothing is left beside it', async () => {
  const path = join(folder, 'clip.gif');
  await writeFile(path, 'old');
  await writeWhole(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['clip.gif']);
});

it('what stood there stays, whatever goes wrong while the new one is written', async () => {
  const path = join(folder, 'clip.gif');
  await writeFile(path, 'old');
  await mkdir(`${path}.part`); // nothing can be written there
  await expect(writeWhole(path, 'new')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await readFile(path, 'utf8')).toBe('old');
});

it('and when it is written but cannot take its place', async () => {
  const path = join(folder, 'clip.gif');
  await mkdir(join(path, 'full'), { recursive: true });
  await expect(writeWhole(path, 'new')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['clip.gif']);
  expect(await readdir(path)).toEqual(['full']);
});
