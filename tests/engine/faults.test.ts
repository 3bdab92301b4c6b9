import { expect, it } from 'vitest';
import { toFault } from '../../src/engine/faults';
import { settingNamed } from '../../src/settings/settings';
import { EngineError } from '../../src/workers/client';
import { faultOf } from '../../src/engine/errors';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { GuessError, RunawayError, SettingsError } from '../../src/sampling/errors';

it('an error keeps its setting and its step on the way from the worker to the page', () => {
  const runaway = new RunawayError('the clip', 2000, 'guidance scale', 'less of it', 2, 24, 0.1);
  const fault = toFault(EngineError.from(faultOf(runaway)));
  expect(fault).toEqual({ ...faultOf(runaway), setting: 'guidance scale', step: 2 });
  expect(toFault(new SettingsError('eta', 9, 'less')).setting).toBe('eta');
  expect(toFault(new GuessError('has the wrong size', 4, 8, 0.5)).step).toBe(4);
  expect(toFault(new Error('plain'))).toEqual({ name: 'Error', cause: 'plain', next: '' });
});

it('memory that the page itself does not get is said as what it is', () => {
  for (const said of ['Array buffer allocation failed', 'Invalid typed array length: 9, out of memory'])
    expect(toFault(new RangeError(said)).name).toBe('OutOfMemoryError');
  expect(toFault(new RangeError('Invalid array length')).name).toBe('RangeError');
});

it('a setting is known by the name that a fault gives it', () => {
  const names = [
    'guidance scale',
    'guidance rule',
    'guidance from',
    'guidance momentum',
    'sampler',
    'eta',
    'curve',
    'steps',
  ];
  expect(names.map(settingNamed)).toEqual(['guidance', 'rule', 'from', 'momentum', 'sampler', 'eta', 'curve', 'steps']);
  expect(settingNamed('length of the mask')).toBeUndefined();
});

it.each(Object.keys(en.faults))('%s has a sentence of its own in every language, and a next step', (name) => {
  expect(Object.keys(de.faults)).toEqual(Object.keys(en.faults));
  const wheres = [{}, { setting: 'Guidance', step: 3 }];
  const said = [en, de].map(({ faults }) => {
    const { cause, next } = faults[name];
    return wheres.map((where) =>
      [cause, next].map((text) => (typeof text === 'string' ? text : text(where))).join(' '),
    );
  });
  for (const sentence of said.flat()) expect(sentence).toMatch(/^[“„A-ZÄÖÜ].{20,}\.$/);
  expect(said[0]).not.toEqual(said[1]);
  if (name === 'RunawayError') for (const [, where] of said) expect(where).toMatch(/3.*Guidance/);
});
