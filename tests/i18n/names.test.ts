/** Whatever a setting can be has a name on the page, in every language: the types say so of settings, this of their choices. */
import { expect, it } from 'vitest';
import { languages } from '../../src/i18n/all';
import { glossaryIn } from '../../src/i18n/glossary';
import { labStrings } from '../../src/i18n/lab';
import { rules } from '../../src/sampling/guidance';
import { schedules } from '../../src/sampling/schedule';
import { solvers } from '../../src/sampling/solvers';

it.each(Object.entries(languages))('%s has a name for every sampler, schedule and rule', (_, { options }) => {
  const named = (names: Readonly<Record<string, string>>) => Object.keys(names).sort();
  expect(named(options.samplers)).toEqual(Object.keys(solvers).sort());
  expect(named(options.schedules)).toEqual(Object.keys(schedules).sort());
  expect(named(options.rules)).toEqual(Object.keys(rules).sort());
});

/** Every sentence that takes nothing, through all that holds sentences. */
function sentences(strings: unknown): string[] {
  if (typeof strings === 'string') return [strings];
  return strings && typeof strings === 'object' ? Object.values(strings).flatMap(sentences) : [];
}

it.each(Object.values(languages))(
  'says noise where it means noise: snow is the globe, a place, and a file’s name ($language)',
  (strings) => {
    const { world, faults, ...own } = strings;
    const said = [...sentences(own), ...sentences(labStrings(strings)), ...sentences(glossaryIn(strings))];
    expect(said.length).toBeGreaterThan(400);
    expect([world, faults].every(Boolean)).toBe(true); // where the place and the file's name are
    expect(said.filter((each) => /\bsnow\b|Schnee/i.test(each))).toEqual([]);
  },
);
