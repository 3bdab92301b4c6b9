/**
 * The glass around the film, from the film's own colours.
 *
 * What it is: pure arithmetic on pixels. What it is not: no canvas of its own, and no part of the film.
 */

/** How far the outermost colours reach into the glass: after this share of its width a third of them is left. */
const reach = 0.025;
/** How much of a row each of its sides is. */
const sides = 5 / 16;
/** How many rows on either side the glass is out of focus over, as a share of the film's height: a hill ends in no step. */
const focus = 1 / 16;

/** Each row, a mean of those around it; at the ends, of those that there are. */
function blurred(rows: readonly number[][], radius: number): number[][] {
  return rows.map((row, y) => {
    const around = rows.slice(Math.max(0, y - radius), y + radius + 1);
    return row.map((_, channel) => around.reduce((sum, each) => sum + each[channel], 0) / around.length);
  });
}

/**
 * `size` x `size` pixels of glass with the film in their middle, `across` and `down` of them as shares: each has the colour of the nearest
 * pixel of the film, which gives way with the distance to the median of that pixel's row, of its two sides: a thing in the
 * middle may fill more than half of a row, and one that crosses an edge hardly a side. Those medians are out of focus.
 */
export function surroundings(film: ImageData, size: number, across: number, down: number): ImageData {
  const { width, height, data } = film;
  const side = Math.ceil(sides * width);
  const sharp = Array.from({ length: height }, (_, y) =>
    [0, 1, 2].map((channel) => {
      const row = Array.from({ length: width }, (_, x) => data[4 * (y * width + x) + channel]);
      const outer = row.filter((_, x) => x < side || x >= width - side);
      return outer.sort((a, b) => a - b)[outer.length >> 1];
    }),
  );
  const radius = Math.floor(focus * height);
  const medians = blurred(blurred(sharp, radius), radius);
  /** The nearest pixel of the film along an axis, and how far away it is, as a share of the glass. */
  const nearest = (at: number, share: number, pixels: number) => {
    const place = (at + 0.5) / size - 0.5;
    const inside = Math.min(Math.max(place, -share / 2), share / 2);
    const pixel = Math.min(pixels - 1, Math.floor(((inside + share / 2) / share) * pixels));
    return { pixel, away: Math.abs(place - inside) };
  };
  const glass = new ImageData(size, size);
  for (let row = 0; row < size; row++) {
    const y = nearest(row, down, height);
    for (let column = 0; column < size; column++) {
      const x = nearest(column, across, width);
      const kept = Math.exp(-Math.hypot(x.away, y.away) / reach);
      const [from, to] = [4 * (y.pixel * width + x.pixel), 4 * (row * size + column)];
      for (let channel = 0; channel < 3; channel++) {
        const median = medians[y.pixel][channel];
        glass.data[to + channel] = median + kept * (data[from + channel] - median);
      }
      glass.data[to + 3] = data[from + 3];
    }
  }
  return glass;
}
