/**
 * A convolution as a matrix product (im2col; Chellapilla et al. 2006): the neighbours of a pixel are gathered while the
 * product reads them, and its pixels are shuffled (sub-pixel convolution; Shi et al. 2016) while it stores them, so that
 * neither ever lies in memory. A product's rows are the pixels of a grid, its batch the frames.
 *
 * x: (B, H, W, C), channels last. W: (taps C, out), taps from left to right and down, the channels of each together.
 */
import { change, declare, read, silu, type Kernel } from './kernel';
import type { Load, Epilogue } from './matmul';

export interface Grid {
  readonly height: number;
  readonly width: number;
}

/** Frames one below the other, as the grid of a product that has all of a clip as its rows. */
export const stacked = ({ height, width }: Grid, frames: number): Grid => ({ height: frames * height, width });

/**
 * The neighbours of a pixel of `grid`: `size` x `size` of them around it (an odd size, zeros beyond the edge), or with a
 * stride of `size` the square that becomes this pixel. channels: of x, a multiple of 4; frames: that lie one below the other in
 * the rows of each of the batch
 */
export function neighbourhood(
  { height, width }: Grid,
  channels: number,
  size: number,
  stride: number,
  frames = 1,
): Load {
  const around = stride === 1 ? size >> 1 : 0;
  const [H, W] = [stride * height, stride * width];
  return {
    binding: read('x'),
    code: `fn load(z: u32, row: u32, k: u32) -> vec4f {
  let tap = k / ${channels / 4}u;
  let frame = z * ${frames}u + row / ${width * height}u;
  let line = i32(row / ${width}u % ${height}u * ${stride}u + tap / ${size}u) - ${around};
  let place = i32(row % ${width}u * ${stride}u + tap % ${size}u) - ${around};
  if (line < 0 || line >= ${H} || place < 0 || place >= ${W}) { return vec4f(); }
  return x[((frame * ${H}u + u32(line)) * ${W}u + u32(place)) * ${channels / 4}u + k % ${channels / 4}u];
}`,
  };
}

/** The same pixel of the frame before, of this one, and of the one after; the ends are repeated. See `neighbourhood`. */
export function framesAround({ height, width }: Grid, channels: number, frames: number): Load {
  const area = width * height;
  return {
    binding: read('x'),
    code: `fn load(z: u32, row: u32, k: u32) -> vec4f {
  let tap = k / ${channels / 4}u;
  let frame = u32(clamp(i32(row / ${area}u + tap) - 1, 0, ${frames - 1}));
  return x[((z * ${frames}u + frame) * ${area}u + row % ${area}u) * ${channels / 4}u + k % ${channels / 4}u];
}`,
  };
}

/** Four numbers of a product are the square of pixels of one channel: (B, H, W, 4C) -> (B, 2H, 2W, C). */
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
export const shuffledActivated = (grid: Grid): Epilogue => ({
  bindings: [change('y', 'array<f32>'), read('bias')],
  code: shuffled(grid, (at, number) => `y[${at}] = silu(vec4f(${number})).x;`),
});

/** h += pixel_shuffle(x W + bias) */
export const shuffledAdded = (grid: Grid): Epilogue => ({
  bindings: [change('h', 'array<f32>'), read('bias')],
  code: shuffled(grid, (at, number) => `h[${at}] += ${number};`),
});

/**
 * y = silu(gate) * value, of gate and value = pixel_shuffle(x W + bias): (B, channels, 2H, 2W). The columns of W are in
 * the order of `pairedOutputs`, so that one thread holds both.
 */
export const shuffledGated = ({ width, height }: Grid): Epilogue => ({
  bindings: [change('y', 'array<vec2f>'), read('bias')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  let pairs = value + bias[column];
  let line = 2u * (row / ${width}u) + column % 2u;
  let at = ((z * N / 2u + column / 2u) * ${2 * height}u + line) * ${width}u + row % ${width}u; // a line has as many pairs as the grid is wide
  y[at] = silu(pairs.xzxz).xy * pairs.yw;
}`,
});

/** For each column of that W, the output of the convolution: gate and value of two pixels, then of the two below them. */
export function pairedOutputs(channels: number): number[] {
  return Array.from({ length: 8 * channels }, (_, column) => {
    const [channel, pixel, isValue] = [column >> 3, (column >> 1) & 3, column & 1];
    return 4 * (channel + isValue * channels) + pixel;
  });
}

export interface Enlarged {
  readonly grid: Grid; // of the frame
  readonly channels: number; // of `near`, the frame's colours being three of them,
  readonly first: number; // from this one on
  readonly full: number; // channels of x
}

/**
 * pictures = x W + bias + the frame, enlarged four times (bilinear, pixels being squares). x: (B, full, 4H, 4W), W: (3,
 * full) and bias (3,) behind it in `out`, near: (B, H, W, channels), pictures: (B, 3, 4H, 4W). A thread is a pixel.
 */
export function enlarged(label: string, { grid: { height: H, width: W }, channels, first, full }: Enlarged): Kernel {
  const plane = 16 * H * W;
  const bindings = [
    read('x', 'array<f32>'),
    read('out', 'array<f32>'),
    read('near', 'array<f32>'),
    change('pictures', 'array<f32>'),
  ];
  const code = `
${declare(bindings)}
fn nearAt(z: u32, at: vec2f) -> vec3f {
  let place = vec2u(clamp(at, vec2f(), vec2f(${W - 1}.0, ${H - 1}.0)));
  let i = ((z * ${H}u + place.y) * ${W}u + place.x) * ${channels}u + ${first}u;
  return vec3f(near[i], near[i + 1u], near[i + 2u]);
}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${plane}u) { return; }
  let at = (vec2f(vec2u(id.x % ${4 * W}u, id.x / ${4 * W}u)) + 0.5) / 4.0 - 0.5;
  let low = floor(at);
  let share = at - low;
  let upper = mix(nearAt(id.z, low), nearAt(id.z, low + vec2f(1.0, 0.0)), share.x);
  let lower = mix(nearAt(id.z, low + vec2f(0.0, 1.0)), nearAt(id.z, low + vec2f(1.0, 1.0)), share.x);
  var sum = mix(upper, lower, share.y) + vec3f(out[${3 * full}u], out[${3 * full + 1}u], out[${3 * full + 2}u]);
  for (var i = 0u; i < ${full}u; i++) {
    sum += x[(id.z * ${full}u + i) * ${plane}u + id.x] * vec3f(out[i], out[${full}u + i], out[${2 * full}u + i]);
  }
  for (var c = 0u; c < 3u; c++) { pictures[(id.z * 3u + c) * ${plane}u + id.x] = sum[c]; }
}`;
  return { label, code, bindings, workgroups: ({ batch }) => [Math.ceil(plane / 64), 1, batch] };
}
