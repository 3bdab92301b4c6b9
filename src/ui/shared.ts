/** Styles that more than one element uses: text, buttons, fields, focus. Names and sizes come from styles/tokens.css. */
import { css } from 'lit';

export const shared = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  h1,
  h2,
  summary,
  .chief {
    font-family: var(--font-display);
  }
  h2 {
    font-size: var(--text-l);
    font-weight: 600;
    line-height: 1.25;
    letter-spacing: -0.005em;
  }
  h3,
  .label {
    font-size: var(--text-s);
    font-weight: 600;
    line-height: 1.35;
  }
  .help {
    color: var(--ink-soft);
    font-size: var(--text-s);
    line-height: 1.4;
    text-wrap: pretty;
  }
  .card {
    padding: var(--space-4) clamp(var(--space-3), 2vw, var(--space-5));
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--ice);
    outline-offset: 2px;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button,
  select,
  input[type='text'] {
    min-block-size: 2.75rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--surface);
    padding: 0 var(--space-3);
  }
  button {
    cursor: pointer;
    font-weight: 550;
  }
  button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--ice-wash);
    border-color: var(--ice);
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
    color: var(--ink-soft);
    border-color: var(--line);
    background: none;
  }
  button.chief {
    background: var(--ice);
    border-color: var(--ice);
    color: var(--on-ice);
    font-weight: 680;
  }
  button.chief:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--ice-deep);
    border-color: var(--ice-deep);
  }
  button.chief:disabled,
  button.chief[aria-disabled='true'] {
    background: none;
    border-color: var(--line);
    color: var(--ink-soft);
  }
  button.chip {
    min-block-size: 2rem;
    padding: var(--space-1) var(--space-3);
    border-color: var(--line);
    border-radius: 2rem;
    background: none;
    font-size: var(--text-xs);
    font-weight: 450;
    line-height: 1.25;
    text-align: start;
  }
  button.chip[aria-pressed='true'] {
    border-color: var(--ice);
    background: var(--ice-wash);
  }
  select {
    inline-size: 100%;
    text-overflow: ellipsis;
  }
  input[type='range'] {
    inline-size: 100%;
    min-block-size: 1.75rem;
    margin: 0;
    accent-color: var(--ice);
  }
  input[type='checkbox'],
  label.check input[type='radio'] {
    inline-size: 1.15rem;
    block-size: 1.15rem;
    margin: 0;
    accent-color: var(--ice);
    flex: none;
  }
  label.check {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: 1.75rem;
    font-size: var(--text-s);
  }
  table {
    border-collapse: collapse;
    font-size: var(--text-s);
  }
  caption {
    text-align: start;
    font-weight: 600;
  }
  details > summary {
    cursor: pointer;
    inline-size: fit-content;
    padding: var(--space-1) 0;
    color: var(--ice);
    font-size: var(--text-s);
    border-radius: var(--radius-s);
  }
  @media print {
    :host {
      break-inside: avoid;
    }
    button,
    select,
    input[type='range'] {
      display: none;
    }
  }
  math {
    font-family: var(--font-math);
    font-size: 1.1em;
  }
  @media (forced-colors: active) {
    button.chief {
      border-width: 3px;
    }
    /* Shadows and washes are gone: what is chosen needs a line. */
    [aria-pressed='true'],
    [aria-current='true'],
    [role='tab'][aria-selected='true'],
    label:has(input[type='radio']:checked) {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
  }
`;

/** A list that says what the signs of a plot mean. */
export const legend = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    margin-block-start: var(--space-2);
    font-size: var(--text-s);
    list-style: none;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }
`;

/** A view beside the stage: sections below each other, and what stands in each. */
export const viewLayout = css`
  :host,
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    min-inline-size: 0;
  }
  :host {
    gap: var(--space-4);
  }
`;
