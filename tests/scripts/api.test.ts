/** The API pages are those of the source, and say something of every name. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { pages } from '../../scripts/api';

let made: Map<string, string>;
beforeAll(async () => {
  made = await pages();
}, 120_000);

it('stand in docs/reference/api as the source has them: npm run api', () => {
  for (const [path, text] of made) expect(readFileSync(path, 'utf8') === text, `${path}: npm run api`).toBe(true);
});

it('have a section for every name, with its type', () => {
  const text = made.get('docs/reference/api/sampling.md')!;
  for (const name of ['run', 'Denoiser', 'SettingsError', 'defaults'])
    expect(text).toMatch(new RegExp(`## ${name}\\n[^#]*\`\`\`ts\\n`));
});
