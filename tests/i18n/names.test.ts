/** Whatever a setting can be has a name on the page, in every language: the types say so of settings, this of their choices. */
import { expect, it } from 'vitest';
import { languages } from '../../src/i18n/all';
import { rules } from '../../src/sampling/guidance';
import { schedules } from '../../src/sampling/schedule';
import { solvers } from '../../src/sampling/solvers';

it.each(Object.entries(languages))('%s has a name for every sampler, schedule and rule', (_, { options }) => {
  const named = (names: Readonly<Record<string, string>>) => Object.keys(names).sort();
  expect(named(options.samplers)).toEqual(Object.keys(solvers).sort());
  expect(named(options.schedules)).toEqual(Object.keys(schedules).sort());
  expect(named(options.rules)).toEqual(Object.keys(rules).sort());
});
