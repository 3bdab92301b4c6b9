/** Styles of <edit-words>. */
import { css } from 'lit';

export const styles = css`
  :host,
  form,
  fieldset,
  details[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-2);
    min-inline-size: 0;
  }
  :host {
    gap: var(--space-3);
  }
  h3 {
    font-size: var(--text-m);
  }
  .row,
  .slide,
  .legend,
  .legend span {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }
  .row input {
    flex: 1 1 16rem;
    min-inline-size: 0;
  }
  .slide input {
    flex: 1 1 12rem;
    min-inline-size: 0;
    max-inline-size: 24rem;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 22rem));
    gap: var(--space-2) var(--space-4);
  }
  figcaption {
    margin-block-start: var(--space-1);
    font-size: var(--text-s);
    line-height: 1.35;
  }
  .say {
    font-weight: 600;
    text-wrap: pretty;
  }
  .plot {
    display: block;
    inline-size: 100%;
    max-inline-size: 36rem;
    font-size: 14px;
    fill: var(--ink-soft);
  }
  .plot path,
  .key path {
    fill: none;
    stroke-width: 2;
  }
  .rule {
    stroke: var(--line);
  }
  .plot .here {
    stroke: var(--line-strong);
    stroke-dasharray: 5 4;
  }
  .changed path {
    stroke: var(--ember);
  }
  .changed circle {
    fill: var(--ember);
  }
  .stayed path {
    stroke: var(--ice);
  }
  .stayed .mark {
    fill: var(--ice);
  }
  .key {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .table {
    overflow-x: auto;
  }
  th,
  td {
    padding: var(--space-1) var(--space-4) var(--space-1) 0;
    border-block-start: 1px solid var(--line);
    text-align: start;
  }
  th {
    font-weight: 550;
  }
  tr[aria-current] th {
    font-weight: 700;
  }
`;
