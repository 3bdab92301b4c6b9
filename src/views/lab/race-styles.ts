/** How <lab-race> looks. */
import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    margin-block-end: var(--space-3);
  }
  legend {
    padding: 0;
  }
  .start {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
    align-items: center;
  }
  .answer {
    display: grid;
    gap: var(--space-3);
    margin-block: var(--space-4) var(--space-3);
    padding: var(--space-3) var(--space-4);
    border-inline-start: 5px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--sunken);
  }
  .answer.found {
    border-color: var(--good);
  }
  .answer strong {
    display: block;
    font-weight: 650;
    text-wrap: pretty;
  }
  .films {
    display: grid;
    grid-auto-columns: minmax(0, 9rem);
    grid-auto-flow: column;
    gap: var(--space-2);
  }
  figcaption {
    margin-block-start: var(--space-1);
    font-size: var(--text-s);
    line-height: 1.35;
  }
  .result {
    display: grid;
    gap: var(--space-4) var(--space-5);
    margin-block: var(--space-4) var(--space-2);
  }
  @container (min-inline-size: 60rem) {
    .result {
      grid-template-columns: auto minmax(0, 1fr);
    }
  }
  .plots {
    display: grid;
    gap: var(--space-4);
    align-content: start;
  }
  .plot {
    display: block;
    inline-size: 100%;
    max-inline-size: 44rem;
    block-size: auto;
    margin-block-start: var(--space-1);
    border-radius: var(--radius-m);
    background: var(--sunken);
  }
  path {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }
  .rule {
    stroke: var(--line);
    stroke-width: 1;
  }
  text {
    fill: var(--ink-soft);
    font-size: 14px;
  }
  @container (max-inline-size: 30rem) {
    text {
      font-size: 18px;
    }
  }
  .spread {
    stroke-width: 1;
  }
  .mark {
    fill: currentColor;
    stroke: currentColor;
    stroke-width: 1.5;
  }
  .mark.hollow {
    fill: var(--sunken);
  }
  .ring {
    fill: none;
    stroke: var(--ink);
    stroke-width: 2;
  }
  .legend svg,
  th svg {
    flex: none;
    inline-size: 1.1rem;
    block-size: 1.1rem;
    vertical-align: -0.2em;
  }
  .legend span {
    color: var(--ink);
  }
  .c0 {
    color: var(--ice);
  }
  .c1 {
    color: var(--ember);
  }
  .c2 {
    color: var(--good);
  }
  .c3 {
    color: var(--bad);
  }
  .c4 {
    color: var(--ink);
  }
  .c5 {
    color: var(--line-strong);
  }
  .table {
    overflow-x: auto;
  }
  table {
    line-height: 1.3;
  }
  caption {
    padding-block-end: var(--space-2);
    color: var(--ink-soft);
    font-weight: inherit;
  }
  th,
  td {
    padding: var(--space-1);
    border-block-start: 1px solid var(--line);
    text-align: center;
    vertical-align: top;
  }
  th {
    font-weight: 550;
  }
  th:first-child {
    min-inline-size: 5rem;
    padding-inline-start: 0;
    text-align: start;
    vertical-align: middle;
  }
  td {
    inline-size: 8.5rem;
    min-inline-size: 3.6rem;
    color: var(--ink-soft);
  }
  td.waiting {
    vertical-align: middle;
  }
  td button {
    display: grid;
    gap: 2px;
    position: relative;
    inline-size: 100%;
    min-block-size: 0;
    padding: 3px;
    border: 2px solid transparent;
    background: none;
    color: var(--ink);
    font-size: var(--text-xs);
    font-weight: 450;
    line-height: 1.25;
  }
  td.right button {
    font-weight: 650;
  }
  td.cheapest button {
    border-color: var(--good);
  }
  td small {
    color: var(--ink-soft);
    font-size: inherit;
    font-weight: 400;
  }
`;
