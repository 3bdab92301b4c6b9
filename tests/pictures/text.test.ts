/** A picture as text for a link: comes back as it was, is short, and whatever else stands there is no picture. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStill, stillText } from '../../src/pictures/text';

const size = { height: 32, width: 32 };
const levels = (at: (i: number) => number) => Float32Array.from({ length: 3 * 1024 }, (_, i) => at(i) / 127.5 - 1);

it('comes back to the 256 levels of a screen', async () => {
  const photograph = levels((i) => (i * 7919) % 256);
  const text = await stillText(photograph, size);
  expect(text).toMatch(/^[\w-]+$/);
  expect(text.length).toBeLessThan(4200);
  expect(await readStill(text, size)).toEqual(photograph);
  const between = photograph.map((value) => value + 0.003);
  expect(await readStill(await stillText(between, size), size)).toEqual(photograph);
});

it('is short where a picture is plain', async () => {
  const drawing = levels((i) => (i % 32 < 16 ? 40 : 200));
  expect((await stillText(drawing, size)).length).toBeLessThan(150);
});

it('of another size, cut, damaged, or endless is none', async () => {
  const text = await stillText(levels((i) => i % 251), size); // prettier-ignore
  expect(await readStill(text, { height: 32, width: 16 })).toBeUndefined();
  expect(await readStill(text, { height: 32, width: 64 })).toBeUndefined();
  expect(await readStill(text.slice(0, -9), size)).toBeUndefined();
  const endless = await stillText(new Float32Array(3 * 1024 * 1024), { height: 1024, width: 1024 });
  expect(await readStill(endless, size)).toBeUndefined();
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.base64String().map((own) => text.slice(0, 40) + own)), async (other) => {
      expect(await readStill(other, size)).toBeUndefined();
    }),
    { numRuns: 60 },
  ); // prettier-ignore
});
