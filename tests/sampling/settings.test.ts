import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/sampling/errors';
import {
  checkSettings,
  complete,
  defaults,
  rangeOf,
  settingKeys,
  table,
  textOf,
  withText,
  type Setting,
} from '../../src/sampling/settings';

const settings = settingKeys.map((key) => ({ key, setting: table[key] as Setting }));
const numbers = settings.flatMap(({ key, setting }) => (setting.kind === 'number' ? [{ key, setting }] : []));

describe('the table of settings', () => {
  it('has the defaults, and a run can be made of them', () => {
    for (const { setting } of settings) expect(setting.get(defaults)).toEqual(setting.default);
    expect(complete(defaults)).toEqual(defaults);
    checkSettings(defaults);
  });

  it('has names that are all different, and says of each what it is', () => {
    expect(new Set(settings.map(({ setting }) => setting.name)).size).toBe(settings.length);
    for (const { setting } of settings) expect(setting.about).not.toBe('');
  });

  it.each(numbers)('$key is refused beyond either end, by its name, and taken at both', ({ setting }) => {
    const { name, min, max } = setting;
    // The interval at its widest, so that the end at stake is the setting's own.
    const wide = { ...defaults, guidance: { ...defaults.guidance, from: 0, to: 1 } };
    for (const value of [min, max]) checkSettings(setting.put(wide, value));
    for (const value of [min - 0.01, max + 0.01, NaN, Infinity, String(min) as unknown as number])
      expect(() => checkSettings(setting.put(wide, value))).toThrow(expect.objectContaining({ setting: name }));
  });

  it('keeps an interval in order', () => {
    const crossed = withText(withText(defaults, 'to', '0.2'), 'from', '0.5');
    expect(() => checkSettings(crossed)).toThrow(/^guidance to is 0.2: set it to a number from 0.5 to 1$/);
    expect(rangeOf(withText(defaults, 'to', '0.2'), 'from').max).toBe(0.2);
  });
});

describe('the student', () => {
  const student = withText(withText(withText(defaults, 'shift', '3'), 'rule', 'apg'), 'student', '1');

  it('brings what it was trained for: four Euler steps on an even grid, its guidance built in', () => {
    const { steps, sampler, schedule, shift, guidance, seed } = student;
    expect({ steps, sampler, schedule, shift, seed }).toEqual({ steps: 4, sampler: 'euler', schedule: 'uniform', shift: 1, seed: defaults.seed }); // prettier-ignore
    expect([guidance.scale, guidance.rule]).toEqual([1, 'cfg']);
    checkSettings(student);
    expect(withText(student, 'student', '1')).toEqual(student); // said again it leaves all as it is
    expect(withText(withText(student, 'steps', '8'), 'student', '1').steps).toBe(8);
  });

  it('takes no more guidance, and says why', () => {
    expect(() => checkSettings(withText(student, 'guidance', '2'))).toThrow(/^guidance scale is 2: set it to 1, for the student has its guidance built in$/); // prettier-ignore
    expect(() => withText(student, 'rule', 'apg')).toThrow(/^guidance rule is apg: set it to cfg$/);
    expect(rangeOf(student, 'guidance')).toMatchObject({ min: 1, max: 1 });
  });
});

describe('a setting as text', () => {
  const others = { sampler: 'heun', rule: 'apg', schedule: 'karras', curve: '0.1_0.9', student: '1', backwards: '1', start: 'copy.0.0.3', ablation: 'time_head.3.2', format: 'wide' }; // prettier-ignore

  it.each(settings)('$key comes back as it was written', ({ key, setting }) => {
    const text = setting.kind === 'number' ? String(setting.min) : others[key as keyof typeof others];
    const changed = withText(defaults, key, text);
    expect(textOf(changed, key)).toBe(text);
    expect(withText(changed, key, textOf(defaults, key))).toEqual(defaults);
  });

  it.each(settings)('$key that cannot be read is refused', ({ key }) => {
    for (const text of ['many', '1e', '0x10', ' ']) expect(() => withText(defaults, key, text)).toThrow(SettingsError);
  });
});
