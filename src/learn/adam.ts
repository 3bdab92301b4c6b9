/**
 * Adam (Kingma & Ba 2015), and how long a step may be: what makes better weights of a gradient. Plain arithmetic on the CPU,
 * as the samplers are: some hundred thousand numbers, which costs a hundredth of a step.
 *
 * What it is not: it knows no network. Twin of torch.optim.AdamW with the settings of training/snowglobe/optim.py.
 */
export type Numbers = ReadonlyMap<string, Float32Array>;

const [beta1, beta2, epsilon] = [0.9, 0.95, 1e-8];

/** Length of all gradients taken as one vector. */
export function lengthOf(gradients: Numbers): number {
  let sum = 0;
  for (const values of gradients.values()) for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

export class Adam {
  steps = 0;
  /** Running means of each gradient and of its square, by name. */
  readonly means = new Map<string, Float32Array>();
  readonly squares = new Map<string, Float32Array>();

  /**
   * Changes `weights` in place. rate: learning rate; longest: the length that the gradient is shortened to where it is longer
   * (Pascanu et al. 2013).
   */
  step(weights: Numbers, gradients: Numbers, rate: number, longest = 1): void {
    this.steps++;
    const share = Math.min(1, longest / (lengthOf(gradients) + 1e-6));
    const [seen1, seen2] = [1 - beta1 ** this.steps, 1 - beta2 ** this.steps]; // what the means have seen so far
    for (const [name, gradient] of gradients) {
      const weight = weights.get(name)!;
      const mean = this.of(this.means, name, weight.length);
      const square = this.of(this.squares, name, weight.length);
      for (let i = 0; i < weight.length; i++) {
        const g = share * gradient[i];
        mean[i] += (1 - beta1) * (g - mean[i]);
        square[i] += (1 - beta2) * (g * g - square[i]);
        weight[i] -= (rate * (mean[i] / seen1)) / (Math.sqrt(square[i] / seen2) + epsilon);
      }
    }
  }

  private of(kept: Map<string, Float32Array>, name: string, length: number): Float32Array {
    const values = kept.get(name) ?? new Float32Array(length);
    kept.set(name, values);
    return values;
  }
}
