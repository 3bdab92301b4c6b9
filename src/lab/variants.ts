/** Settings that differ from given ones in a single thing: what "the same with ..." offers to compare. */
import { changes, optionsOf, rangeOf, readSetting, specOf, type SettingKey, type Settings } from '../settings/settings';

export interface Variant {
  readonly key: SettingKey;
  readonly settings: Settings;
}

/** weak, student: the model has an earlier checkpoint, so that autoguidance can be offered too; it has a student */
export function variants(settings: Settings, weak = false, student = false): Variant[] {
  const options = (key: SettingKey) => optionsOf(settings, key, weak);
  const { steps, guidance } = settings;
  const tries: [SettingKey, readonly (number | string)[]][] = [
    ['sampler', options('sampler')],
    ['steps', [1, Math.round(steps / 4), Math.round(steps / 2), 2 * steps]],
    ['guidance', [0, 1, 2 * guidance.scale, 12]],
    ['rule', options('rule')],
    ['rescale', [0, 0.7]],
    ['student', student ? ['1', '0'] : []],
    ['schedule', options('schedule')],
    ['shift', [1, 3]],
  ];
  const found: Variant[] = [];
  for (const [key, values] of tries)
    for (const value of values) {
      const text = String(value);
      const { min, max } = specOf(key).kind === 'number' ? rangeOf(settings, key) : { min: 0, max: 0 };
      if (typeof value === 'number' && (value < min || value > max)) continue;
      const other = readSetting(settings, key, text)?.settings;
      if (!other || !changes(settings, other).includes(key)) continue;
      if (!found.some((each) => changes(each.settings, other).length === 0)) found.push({ key, settings: other });
    }
  return found;
}
