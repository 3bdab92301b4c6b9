/** The page without a browser and without a network: a studio that plays the recordings beside the page, for tests only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '../../src/app/run-session';
import { Studio } from '../../src/studio/studio';
import type { RecordingEntry } from '../../src/app/state';
import { Notebook } from '../../src/lessons/notebook';
import { Player } from '../../src/lessons/player';
import { readClip, type Reading } from '../../src/reading';
import { decode } from '../../src/recording/file';
import { replay } from '../../src/recording/recording';
import type { ClipShape } from '../../src/sampling/types';
import { fakePorts } from '../app/fake-run';

const folder = join(import.meta.dirname, '../../public/recordings');

export async function recordedRun({ file }: RecordingEntry): Promise<Recorded> {
  const bytes = readFileSync(join(folder, file));
  const recording = await decode(bytes);
  return { ...recording, encode: async () => bytes, replay: (signal) => replay(recording, { signal }) };
}

export const entries = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as RecordingEntry[];

/** Films come again in test after test, and a reading takes its time. */
const known = new Map<string, Reading>();

function readOnce(clip: Float32Array, shape: ClipShape): Reading {
  const key = [0, 1, 2, 3].map((part) => clip.subarray((part * clip.length) / 4).reduce((sum, v) => sum + v, 0)).join();
  const reading = known.get(key) ?? readClip(clip, shape);
  known.set(key, reading);
  return reading;
}

/** Its engine never starts: what works here works without a network. */
export function offlineStudio(): Studio {
  return new Studio(
    fakePorts(undefined, {
      createEngine: () => Promise.reject(new Error('there is no network')),
      createReader: () => ({ read: async (clip, shape) => readOnce(clip, shape), dispose: () => {} }),
      listRecordings: async () => entries,
      openRecording: recordedRun,
    }),
  );
}

/** A shelf that is there as long as the test, and what lies on it. */
export function memory(text: string | null = null) {
  const shelf = {
    text,
    read: () => shelf.text,
    write: (written: string) => {
      shelf.text = written || null;
      return true;
    },
  };
  return shelf;
}

export function playerOf(studio: Studio, shelf = memory()): Player {
  return new Player(studio, new Notebook(shelf));
}
