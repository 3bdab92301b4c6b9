/** Equations as MathML, in pieces: every browser sets it, and screen readers read it. */
import { html, mathml, type TemplateResult } from 'lit';

/** A piece of an equation: a letter, a number, a sign (all plain text), or something built of pieces. */
type Piece = string | unknown;

/** `x + 2` in pieces: letters become identifiers, digits numbers, all else operators. Runs of letters stay one name. */
function row(...pieces: Piece[]): unknown {
  return mathml`<mrow>${pieces.map((piece) => (typeof piece === 'string' ? text(piece) : piece))}</mrow>`;
}

function text(source: string): unknown[] {
  return (source.match(/[\p{L}]+|[\d.]+|[^\s\p{L}\d]/gu) ?? []).map((token) =>
    /^\p{L}/u.test(token)
      ? mathml`<mi>${token}</mi>`
      : /^\d/.test(token)
        ? mathml`<mn>${token}</mn>`
        : mathml`<mo>${token}</mo>`,
  );
}

export const word = (content: string) => mathml`<mtext>${content}</mtext>`;
export const sub = (base: Piece, below: Piece) => mathml`<msub>${row(base)}${row(below)}</msub>`;
export const power = (base: Piece, above: Piece) => mathml`<msup>${row(base)}${row(above)}</msup>`;
export const over = (top: Piece, bottom: Piece) => mathml`<mfrac>${row(top)}${row(bottom)}</mfrac>`;
export const root = (content: Piece) => mathml`<msqrt>${row(content)}</msqrt>`;
export const both = (...pieces: Piece[]) => row(...pieces);
export const gap = mathml`<mspace width="0.2em"></mspace>`;
export const hat = mathml`<mover accent="true"><mi>x</mi><mo>^</mo></mover>`;

/** One line of display mathematics. */
export function line(...pieces: Piece[]): TemplateResult {
  return html`<math display="block">${row(...pieces)}</math>`;
}
