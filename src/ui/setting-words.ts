/** A setting's value in the words of the page: for "default", for "what differs", and for what a screen reader says. */
import { specOf, type SettingKey, type Settings } from '../settings/settings';
import type { Strings } from '../i18n';
import { labStrings } from '../i18n/lab';

export function valueInWords(settings: Settings, key: SettingKey, strings: Strings): string {
  const { options, decimalSign } = strings;
  const lab = labStrings(strings);
  const spec = specOf(key);
  switch (spec.kind) {
    case 'number':
      return String(spec.get(settings)).replace('.', decimalSign);
    case 'choice':
      return shortName(optionName(key, spec.get(settings), options));
    case 'switch':
      return spec.get(settings) ? lab.on : lab.off;
    case 'curve':
      return spec.get(settings).map((t) => lab.percent(t)).join(', '); // prettier-ignore
    case 'text':
      return spec.get(settings) || lab.none;
    case 'start':
    case 'ablation':
      return spec.get(settings).length > 0 ? lab.changes(spec.get(settings).length) : lab.none;
  }
}

export function optionName(key: SettingKey, option: string, options: Strings['options']): string {
  const { samplers, rules, schedules, formats } = options;
  const names = { sampler: samplers, rule: rules, schedule: schedules, format: formats } as Partial<Record<SettingKey, Record<string, string>>>; // prettier-ignore
  return names[key]?.[option] ?? option;
}

/** "Heun: two model calls a step" is "Heun" where there is no room. */
export function shortName(name: string): string {
  return name.split(':')[0];
}
