/**
 * Snow that falls in the globe: as much as there is noise left.
 *
 * What it is not: the noise itself. That is in the film, in every pixel; the flakes only say how much of it there is.
 */

/** Flakes where everything is noise. */
const most = 320;
/** Pictures a second: flakes are slow, and the film and the network want the processor too. */
const rate = 30;
/** The widest flake, as a share of the globe. */
const widest = 0.009;

/** x and y as shares of the globe, y growing downwards; near ones are larger and faster. */
interface Flake {
  x: number;
  y: number;
  readonly depth: number; // 0 far .. 1 near
  readonly phase: number; // of its swaying
}

export class Snowfall {
  private flakes: Flake[] = [];
  private amount = 0; // 0 none .. 1 everything is noise
  private stir = 0; // how hard it was shaken, wears off
  private frame = 0;
  private last = 0;
  private readonly sizes: ResizeObserver;

  /** calm: nobody wants motion; then the flakes hang still. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly calm: boolean,
  ) {
    this.sizes = new ResizeObserver(([{ contentRect }]) => {
      const side = Math.round(contentRect.width * devicePixelRatio);
      if (side > 0 && side !== canvas.width) canvas.width = canvas.height = side;
      this.paint();
    });
    this.sizes.observe(canvas);
  }

  /** The noise that is left, 0 .. 1. */
  set(amount: number): void {
    if (amount === this.amount) return;
    this.amount = amount;
    const count = Math.round(most * amount);
    while (this.flakes.length < count)
      this.flakes.push({ x: Math.random(), y: Math.random(), depth: Math.random(), phase: 7 * Math.random() });
    this.flakes.length = count;
    this.paint();
    this.run();
  }

  /** Everything whirls, for a moment. */
  shake(): void {
    if (!this.calm) this.stir = 1;
    this.run();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.sizes.disconnect();
  }

  private run(): void {
    if (this.frame || this.calm || this.flakes.length === 0) return;
    const next = (now: number) => {
      this.frame = this.flakes.length > 0 && this.canvas.isConnected ? requestAnimationFrame(next) : 0;
      if (now - this.last < 1000 / rate - 4) return;
      this.fall(Math.min(100, now - this.last) / 1000, now / 1000);
      this.last = now;
      this.paint();
    };
    this.last = performance.now();
    this.frame = requestAnimationFrame(next);
  }

  /** seconds since the last picture, and of the clock. */
  private fall(seconds: number, clock: number): void {
    this.stir *= Math.exp(-seconds / 0.7);
    for (const flake of this.flakes) {
      const sway = Math.sin(clock * (0.6 + flake.depth) + flake.phase);
      const whirl = this.stir * Math.sin(clock * 9 + flake.phase * 5);
      flake.x += seconds * (0.02 * sway + 0.9 * whirl);
      flake.y += seconds * (0.05 + 0.09 * flake.depth - 0.8 * this.stir * Math.cos(clock * 7 + flake.phase * 3));
      flake.x -= Math.floor(flake.x);
      flake.y -= Math.floor(flake.y);
    }
  }

  private paint(): void {
    const { canvas } = this;
    const side = canvas.width;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, side, side);
    for (const near of [false, true]) {
      context.fillStyle = near ? 'rgb(255 255 255 / 92%)' : 'rgb(255 255 255 / 62%)';
      context.beginPath();
      for (const { x, y, depth } of this.flakes) {
        if (depth > 0.5 !== near) continue;
        const radius = (side * widest * (0.35 + 0.65 * depth)) / 2;
        context.moveTo(x * side + radius, y * side);
        context.arc(x * side, y * side, radius, 0, 2 * Math.PI);
      }
      context.fill();
    }
  }
}
