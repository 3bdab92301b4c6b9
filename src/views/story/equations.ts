/** The equation behind each chapter's claim. What its letters mean stands in i18n, under the chapter's name. */
import type { TemplateResult } from 'lit';
import type { ChapterId } from '../../lessons/chapter';
import { both, gap, hat, line, over, power, root, sub } from '../../ui/mathml';

const zNow = sub('z', 't');

export const chapterEquations: Readonly<Record<ChapterId, () => TemplateResult>> = {
  noise: () => line(sub('z', '0'), '= ε'),
  wrecking: () => line(zNow, '= t', gap, 'x + ( 1 − t )', gap, 'ε'),
  patches: () => line('N =', over('16', '2'), '·', over('32', '8'), '·', over('32', '8'), '= 128'),
  together: () => line('softmax (', over(both('q', gap, power('k', 'T')), root('d')), ')', gap, 'v'),
  words: () => line(hat, '=', sub(hat, '0'), '+ w (', sub(hat, 'w'), '−', sub(hat, '0'), ')'),
  roads: () => line(sub('z', 't + h'), '=', zNow, '+ h', gap, 'v , v =', over(both(hat, '−', zNow), '1 − t')),
  physics: () => line('y =', over('1', '2'), 'g', gap, power('n', '2')),
  sora: () =>
    line(over(both('14 ·', power('10', '9')), both('5.9 ·', power('10', '6'))), '≈ 2400 ,', gap, gap, power('N', '2')),
};
