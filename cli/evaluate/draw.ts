/** Fills the folders that a suite prepared: with the page's own model code in Node, or with training/sample.py. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writer } from '../terminal';
import { begin, drawn, readAbout } from './folder';
import { filmOf, knownOfItem } from '../../src/evaluation';
import { MeasureError } from '../../src/reading';
import type { Guided } from '../../src/sampling/guidance';
import { run } from '../../src/sampling/run';
import { noised } from '../../src/sampling/start';
import type { Denoiser, RunSettings } from '../../src/sampling/types';

/** A model bound to a prompt. `dispose` frees what it holds for that prompt. */
export type DenoiserFor = (prompt: string) => Denoiser & { dispose?(): void };

/** Draws what is missing from a prepared folder, one clip after the other. The same numbers wherever it was stopped. */
export async function drawFolder(
  path: string,
  denoiserFor: DenoiserFor,
  by: unknown,
  { onClip = () => {}, signal }: { onClip?: () => void; signal?: AbortSignal } = {},
): Promise<void> {
  const { items, settings, shape } = readAbout(path);
  if (drawn(path) === items.length && !existsSync(join(path, 'clips.part'))) return;
  const folder = begin(path, by);
  for (const item of items.slice(folder.from)) {
    const denoiser = denoiserFor(item.prompt);
    let clip: Float32Array | undefined;
    const request = { ...settings, seed: item.seed } as RunSettings;
    const { scene, plan, begin: t } = item;
    const begin = scene && t !== undefined ? { x: noised(filmOf(scene, shape), t, request, shape), t } : undefined;
    let own: Float32Array | undefined; // the last guess before given pixels are put back
    const onGuided = ({ guess }: Guided): void => void (own = plan === undefined ? undefined : guess.slice());
    const known = knownOfItem(item, shape);
    for await (const { guess } of run(denoiser, request, { signal, known, begin, onGuided })) clip = guess;
    denoiser.dispose?.();
    folder.add((own ?? clip) as Float32Array);
    onClip();
  }
  folder.end();
}

/** training/sample.py over all folders: much faster, because it draws many clips at once. Its progress goes to `err`. */
export function drawWithPython(
  root: string,
  paths: readonly string[],
  { err, signal }: { err: Writer; signal?: AbortSignal },
): Promise<void> {
  const program = process.env.PYTHON ?? join(root, 'training/.venv/bin/python');
  if (!process.env.PYTHON && !existsSync(program))
    throw new MeasureError(
      `there is no ${program}`,
      'run npm run test:training once, set PYTHON, or leave out --with python',
    );
  return new Promise((resolve, reject) => {
    const args = [join(root, 'training/sample.py'), '--fill', ...paths];
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'pipe'], signal, killSignal: 'SIGINT' });
    let last = '';
    child.stderr.on('data', (data: Buffer) => {
      err.write(data.toString());
      last = data.toString().trim().split('\n').at(-1) ?? last;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`training/sample.py ended: ${last}`))));
  });
}
