/** The formula of each station, with the letters of the shape comments in the code. */
import { nothing, type TemplateResult } from 'lit';
import type { Station, Walk } from '../../sessions/inside/walk';
import type { Run } from '../../app/state';
import type { Strings } from '../../i18n';
import { equationOf } from '../../ui/equations';
import { both, gap, hat, line, over, power, root, sub } from '../../ui/mathml';

/** The guess p, and how unsure it is, v, beside the noisy pixel z. */
const weighed = over(both(power('u', '2'), 'p + v t z'), both(power('u', '2'), '+ v', power('t', '2')));

export function walkEquation(
  station: Station,
  { channels }: Walk,
  run: Run,
  strings: Strings,
): TemplateResult | typeof nothing {
  switch (station) {
    case 'words':
    case 'patches':
      return nothing; // nothing is worked out: one looks it up, the other cuts
    case 'encoder':
      return line(sub('x', 'i'), '=', sub('E', 'w'), '+', sub('p', 'i'));
    case 'keys':
      return line('k =', sub('W', 'k'), 'x , v =', sub('W', 'v'), 'x');
    case 'tokens':
      return line('h =', sub('W', '2'), gap, sub('W', '1'), 'p + b');
    case 'level':
      return line('( a , s , g ) = W', gap, 'silu ( τ ( t ) + c )');
    case 'attention':
      return line('h → h + g · W', gap, 'softmax (', over(both('q', gap, power('k', 'T')), root('d')), ')', gap, 'v');
    case 'mlp':
      return line('h → h + g · W ( silu ( A y ) · B y ) , y = ( 1 + s )', over('h', both('|', 'h', '|')), '+ a');
    case 'head':
      return line('p = W ( silu ( A h ) · B h )');
    case 'guess':
      return channels > 3 ? line(hat, '=', weighed, ', u = 1 − t') : line(hat, '= p');
    case 'next':
      return equationOf('sampler', run.settings, strings);
  }
}
