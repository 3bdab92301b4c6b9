/**
 * Proves the reader of src/reading: renders scenes of the world, spoils them a little, reads them back from their pixels
 * and prints how often each attribute is right. `npm run measure:proof -- --help`.
 *
 * What it is not: a judge of any model; that is cli/evaluate.ts.
 */
import { parseArgs } from 'node:util';
import { prove, type Proof } from './proof';
import { plots } from '../src/world';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1000000' },
    size: { type: 'string', default: '32,64' },
    noise: { type: 'string', default: '0.02' },
    blur: { type: 'string', default: '0.125' },
    objects: { type: 'string' },
    plot: { type: 'string' },
    frames: { type: 'string', default: '16' },
    errors: { type: 'string', default: '12' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(`npm run measure:proof -- [--n 2000] [--seed 1000000] [--size 32,64] [--noise 0.02] [--blur 0.125] [--objects 1|2] [--plot NAMES|all] [--frames 16] [--errors 12]

Reads n rendered clips per size back and prints the share of each attribute that is right. Noise: standard deviation,
black to white is 1. Blur: share of a pixel's light that goes to each neighbour, first across and then down. Size: one number, or height x width as 48x80. Plot: of world.json; all reads
n clips of each.`);
} else
  for (const size of values.size.split(','))
    for (const plot of values.plot === 'all' ? plots : (values.plot?.split(',') ?? [undefined])) {
      const objects = values.objects === '1' ? 1 : values.objects === '2' ? 2 : undefined;
      const [height, width = height] = size.split('x').map(Number);
      const shape = { frames: Number(values.frames), height, width };
      const spoiling = { noise: Number(values.noise), blur: Number(values.blur) };
      const proof = prove(Number(values.n), shape, Number(values.seed), { ...spoiling, objects, plot });
      print(proof, plot, Number(values.errors));
    }

function print(
  { shape, count, rows, confusions, mistakes, collisions, floor, milliseconds }: Proof,
  plot: string | undefined,
  errors: number,
): void {
  const { frames, height, width } = shape;
  console.log(`\n${plot ? `${plot}, ` : ''}${frames} frames of ${height} x ${width}, ${count} clips, ${milliseconds.toFixed(1)} ms a clip\n`); // prettier-ignore
  console.log('| attribute | right of all | right of decided | decided | of |\n|---|---|---|---|---|');
  const percent = (a: number, b: number): string => `${((100 * a) / Math.max(1, b)).toFixed(2)} %`;
  for (const { name, right, decided, total } of rows)
    console.log(
      `| ${name} | ${percent(right, total)} | ${percent(right, decided)} | ${percent(decided, total)} | ${total} |`,
    );
  const middle = (values: readonly number[]): string =>
    [...values].sort((a, b) => a - b)[values.length >> 1].toFixed(4);
  if (collisions.length)
    console.log(
      `\nOf ${collisions.length} collisions, medians: ${middle(collisions.map(({ momentum }) => momentum))} of the momentum exchanged is lost or won, ${middle(collisions.map(({ energy }) => energy))} of the energy is left, ${middle(collisions.map(({ residual }) => residual))} frame heights from the law`,
    );
  console.log(
    `\nVelocity error of uniform motion: median ${floor.median.toExponential(2)}, 95 % below ${floor.most.toExponential(2)} frame heights a frame (${(floor.most * Math.min(height, width)).toFixed(3)} px), ${floor.count} objects`,
  );
  console.log('\nMost frequent confusions:');
  for (const [what, times] of confusions.slice(0, 20)) console.log(`  ${times} x ${what}`);
  if (mistakes.length) console.log('\nSome mistakes:');
  for (const line of mistakes.slice(0, errors)) console.log(`  ${line}`);
}
