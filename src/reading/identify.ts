/**
 * Which thing is a patch of colour? Every thing of the world is drawn there, upright and, where it does not move, turned, in
 * four key frames; the one that explains most is followed through the clip.
 */
import { colours, things, world } from '../world/world';
import type { Canvas } from './canvas';
import { changes, meanPaint, mixed, type Hue } from './colour';
import { fitBest, type Fit, type FramePose } from './fit';
import { appearanceOf, momentsOf, turningAppearance, type Appearance } from './appearance';
import { keyFrames, largestBlob, nearestColours, patchTrack, turningLabels, type Blob } from './segment';
import { follow, startFrom } from './track';
import type { Wall } from './wall';

/** How a clip was taken, as its backdrop shows. */
export interface Shot {
  readonly noise: number; // typical error of a pixel, black to white is 1
  readonly pan: number; // frame heights a frame, to the right
  readonly wall: Wall | null; // in front of everything
}

/** An object as pixels tell it, before any law of motion is tried. Places are in the picture, camera and all. */
export interface Found {
  readonly colour: string;
  readonly to: string | null; // the colour that it turns into
  readonly appearance: Appearance;
  readonly turning: boolean; // whether it was tracked with a free angle
  readonly fits: readonly Fit[];
  readonly gain: number;
  readonly upright: { readonly appearance: Appearance; readonly gain: number; readonly fits: readonly Fit[] }; // the same, angle 0
  readonly rivals: ReadonlyMap<string, number>; // gain of each thing over the key frames
  readonly patch: readonly Fit[]; // where its patch of colour is, as if it were a disc; for what no thing explains
  readonly paint: readonly [number, number, number]; // mean colour where it shows its own, 0 .. 255; before it turns
  readonly endPaint: readonly [number, number, number]; // and after
}

/** An appearance fitted into the key frames. */
interface Rated {
  readonly appearance: Appearance;
  readonly fits: Map<number, Fit>;
  gain: number; // over the key frames
}

/** Sizes to begin from, as shares of what the patch's area says: where edges mix colours, a thin thing's is hard to count. */
const sizesUpright = [0.85, 1, 1.18];
const sizesTurned = [0.9, 1.1];
/** Angles to begin from: a star looks the same after a fifth of a turn, and a start finds what is 0.2 away. */
const angles = Array.from({ length: 16 }, (_, k) => (k * Math.PI) / 8);
/** A thing that is explained this well in every key frame has no need of being drawn without its marks. */
const wholly = 0.9;
/** What has moved this far (frame heights), or is explained this well standing upright, does not turn on the spot. */
const travels = 0.3;
const upright = 0.94;
/** A free angle explains a little more of any thing: it has to gain this much, a key frame and as a share. */
const turnGain = { frame: 0.03, share: 0.01 };
/** An appearance gets a second key frame if it is among the best three in the first, or gains this share of the best. */
const hope = { best: 3, share: 0.7 };

/** Sum of the gains of a track. */
const total = (fits: readonly Fit[]): number => fits.reduce((sum, { gain }) => sum + gain, 0);

/** What a patch of colour shows in the key frames. */
interface Patch {
  readonly canvas: Canvas;
  readonly blobs: readonly (Blob | undefined)[]; // of every frame
  readonly keys: readonly number[];
}

/** Reads the object of one colour (or of one that turns): its thing and its track. Undefined where no patch of it is large enough. */
export function identify(
  canvas: Canvas,
  hue: Hue,
  shot: Shot,
  labels = hue.to ? turningLabels(canvas, shot.noise, hue) : nearestColours(canvas, shot.noise),
): Found | undefined {
  const { colour, to } = hue;
  const share = changes(canvas.picture.frames);
  const blobs = share.map((come, n) => largestBlob(canvas, labels, n, colours.indexOf(colour), mixed(hue, come)));
  const patch: Patch = { canvas, blobs, keys: keyFrames(blobs) };
  if (!patch.keys.length) return undefined;
  const appearanceAs = (thing: string, mirror: 1 | -1, plain = false): Appearance => {
    const appearance = appearanceOf(thing, colour, mirror, plain);
    return to ? turningAppearance(appearance, colour, to, share) : appearance;
  };
  const candidates = things.flatMap((thing) =>
    (world.things[thing].faces ? ([1, -1] as const) : ([1] as const)).map((mirror) => appearanceAs(thing, mirror)),
  );
  const standing = rateUpright(patch, candidates, appearanceAs);
  const [straight] = standing;
  const turned = mayTurn(patch, straight, shot) ? rateTurned(patch, candidates) : [];
  const turning = turned.length > 0 && turned[0].gain - straight.gain > turnGain.frame * patch.keys.length + turnGain.share * straight.gain; // prettier-ignore
  const rivals = new Map<string, number>();
  for (const { appearance, gain } of turning ? turned : standing)
    rivals.set(appearance.thing, Math.max(rivals.get(appearance.thing) ?? 0, gain));

  const track = ({ appearance, fits: keys }: Rated, turns: boolean) => {
    const fits = follow({ canvas, appearance, keys, blobs, turns, walled: shot.wall !== null });
    return { appearance, fits, gain: total(fits) };
  };
  const stands = track(straight, false);
  const spins = turning ? track(turned[0], true) : undefined;
  const best = spins && spins.gain > stands.gain ? spins : stands;
  const [paint, endPaint] = to
    ? [0, 1].map((end) => meanPaint(canvas, best.appearance, best.fits, (n) => share[n] === end))
    : new Array<[number, number, number]>(2).fill(meanPaint(canvas, best.appearance, best.fits));
  return { colour, to, ...best, turning: best === spins, upright: stands, rivals, patch: patchTrack(blobs), paint, endPaint }; // prettier-ignore
}

/** Every appearance upright, best first. Things that nobody draws rightly are tried without their marks as well. */
function rateUpright(
  { canvas, blobs, keys }: Patch,
  candidates: readonly Appearance[],
  appearanceAs: (thing: string, mirror: 1 | -1, plain?: boolean) => Appearance,
): Rated[] {
  const fit = (appearance: Appearance, n: number): Fit =>
    fitBest(canvas, n, appearance, startsFrom(blobs[n] as Blob, appearance, 0, sizesUpright), 2, { turns: false, rounds: 7, soft: 2 }); // prettier-ignore
  const rated = rate(candidates, keys, fit);
  if (![...rated[0].fits.values()].some(({ explained }) => explained < wholly)) return rated;
  // Drawn by hand, or by a model that has not learned it yet, a ball may lack its highlight and a fish its eye.
  const plain = candidates.map(({ thing, mirror }) => appearanceAs(thing, mirror, true));
  const simpler = plain.filter(({ fields }, i) => fields.length < candidates[i].fields.length);
  return [...rated, ...rate(simpler, keys, fit)].sort((a, b) => b.gain - a.gain);
}

/** Every appearance at any angle, best first. What is mirrored is not tried: nothing that turns looks where it goes. */
function rateTurned({ canvas, blobs, keys }: Patch, candidates: readonly Appearance[]): Rated[] {
  return rate(
    candidates.filter(({ mirror }) => mirror > 0),
    keys,
    (appearance, n) => {
      const starts = angles.flatMap((angle) => startsFrom(blobs[n] as Blob, appearance, angle, sizesTurned));
      return fitBest(canvas, n, appearance, starts, 3, { turns: true, rounds: 5, soft: 1.5 });
    },
  );
}

/** Whether its patch stays where it is, and the best upright thing leaves something to explain. */
function mayTurn({ blobs, keys }: Patch, { fits }: Rated, { pan }: Shot): boolean {
  const seen = keys.map((n) => blobs[n] as Blob);
  const span = Math.max(
    ...[seen.map(({ x }, i) => x + pan * keys[i]), seen.map(({ y }) => y)].map(
      (values) => Math.max(...values) - Math.min(...values),
    ),
  );
  return span <= travels && Math.min(...[...fits.values()].map(({ explained }) => explained)) <= upright;
}

/** Every appearance fitted into the key frames, best first. Those that are hopeless in the first key frame get no second chance. */
function rate(
  appearances: readonly Appearance[],
  keys: readonly number[],
  fit: (appearance: Appearance, n: number) => Fit,
): Rated[] {
  let rated = appearances.map((appearance): Rated => ({ appearance, fits: new Map(), gain: 0 }));
  const out: Rated[] = [];
  keys.forEach((n, i) => {
    for (const each of rated) {
      const found = fit(each.appearance, n);
      each.fits.set(n, found);
      each.gain += found.gain;
    }
    rated.sort((a, b) => b.gain - a.gain);
    if (i > 0) return;
    const left = rated.filter(({ gain }, place) => place < hope.best || gain > hope.share * rated[0].gain);
    out.push(...rated.filter((each) => !left.includes(each)));
    rated = left;
  });
  return [...rated, ...out];
}

/** Where a thing would be that fills a blob, at several sizes. */
function startsFrom(blob: Blob, appearance: Appearance, angle: number, shares: readonly number[]): FramePose[] {
  const radius = Math.sqrt(blob.area / momentsOf(appearance.thing).area);
  return shares.map((share) => startFrom(blob, appearance, angle, share * radius));
}
