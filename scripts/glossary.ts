/**
 * The glossary, docs/glossary.md: made of the page's words (src/i18n/<language>/glossary.ts) and of the names in the code, which
 * stand here.
 *
 *   npm run glossary             checks that the page is as its sources are
 *   npm run glossary -- --draw   writes it anew
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { glossary as german } from '../src/i18n/de/glossary';
import { glossary as english, type GlossaryKey } from '../src/i18n/en/glossary';

export const page = 'docs/glossary.md';

/** Names in the code, each with the file of src/ that declares it. tests/docs.test.ts holds them to it. */
export const codeNames: Readonly<Record<GlossaryKey, readonly (readonly [name: string, file: string])[]>> = {
  clip: [['ClipShape', 'sampling/types.ts']],
  noise: [
    ['normals', 'sampling/noise.ts'],
    ['startingNoise', 'sampling/start.ts'],
  ],
  seed: [['seed', 'sampling/types.ts']],
  timestep: [
    ['t', 'sampling/types.ts'],
    ['levels', 'sampling/types.ts'],
  ],
  noisy: [['x', 'sampling/types.ts']],
  guess: [['guess', 'sampling/types.ts']],
  velocity: [['velocity', 'sampling/solvers.ts']],
  step: [['Step', 'sampling/types.ts']],
  call: [['calls', 'sampling/types.ts']],
  sampler: [
    ['SamplerName', 'sampling/types.ts'],
    ['solvers', 'sampling/solvers.ts'],
  ],
  restarts: [['restartLevel', 'sampling/run.ts']],
  schedule: [['schedules', 'sampling/schedule.ts']],
  path: [['run', 'sampling/run.ts']],
  prompt: [['tokenize', 'world/prompt.ts']],
  token: [
    ['tokenOf', 'world/prompt.ts'],
    ['tokensOf', 'model/config.ts'],
  ],
  patch: [['patchify', 'model/patches.ts']],
  condition: [['Condition', 'sampling/types.ts']],
  guidance: [
    ['Guidance', 'sampling/types.ts'],
    ['guide', 'sampling/guidance.ts'],
  ],
  steer: [['blend', 'sampling/types.ts']],
  strength: [['noised', 'sampling/start.ts']],
  inversion: [['invert', 'sampling/run.ts']],
  transformer: [['Transformer', 'model/transformer.ts']],
  attention: [['attentionRows', 'model/kernels/rows.ts']],
  vector: [['WordVectors', 'engine/protocol.ts']],
  checkpoint: [['Checkpoint', 'sessions/inside/training.ts']],
  ablation: [
    ['Ablation', 'sampling/types.ts'],
    ['checkAblation', 'sampling/ablation.ts'],
  ],
  decoder: [['Decoder', 'model/decoder.ts']],
  given: [
    ['Known', 'sampling/run.ts'],
    ['Plan', 'making/plan.ts'],
  ],
  recording: [['Recording', 'recording/recording.ts']],
  training: [['Trainer', 'learn/trainer.ts']],
  moment: [['Moment', 'learn/recorded.ts']],
  student: [['student', 'sampling/types.ts']],
  distillation: [['withStudent', 'sampling/settings.ts']],
  loss: [['losses', 'learn/trainer.ts']],
  rate: [['Adam', 'learn/adam.ts']],
  hole: [['holesOf', 'learn/micro.ts']],
  outside: [['farOf', 'pictures/far.ts']],
  recipe: [['Recipe', 'export/recipe.ts']],
  label: [['packetOf', 'export/xmp.ts']],
  fp16: [['toHalf', 'model/half.ts']],
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('_', '\\_');
const link = ([name, file]: readonly [string, string]) => `[\`${name}\`](../src/${file})`;

/** The page as its sources make it, formatted. */
export async function glossaryPage(): Promise<string> {
  const keys = Object.keys(english) as GlossaryKey[];
  const text = `# Glossary

Made by \`npm run glossary -- --draw\`. Noise is called noise, on the page too; the snow that falls in the globe shows how much of it is left.

| on the page | in German | in the field | in the code | what it is |
| --- | --- | --- | --- | --- |
${keys
  .map((key) => {
    const { word, term, means } = english[key];
    const cells = [cell(word), cell(german[key].word), cell(term), codeNames[key].map(link).join(', '), cell(means)];
    return `| ${cells.join(' | ')} |`;
  })
  .join('\n')}
`;
  return format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
}

if (import.meta.filename === process.argv[1]) {
  const made = await glossaryPage();
  if (process.argv.includes('--draw')) writeFileSync(page, made);
  else if (made !== readFileSync(page, 'utf8')) {
    console.error(`${page} is not as its sources are: npm run glossary -- --draw`);
    process.exitCode = 1;
  }
}
