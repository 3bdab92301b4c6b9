/**
 * The training clips that are nearest to the film on the stage. Training drew each clip as it went and kept none, so that a
 * pool of the same world is drawn anew and stands for them (evaluation/pool.ts). What "near" means shows a true clip of
 * the same words, freshly drawn, which can have been copied from nothing.
 *
 * What it is not: proof. Nobody can show that a clip was in training or was not; a film much nearer than a fresh one would be a hint.
 */
import { signal } from '@preact/signals-core';
import { asked } from '../../evaluation/asked';
import { nearestThumbnail, thumbnail, thumbnailFrames, thumbnailShape } from '../../evaluation/nearest';
import { poolSeed, trainingPool } from '../../evaluation/pool';
import { sceneOf } from '../../evaluation/truth';
import type { ClipShape } from '../../sampling/types';
import { caption, render, type Scene } from '../../world';
import { command, Session, type Facts } from '../../app/session';
import { isComplete, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';

/** Clips of the pool, and how many of the nearest are shown. */
export const [poolSize, shown] = [1000, 3] as const;

export interface Near {
  readonly clip: Float32Array; // 3 x frames x height x width, -1 .. 1
  readonly prompt: string; // its caption
  readonly seed: number; // that it can be drawn again by
  readonly distance: number; // root mean square difference of four small frames, black to white is 1
}

export interface Found {
  readonly run: Run;
  readonly near: readonly Near[]; // the nearest first
  readonly fresh: number; // distance from a true clip of the same words to the one nearest to that
}

const signed = (clip: Float32Array): Float32Array => clip.map((value) => 2 * value - 1);

export class NearestClips extends Session {
  readonly found = signal<Found | null>(null);
  /** Clips of the pool that have been compared, 0 .. 1; null while nobody searches. */
  readonly searched = signal<number | null>(null);
  private current = new AbortController();

  /** Of the finished film on the stage. It gives way to the page every few clips. */
  @command
  async search(size: number = poolSize): Promise<void> {
    const run = this.state.run.value;
    if (!run || !isComplete(run)) return;
    this.stop();
    const mine = new AbortController();
    this.current = mine;
    this.searched.value = 0;
    const { shape } = run;
    const own = thumbnail(run.steps[run.steps.length - 1].guess, shape);
    const truth = thumbnail(signed(render(sceneOf(asked(run.prompt), poolSeed - 1), shape)), shape);
    const pool = trainingPool(size, poolSeed);
    const distances: number[] = [];
    let fresh = Infinity;
    for (const [i, scene] of pool.entries()) {
      const other = thumbnailOf(scene, shape);
      distances.push(nearestThumbnail(own, [other]).distance);
      fresh = Math.min(fresh, nearestThumbnail(truth, [other]).distance);
      if (i % 8 < 7) continue;
      this.searched.value = (i + 1) / size;
      await new Promise((resolve) => setTimeout(resolve)); // film and keys go on meanwhile
      if (mine.signal.aborted) return;
    }
    const order = distances.map((_, i) => i).sort((a, b) => distances[a] - distances[b]);
    const near = order.slice(0, shown).map((i): Near => {
      const clip = signed(render(pool[i], shape));
      return { clip, prompt: caption(pool[i]), seed: poolSeed + i, distance: distances[i] };
    });
    this.found.value = { run, near, fresh };
    this.searched.value = null;
  }

  @command
  stop(): void {
    this.current.abort();
    this.searched.value = null;
  }
}

/** Only the frames that are compared are drawn. */
function thumbnailOf(scene: Scene, shape: ClipShape): Float32Array {
  const small = thumbnailShape(shape);
  return thumbnail(signed(render(scene, small, thumbnailFrames(small.frames))), small);
}

const made = new WeakMap<Studio, NearestClips>();

/** The one of a studio. */
export function nearestOf(studio: Studio): NearestClips {
  const nearest = made.get(studio) ?? new NearestClips(studio.state as Facts);
  made.set(studio, nearest);
  return nearest;
}
