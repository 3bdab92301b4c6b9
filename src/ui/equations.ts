/** The equation behind every setting, as MathML: every browser sets it, and screen readers read it. */
import { html, mathml, type TemplateResult } from 'lit';
import type { SettingKey, Settings } from '../settings/settings';
import type { Strings } from '../i18n';
import { labStrings } from '../i18n/lab';
import { both, gap, hat, line, over, power, root, sub, word } from './mathml';

const z = sub('z', 't');
const zNext = sub('z', 't + h');
const uNext = sub('u', 't + h');

const direction = () => line('v =', over(both(hat, '−', z), '1 − t'));
const straight = () => line(zNext, '=', z, '+ h', gap, 'v');
const half = over('h', '2');

/** How each sampler follows the velocity; where two share an equation they differ in the x̂ they put into it. */
function samplerLine({ sampler }: Settings): TemplateResult {
  const before = (back: string) => sub('v', `t − ${back}`);
  switch (sampler) {
    case 'euler':
      return straight();
    case 'heun':
      return line(zNext, '=', z, '+', half, '( v +', sub('v', 't + h'), ')');
    case 'midpoint':
      return line(zNext, '=', z, '+ h', gap, sub('v', both('t +', half)));
    case 'ab2':
      return line(zNext, '=', z, '+', half, '( 3', gap, 'v −', before('h'), ')');
    case 'ab3':
      return line(
        zNext,
        '=',
        z,
        '+',
        over('h', '12'),
        '( 23',
        gap,
        'v − 16',
        gap,
        before('h'),
        '+ 5',
        gap,
        before('2 h'),
        ')',
      );
    case 'rk4':
      return line(
        zNext,
        '=',
        z,
        '+',
        over('h', '6'),
        '(',
        sub('v', '1'),
        '+ 2',
        gap,
        sub('v', '2'),
        '+ 2',
        gap,
        sub('v', '3'),
        '+',
        sub('v', '4'),
        ')',
      );
    case 'ancestral':
    case 'ddim':
      return html`${line(zNext, '= ( t + h )', gap, hat, '+ r', gap, sub('ε', 't'), '+ s', gap, 'ε')}
      ${line('r =', root(both(power(uNext, '2'), '−', power('s', '2'))))}`;
    case 'sde':
      return line(uNext, '→', uNext, gap, power(both('(', uNext, '/ u )'), 'c'), '→', uNext);
    default:
      return line(
        zNext, '=', over(uNext, 'u'), z, '+', uNext,
        mathml`<msubsup><mo>∫</mo>${both('t')}${both('t + h')}</msubsup>`,
        over(both(hat, '( τ )'), power('( 1 − τ )', '2')), 'd τ',
      ); // prettier-ignore
  }
}

function guidanceLine({ guidance }: Settings, strings: Strings): TemplateResult {
  const prompt = sub(hat, word(strings.promptWord));
  const empty = sub(hat, word(strings.emptyWord));
  switch (guidance.rule) {
    case 'cfgpp':
      return line(zNext, '= ( t + h )', gap, hat, '+', uNext, gap, over(both(z, '− t', gap, empty), 'u'));
    case 'cfgzero':
      return line(
        'v = s',
        gap,
        sub('v', word(strings.emptyWord)),
        '+ w (',
        sub('v', word(strings.promptWord)),
        '− s',
        gap,
        sub('v', word(strings.emptyWord)),
        ')',
      );
    case 'auto': {
      const weak = sub(hat, word(strings.weakWord));
      return line(hat, '=', weak, '+ w (', prompt, '−', weak, ')');
    }
    case 'apg':
      return line(hat, '=', prompt, '+ ( w − 1 ) (', sub('d', '⊥'), '+ a', gap, sub('d', '∥'), ')');
    default:
      return line(hat, '=', empty, '+ w (', prompt, '−', empty, ')');
  }
}

function scheduleLine({ schedule }: Settings): TemplateResult {
  const quarter = both(over('π', '2'), 'q');
  switch (schedule) {
    case 'logit-normal':
      return line('t =', over('1', both('1 +', power('e', both('−', power('Φ', '−1'), '( q )')))));
    case 'karras':
      return line(
        't =',
        over('1', both('1 + σ')),
        ',',
        gap,
        'σ =',
        power(both('(', power('80', '1/7'), '( 1 − q ) +', power('0.002', '1/7'), 'q )'), '7'),
      );
    case 'cosine':
      return line(over('t', '1 − t'), '= tan (', quarter, ')');
    default:
      return line('t = q');
  }
}

/** The equation of a setting, beside the settings as they stand: a sampler shows its own. */
export function equationOf(key: SettingKey, settings: Settings, strings: Strings): TemplateResult {
  const prompt = sub(hat, word(strings.promptWord));
  const empty = sub(hat, word(strings.emptyWord));
  switch (key) {
    case 'seed':
      return line(z, '= t', gap, 'x + ( 1 − t )', gap, word(strings.noiseWord));
    case 'steps':
      return line(
        sub('t', '0'),
        '= 0 , …',
        gap,
        ',',
        sub('t', 'n'),
        '= 1 , h =',
        sub('t', 'i + 1'),
        '−',
        sub('t', 'i'),
      );
    case 'sampler':
      return html`${direction()}${samplerLine(settings)}`;
    case 'student':
      return html`${direction()}${samplerLine({ ...settings, sampler: 'euler' })}`;
    case 'eta':
      return settings.sampler === 'ddim'
        ? line(
            's = η',
            gap,
            uNext,
            gap,
            root(both('1 −', power(over(both('t', gap, uNext), both('( t + h ) u')), '2'))),
          )
        : line(sub('u', '↓'), '=', uNext, '( 1 + η (', uNext, '/ u − 1 ) )');
    case 'churn':
      return line(sub('u', '↓'), '=', uNext, power(both('(', uNext, '/ u )'), 'c'));
    case 'restarts':
      return line(
        'x ←',
        over('1', 'n'),
        'Σ',
        hat,
        '( τ',
        gap,
        'x + ( 1 − τ )',
        gap,
        sub('ε', 'k'),
        ')',
        gap,
        ',',
        gap,
        'τ = 0.65',
      );
    case 'rule':
    case 'guidance':
      return guidanceLine(settings, strings);
    case 'negative':
      return line(
        hat,
        '=',
        sub(hat, word(labStrings(strings).awayWord)),
        '+ w (',
        prompt,
        '−',
        sub(hat, word(labStrings(strings).awayWord)),
        ')',
      );
    case 'from':
    case 'to':
      return line(
        'w ( t ) = w',
        gap,
        word(labStrings(strings).ifWord),
        gap,
        sub('t', word(labStrings(strings).fromWord)),
        '≤ t ≤',
        sub('t', word(labStrings(strings).toWord)),
        ',',
        gap,
        '1',
        gap,
        word(labStrings(strings).elseWord),
      );
    case 'rescale':
      return line(hat, '→ φ', gap, over(sub('σ', word(strings.promptWord)), 'σ'), hat, '+ ( 1 − φ )', gap, hat);
    case 'parallel':
      return line('d =', prompt, '−', empty, '=', sub('d', '⊥'), '+', sub('d', '∥'));
    case 'bound':
      return line('d → d', gap, 'min ( 1 , r / | d | )');
    case 'momentum':
      return line(sub('m', 't'), '=', sub('d', 't'), '+ β', gap, sub('m', 't − h'));
    case 'schedule':
      return scheduleLine(settings);
    case 'curve':
      return line('t = f ( q )');
    case 'shift':
      return line('u →', over('s u', '1 + ( s − 1 ) u'));
    case 'backwards':
      return line('t → 1 − t');
    case 'then':
    case 'at':
    case 'blend':
      return line(hat, '= ( 1 − b )', gap, prompt, '+ b', gap, sub(hat, word(strings.thenWord)));
    case 'ablation':
      return line('softmax (', over('q · k', root('d')), '+ m )', gap, 'v');
    case 'format':
      return line('N = F · H · W');
    case 'start':
      return line(
        'ε =',
        over(
          both('( 1 − p )', gap, sub('ε', '1'), '+ p', gap, sub('ε', '2')),
          root(both(power('( 1 − p )', '2'), '+', power('p', '2'))),
        ),
      );
  }
}
