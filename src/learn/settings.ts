/** What a learner sets, and what else is fixed for a training. Numbers from outside are made fit here. */

export interface LearnSettings {
  readonly rate: number; // learning rate of Adam
  readonly batch: number; // clips a step
  readonly width: number; // D, one of `widths`; fixed once a training has begun
  readonly mean: number; // of the logit-normal noise levels: lower is more noise
  readonly seed: number;
}

export const firstSettings: LearnSettings = { rate: 0.003, batch: 16, width: 48, mean: -0.6, seed: 1 };

/** D of the networks that learn here: a multiple of 12, so that each head has pairs for all three axes. */
export const widths = [24, 36, 48] as const;

/** What may be set: more than is wise, so that it can be broken. */
export const ranges = { rate: [0.0001, 10], batch: [1, 64], mean: [-2, 1] } as const;

/** Spread of the logit-normal noise levels, as in training/snowglobe/train.py. */
export const spread = 0.9;

/** Noise levels are counted in so many bins, the first of them nearly pure noise. */
export const bins = 5;

/** Settings out of a file, a store or a form: what is missing, no number or out of range is made fit. */
export function cleanSettings(given: unknown): LearnSettings {
  const said = (typeof given === 'object' && given !== null ? given : {}) as Partial<
    Record<keyof LearnSettings, unknown>
  >;
  const number = (key: keyof LearnSettings, [low, high]: readonly [number, number]) => {
    const value = said[key];
    return typeof value === 'number' && Number.isFinite(value)
      ? Math.min(high, Math.max(low, value))
      : firstSettings[key];
  };
  return {
    rate: number('rate', ranges.rate),
    batch: Math.round(number('batch', ranges.batch)),
    width: widths.find((width) => width === said.width) ?? firstSettings.width,
    mean: number('mean', ranges.mean),
    seed: Math.round(number('seed', [0, 2 ** 32 - 1])),
  };
}
