/**
 * The sampler: noise in, a clip out, one denoising step after the other. `run` is the loop, a `Denoiser` is what it asks, and
 * everything that a run can be told stands in `table`.
 *
 * What it is not: it knows no network, no words and no page. Pure: no browser, no Node, no tfjs. docs/reference/sampling.md
 * has the equations.
 */
export { ConditionError, GuessError, RunawayError, SettingsError } from './errors';
export { clipStream, normals, stirStream, uniforms } from './noise';
export { invert, levelsAt, run, type Begin, type InvertOptions, type Known, type Past, type RunOptions } from './run';
export { schedules, times, type Schedule } from './schedule';
export {
  checkSettings,
  complete,
  defaults,
  settingKeys,
  table,
  type CompleteSettings,
  type SettingKey,
} from './settings';
export { solvers, stepsFor, type Solver, type SolverInput, type SolverKind } from './solvers';
export { startingNoise } from './start';
export type {
  Ablation,
  ClipShape,
  Condition,
  Denoiser,
  Guidance,
  Region,
  RuleName,
  RunSettings,
  SamplerName,
  ScheduleName,
  StartOperation,
  Step,
} from './types';
