/** A verdict as one sentence in the page's language. */
import type { Verdict } from '../judging/verdict';
import type { Strings } from '../i18n';

type Sayings = { readonly [Kind in Verdict['kind']]: (verdict: Extract<Verdict, { kind: Kind }>) => string };

export function sayVerdict(verdict: Verdict, { seen }: Strings): string {
  const sayings: Sayings = seen.verdicts;
  return (sayings[verdict.kind] as (verdict: Verdict) => string)(verdict);
}
