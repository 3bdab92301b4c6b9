import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClip, type LawFit, type Sighting } from '../../src/reading';
import { rebound } from '../../src/reading/rebound';
import { world } from '../../src/world';
import { proofScene, spoiledClip } from '../../cli/proof';

/** A path that comes down on the ground at frame `hit` and goes up with a share `kept` of its speed. */
function path({ hit, kept, gravity }: { hit: number; kept: number; gravity: number }) {
  const [ground, g, speed] = [0.76, gravity * world.gravity, 0.11];
  const track = Array.from({ length: 16 }, (_, n): Sighting => {
    const tau = Math.abs(n - hit);
    const y = ground - (n < hit ? speed : kept * speed) * tau + (g * tau ** 2) / 2;
    return { x: 0.5, y, radius: 0.16, angle: 0, visible: 1, explained: 1 };
  });
  return { track, law: { floorHits: [hit] } as unknown as LawFit };
}

describe('how a thing comes back from the ground', () => {
  it('is measured whatever share of its speed it keeps, under any gravity', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(5, 10), number(0.3, 1.1), number(0.5, 1.5), number(-0.6, 0.6), (hit, kept, gravity, off) => {
        const { law, track } = path({ hit, kept, gravity });
        // The law was laid through with another loss of speed, so its moment is a little off.
        const found = rebound({ track, law: { ...law, floorHits: [hit + off] } })!;
        expect(Math.abs(found.kept - kept)).toBeLessThan(0.04);
        expect(Math.abs(found.gravity - gravity)).toBeLessThan(0.06);
      }),
      { numRuns: 60 },
    );
  });

  it('is the share of this world on a true clip, noise and all', () => {
    const seeds = Array.from({ length: 200 }, (_, i) => 7_300_000 + i);
    const scenes = seeds.map((seed) => ({ seed, scene: proofScene(seed) }));
    const bouncing = scenes.filter(
      ({ scene: { objects } }) => objects.length === 1 && objects[0].motion === 'bouncing',
    );
    const found = bouncing.slice(0, 6).flatMap(({ seed, scene }) => {
      const { clip } = spoiledClip(scene, 32, seed);
      const [object] = readClip(clip, { frames: 16, height: 32, width: 32 }).objects;
      return rebound(object) ?? [];
    });
    expect(found.length).toBeGreaterThan(2);
    for (const { kept, gravity } of found) {
      expect(Math.abs(kept - world.restitution)).toBeLessThan(0.02);
      expect(Math.abs(gravity - 1)).toBeLessThan(0.05);
    }
  });

  it('is not told where fewer than four frames show one side, or there is no bounce', () => {
    const late = path({ hit: 13.2, kept: 0.85, gravity: 1 });
    expect(rebound(late)).toBeNull();
    expect(rebound({ ...late, law: { ...late.law, floorHits: [] } })).toBeNull();
    const { law, track } = path({ hit: 8.3, kept: 0.85, gravity: 1 });
    expect(rebound({ law, track: track.map((at, n) => ({ ...at, visible: n < 8 ? 1 : 0 })) })).toBeNull();
  });
});
