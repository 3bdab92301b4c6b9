/**
 * What the page has in its own style sheets and an element on somebody else's page has to bring along: the palette and the
 * scales, on the element itself, so that a page may set any of them there; and a place of its own, out of which nothing hangs.
 * No faces: those would be the page's. Functions, so that nothing of it is in the page that is built here.
 */
import { css, unsafeCSS, type CSSResult } from 'lit';
import tokens from '../../../styles/tokens.css?inline';

export const packageStyles = (): CSSResult[] => [
  css`
    :host {
      all: initial; /* what a page has set for its own text */
      display: block;
    }
  `,
  unsafeCSS(tokens.replaceAll(':root', ':host')),
  css`
    :host {
      position: relative;
      container-type: inline-size;
      background: var(--paper);
      font: var(--text-m) / 1.5 var(--font);
    }
  `,
];

/** After the layout, whose tabs stand at the lower edge of a phone. */
export const contained = (): CSSResult => css`
  :host(:not([presenting])) {
    padding-block-end: var(--space-6);
  }
  :host([controls='none']) {
    padding: 0;
    background: none;
  }
  :host([controls='film']) {
    padding: var(--space-3);
  }
  :host(:not([controls='all'])) clip-view {
    --globe: min(100cqi, 36rem);
  }
  .top {
    flex-wrap: wrap;
  }
  view-tabs {
    position: static;
    overflow-x: auto;
    border: 0;
  }
  .drop {
    position: absolute;
  }
`;
