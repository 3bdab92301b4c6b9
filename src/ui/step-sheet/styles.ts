/** How <step-sheet> looks: frames from left to right, denoising steps from top to bottom. */
import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-4);
    margin-block-end: var(--space-2);
  }
  .sheets + .help {
    margin-block-start: var(--space-2);
  }
  .sheets {
    display: grid;
    gap: var(--space-5);
    grid-template-columns: minmax(0, 1fr);
  }
  .sheets.both {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .sheets:not(.both) .sheet:not(.chosen) {
    display: none;
  }
  .sheet {
    --label: var(--sheet-label, 4.2rem);
  }
  .grid,
  .across {
    inline-size: min(100%, 1px * var(--cell) * var(--frames));
  }
  .out {
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  :host(:fullscreen) {
    overflow: auto;
    padding: var(--space-4);
    background: var(--paper);
  }
  .sheet h3 {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-m);
  }
  .sheet h3::before {
    content: '';
    inline-size: 0.6rem;
    block-size: 0.6rem;
    border-radius: 50%;
    border: 2px solid var(--line-strong);
  }
  .sheet.chosen h3::before {
    border-color: var(--ember);
    background: var(--ember);
  }
  .across {
    max-inline-size: calc(100% - var(--label));
    display: flex;
    justify-content: space-between;
    gap: var(--space-2);
    margin-inline-start: var(--label);
    color: var(--ink-soft);
    font-size: var(--text-xs);
  }
  .across span:nth-child(2) {
    flex: 1;
    text-align: center;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .body {
    display: grid;
    grid-template-columns: var(--label) minmax(0, 1fr);
  }
  .down {
    display: grid;
    grid-template-columns: calc(1.5 * var(--text-xs)) 1fr;
    color: var(--ink-soft);
    font-size: var(--text-xs);
    line-height: 1;
  }
  .down p {
    writing-mode: vertical-rl;
    inline-size: 100%;
    min-block-size: 0;
    text-align: center;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    contain: size;
  }
  .noise {
    position: relative;
  }
  .noise span {
    position: absolute;
    inset-block-start: calc((var(--row) + 0.5) / var(--rows) * 100%);
    inset-inline-end: var(--space-2);
    translate: 0 -50%;
    white-space: nowrap;
  }
  .grid {
    position: relative;
    cursor: crosshair;
    border-radius: 2px;
    touch-action: manipulation;
  }
  canvas {
    display: block;
    inline-size: 100%;
    block-size: auto;
  }
  .cell {
    position: absolute;
    inline-size: calc(100% / var(--frames));
    block-size: calc(100% / var(--rows));
    inset: 0 auto auto 0;
    translate: calc(100% * var(--frame)) calc(100% * var(--row));
    border-radius: 2px;
    pointer-events: none;
  }
  .chosen .cell {
    box-shadow:
      0 0 0 2px var(--ember),
      0 0 0 4px var(--surface);
  }
  .sheet:not(.chosen) .cell {
    box-shadow: 0 0 0 1.5px var(--line-strong);
  }
  @media (forced-colors: active) {
    .cell {
      outline: 3px solid Highlight;
    }
    .sheet.chosen h3::before {
      border-color: Highlight;
      background: Highlight;
    }
  }
`;
