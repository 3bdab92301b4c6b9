/** Links of keys that there are with values that some of them take, some none, a character put in: each made by its number. */
import { bits, uniforms } from '../../src/sampling/noise';
import { linkKeys, parts } from '../../src/settings/link';
import { specs } from '../../src/settings/settings';
import { labViews } from '../../src/settings/views';

const values = [
  ...[
    '0',
    '1',
    '-1',
    '1e9',
    '0.5',
    '1e-7',
    'NaN',
    'Infinity',
    '',
    ' ',
    '%',
    '%E2%82',
    '__proto__',
    'constructor',
    '*',
    '.',
  ],
  ...specs.sampler.options,
  ...specs.rule.options,
  ...specs.schedule.options,
  ...labViews,
  ...parts,
  ...[
    'copy.0.0.15',
    'blend.8.500',
    'paint.1.1.99999.4.0.1.7',
    'swap.0',
    'turn.0.0.8.8.0.15.1',
    '0.1_0.2_0.9',
    '0.9_0.1',
    '_',
    'a red ball',
  ],
  ...['steps*8*sampler*heun', 'to*0.2*from*0.9', 'negative*%252A', 'vs*vs', 'steps*'],
];

/** The same for the same number, a whole one from 0. */
export function spoiledLink(link: number): string {
  const chance = uniforms(link, 1, 10);
  return Array.from({ length: 1 + Math.floor(4 * chance[0]) }, (_, i) => {
    const key = linkKeys[Math.floor(linkKeys.length * chance[1 + 2 * i])];
    let value = values[Math.floor(values.length * chance[2 + 2 * i])];
    const [where, what, whether] = bits(link, 2, i);
    if (whether % 3 === 0)
      value = value.slice(0, where % 9) + String.fromCharCode(what % 0x3000) + value.slice(where % 9);
    return `${key}=${value}`;
  }).join('&');
}
