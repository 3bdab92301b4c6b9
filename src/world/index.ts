/**
 * The little world: vocabulary, scenes, laws of motion, captions, painters, renderer, holes. Everything that the model has ever
 * seen was drawn from here, so its truth is known exactly.
 *
 * What it is not: it knows no model and no noise levels. Pure: no browser, no tfjs.
 * Its twin is training/snowglobe/world.py; the words, looks and laws of both are in world.json.
 */
export { caption } from './caption';
export { cameraScale, cameraShift, changed, facing, pose, poses, type Pose } from './laws';
export {
  examplePrompts,
  firstCount,
  firstWords,
  kinds,
  kindsOf,
  laterExamples,
  tokenize,
  tokenOf,
  vocabulary,
  type PromptWord,
  type Tokenized,
} from './prompt';
export { render } from './render';
export { draws, inHole, sampleScene, type Draw, type Scene, type SceneOptions, type WorldObject } from './scene';
export { world, colours, things, sizes, motions, settings, cameras, plots } from './world';
