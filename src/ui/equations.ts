/** The equations behind the controls, as MathML: every browser sets them, and screen readers read them. */
import { html, type TemplateResult } from 'lit';
import type { Strings } from '../lessons/strings';

/** z_t = t x + (1 - t) noise */
export function mixing(strings: Strings): TemplateResult {
  return html`<math display="block">
    <msub><mi>z</mi><mi>t</mi></msub>
    <mo>=</mo><mi>t</mi><mspace width="0.15em"></mspace><mi>x</mi> <mo>+</mo><mo>(</mo><mn>1</mn><mo>−</mo><mi>t</mi
    ><mo>)</mo><mspace width="0.25em"></mspace>
    <mtext>${strings.noiseWord}</mtext>
  </math>`;
}

/** x̂ = x̂_empty + w (x̂_prompt - x̂_empty) */
export function guidance(strings: Strings): TemplateResult {
  return html`<math display="block">
    <mover accent="true"><mi>x</mi><mo>^</mo></mover>
    <mo>=</mo>
    <msub
      ><mover accent="true"><mi>x</mi><mo>^</mo></mover
      ><mtext>${strings.emptyWord}</mtext></msub
    >
    <mo>+</mo><mi>w</mi><mspace width="0.15em"></mspace><mo>(</mo>
    <msub
      ><mover accent="true"><mi>x</mi><mo>^</mo></mover
      ><mtext>${strings.promptWord}</mtext></msub
    >
    <mo>−</mo>
    <msub
      ><mover accent="true"><mi>x</mi><mo>^</mo></mover
      ><mtext>${strings.emptyWord}</mtext></msub
    >
    <mo>)</mo>
  </math>`;
}

/** v = (x̂ - z_t) / (1 - t),  z_(t+h) = z_t + h v */
export function euler(): TemplateResult {
  return html`<math display="block">
      <mi>v</mi><mo>=</mo>
      <mfrac>
        <mrow
          ><mover accent="true"><mi>x</mi><mo>^</mo></mover
          ><mo>−</mo><msub><mi>z</mi><mi>t</mi></msub></mrow
        >
        <mrow><mn>1</mn><mo>−</mo><mi>t</mi></mrow>
      </mfrac>
    </math>
    <math display="block">
      <msub
        ><mi>z</mi><mrow><mi>t</mi><mo>+</mo><mi>h</mi></mrow></msub
      >
      <mo>=</mo><msub><mi>z</mi><mi>t</mi></msub
      ><mo>+</mo><mi>h</mi><mspace width="0.15em"></mspace><mi>v</mi>
    </math>`;
}
