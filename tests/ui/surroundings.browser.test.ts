import { expect, it } from 'vitest';
import { surroundings } from '../../src/ui/clip-view/surroundings';

/** 8 x 8 pixels of sky over ground; `thing` may paint some of them red. */
function film(thing: (x: number, y: number) => boolean = () => false): ImageData {
  const picture = new ImageData(8, 8);
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++)
      picture.data.set(
        thing(x, y) ? [255, 0, 0, 255] : y < 4 ? [100, 150, 200, 255] : [50, 90, 40, 255],
        4 * (8 * y + x),
      );
  return picture;
}
const at = ({ data, width }: ImageData, x: number, y: number) => [
  ...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3),
];

it('a backdrop goes on to the rim, row by row', () => {
  const glass = surroundings(film(), 48, 0.7, 0.7);
  expect([glass.width, glass.height]).toEqual([48, 48]);
  for (const x of [0, 4, 43, 47]) {
    expect(at(glass, x, 0)).toEqual([100, 150, 200]);
    expect(at(glass, x, 47)).toEqual([50, 90, 40]);
  }
});

it('a thing that crosses the edge shines a little beside it, and is no streak across the glass', () => {
  const glass = surroundings(
    film((x, y) => x > 5 && y > 1 && y < 4),
    48,
    0.7,
    0.7,
  );
  const [row, edge] = [21, 41]; // in the rows of the thing, just beside the film
  expect(at(glass, edge, row)[0]).toBeGreaterThan(150);
  expect(at(glass, 47, row)[0]).toBeLessThan(110);
  expect(at(glass, 0, row)).toEqual([100, 150, 200]);
});

it('a thing that fills half of a row and touches no edge is nowhere on the glass', () => {
  const glass = surroundings(
    film((x, y) => x > 1 && x < 6 && y > 1 && y < 4),
    48,
    0.7,
    0.7,
  );
  for (const x of [0, 4, 43, 47]) expect(at(glass, x, 21)).toEqual([100, 150, 200]);
});

it('a film that fills the glass needs none', () => {
  expect(at(surroundings(film(), 8, 1, 1), 3, 2)).toEqual([100, 150, 200]);
});

it('where a hill ends at the edge of the film, the glass has no step', () => {
  const picture = new ImageData(32, 32); // as many as the page has
  for (let y = 0; y < 32; y++)
    for (let x = 0; x < 32; x++) {
      const hill = y > 15 + x / 4; // falls to the right: at the left edge it is 8 rows higher than at the right one
      picture.data.set(hill ? [50, 90, 40, 255] : [100, 150, 200, 255], 4 * (32 * y + x));
    }
  const glass = surroundings(picture, 192, 0.7, 0.7);
  const rim = Array.from({ length: 192 }, (_, y) => at(glass, 0, y)[2]);
  const steps = rim.slice(1).map((value, y) => Math.abs(value - rim[y]));
  expect(Math.max(...rim) - Math.min(...rim)).toBeGreaterThan(150); // sky above, ground below
  expect(Math.max(...steps)).toBeLessThan(40); // a quarter of the way at most from one row of the film to the next
});
