/** Films of other lengths and shapes: of whole patches of the shipped networks, and of no other side than the one that is asked for. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gridOf, type ModelConfig } from '../../src/model/config';
import { formats, shapeOf } from '../../src/sampling/formats';

it.each(['mini', 'nano'])('every format is of whole patches of %s', (name) => {
  const { model } = JSON.parse(readFileSync(`models/${name}/config.json`, 'utf8')) as { model: ModelConfig };
  for (const format of formats)
    expect(gridOf(model, shapeOf(format, model)).every(Number.isInteger), format).toBe(true);
});

it('changes one side, and the usual one none', () => {
  const own = { frames: 16, height: 32, width: 32 };
  const shapes = Object.fromEntries(formats.map((format) => [format, Object.values(shapeOf(format, own))]));
  expect(shapes).toEqual({
    usual: [16, 32, 32],
    short: [8, 32, 32],
    long: [24, 32, 32],
    wide: [16, 32, 48],
    tall: [16, 48, 32],
    still: [2, 32, 32],
  });
});
