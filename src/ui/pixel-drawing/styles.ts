/** How the drawing and its tools look. */
import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  .bench {
    display: grid;
    gap: var(--space-4) var(--space-5);
    margin-block-end: var(--space-2);
  }
  @container (min-inline-size: 36rem) {
    .bench {
      grid-template-columns: minmax(0, 24rem) minmax(0, 1fr);
    }
  }
  .surface {
    position: relative;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    cursor: crosshair;
    touch-action: none;
    user-select: none;
  }
  canvas {
    display: block;
    inline-size: 100%;
    block-size: auto;
    image-rendering: pixelated;
  }
  .cursor {
    display: none;
    position: absolute;
    inset-inline-start: calc(var(--x) * 100%);
    inset-block-start: calc(var(--y) * 100%);
    inline-size: calc(var(--w) * 100%);
    block-size: calc(var(--h) * 100%);
    outline: 2px solid var(--cursor);
    box-shadow: 0 0 0 4px var(--cursor-edge);
    pointer-events: none;
  }
  .surface:focus-visible .cursor {
    display: block;
  }
  .tools {
    display: grid;
    align-content: start;
    gap: var(--space-3);
  }
  .row,
  .swatches {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-3);
  }
  .swatches {
    gap: var(--space-1);
    margin-block-start: var(--space-1);
  }
  .swatch {
    position: relative;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    overflow: clip;
    overflow-clip-margin: 6px;
    cursor: pointer;
  }
  .swatch input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .swatch svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-radius: var(--radius-s);
  }
  .swatch:has(:checked) {
    outline: 3px solid var(--ice);
    outline-offset: 1px;
  }
  .swatch:has(:focus-visible) {
    outline: 3px solid var(--ember);
    outline-offset: 1px;
  }
  fieldset:disabled {
    color: var(--ink-soft);
  }
  @media (forced-colors: active) {
    button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
    .cursor {
      outline-color: Highlight;
      outline-width: 4px;
    }
    .swatch:has(:checked) {
      outline: 3px solid Highlight;
    }
    .swatch:has(:focus-visible) {
      outline: 5px solid Highlight;
    }
  }
`;
