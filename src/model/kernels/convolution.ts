/**
 * A convolution as a matrix product (im2col; Chellapilla et al. 2006): the neighbours of a pixel are gathered while the
 * product reads them, and its pixels are shuffled (sub-pixel convolution; Shi et al. 2016) while it stores them, so that
 * neither ever lies in memory. A product's rows are the pixels of a grid, its batch the frames.
 *
 * x: (rows, H, W, C), channels last. W: (taps C, out), taps from left to right and down, the channels of each together.
 */
import { change, read, silu } from './kernel';
import type { Load, Store } from './matmul';

export interface Grid {
  readonly height: number;
  readonly width: number;
}

/**
 * The neighbours of a pixel of `grid`: `size` x `size` of them around it (an odd size, zeros beyond the edge), or with a
 * stride of `size` the square that becomes this pixel. channels: of x, a multiple of 4
 */
export function neighbourhood({ height, width }: Grid, channels: number, size: number, stride: number): Load {
  const around = stride === 1 ? size >> 1 : 0;
  const [H, W] = [stride * height, stride * width];
  return {
    binding: read('x'),
    code: `fn load(z: u32, row: u32, k: u32) -> vec4f {
  let tap = k / ${channels / 4}u;
  let line = i32(row / ${width}u * ${stride}u + tap / ${size}u) - ${around};
  let place = i32(row % ${width}u * ${stride}u + tap % ${size}u) - ${around};
  if (line < 0 || line >= ${H} || place < 0 || place >= ${W}) { return vec4f(); }
  return x[((z * ${H}u + u32(line)) * ${W}u + u32(place)) * ${channels / 4}u + k % ${channels / 4}u];
}`,
  };
}

/** Four numbers of a product are the square of pixels of one channel: (rows, H, W, 4C) -> (rows, 2H, 2W, C). */
function shuffled({ width }: Grid, finish: (at: string, number: string) => string): string {
  return `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  let square = value + bias[column];
  let line = 2u * (row / ${width}u);
  let place = 2u * (row % ${width}u);
  let at = (z * 4u * rowCount() + line * ${2 * width}u + place) * N + column; // N channels
  ${finish('at', 'square.x')}
  ${finish('at + N', 'square.y')}
  ${finish(`at + ${2 * width}u * N`, 'square.z')}
  ${finish(`at + ${2 * width + 1}u * N`, 'square.w')}
}`;
}

/** y = silu(pixel_shuffle(x W + bias)) */
export const shuffledActivated = (grid: Grid): Store => ({
  bindings: [change('y', 'array<f32>'), read('bias')],
  code: shuffled(grid, (at, number) => `y[${at}] = silu(vec4f(${number})).x;`),
});

/** h += pixel_shuffle(x W + bias) */
export const shuffledAdded = (grid: Grid): Store => ({
  bindings: [change('h', 'array<f32>'), read('bias')],
  code: shuffled(grid, (at, number) => `h[${at}] += ${number};`),
});

/**
 * pictures = pixel_shuffle(x W + bias) + the frame, enlarged four times (bilinear, pixels being squares). The product's rows
 * are the pixels of a grid of twice the frame's height and width. pictures: (rows, 3, 4H, 4W); near: (rows, H, W, channels),
 * the frame's three colours being those from `first` on.
 */
export function enlarged({ height, width }: Grid, channels: number, first: number): Store {
  const [H, W] = [height / 2, width / 2];
  return {
    bindings: [change('pictures', 'array<vec2f>'), read('bias'), read('near', 'array<f32>')],
    code: `fn nearAt(z: u32, colour: u32, at: vec2f) -> f32 {
  let place = vec2u(clamp(at, vec2f(), vec2f(${W - 1}.0, ${H - 1}.0)));
  return near[((z * ${H}u + place.y) * ${W}u + place.x) * ${channels}u + ${first}u + colour];
}
fn bilinear(z: u32, colour: u32, x: u32, y: u32) -> f32 {
  let at = (vec2f(vec2u(x, y)) + 0.5) / 4.0 - 0.5;
  let low = floor(at);
  let share = at - low;
  let upper = mix(nearAt(z, colour, low), nearAt(z, colour, low + vec2f(1.0, 0.0)), share.x);
  let lower = mix(nearAt(z, colour, low + vec2f(0.0, 1.0)), nearAt(z, colour, low + vec2f(1.0, 1.0)), share.x);
  return mix(upper, lower, share.y);
}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  let square = value + bias[column];
  let x = row % ${width}u;
  let y = 2u * (row / ${width}u);
  let at = ((z * 3u + column) * ${2 * height}u + y) * ${width}u + x; // a line is as many pairs as the grid is wide
  pictures[at] = square.xy + vec2f(bilinear(z, column, 2u * x, y), bilinear(z, column, 2u * x + 1u, y));
  pictures[at + ${width}u] = square.zw + vec2f(bilinear(z, column, 2u * x, y + 1u), bilinear(z, column, 2u * x + 1u, y + 1u));
}`,
  };
}
