/** How <snow-globe> lays out the page, or, as a package, the room that somebody else's page gives it. */
import { css, unsafeCSS } from 'lit';
import { isPackage } from '../../ui/home';

/** What the layout goes by: the width of the window, or of the element. */
const wide = unsafeCSS(isPackage ? '@container' : '@media');

export const styles = css`
  :host {
    max-inline-size: 104rem;
    margin-inline: auto;
    padding: var(--space-4) clamp(var(--space-3), 3vw, var(--space-6)) var(--space-6);
    color: var(--ink);
  }
  .top {
    display: flex;
    align-items: center;
    gap: 0 var(--space-4);
    margin-block-end: var(--space-2);
  }
  view-tabs {
    order: 0;
  }
  h1 {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-xxl);
    font-weight: 600;
    line-height: 1.15;
    letter-spacing: -0.02em;
  }
  h1 svg {
    inline-size: 1.25em;
    block-size: 1.25em;
    color: var(--ice);
  }
  .tagline {
    flex: 1;
    max-inline-size: 34ch;
    color: var(--ink-soft);
    font-size: var(--text-s);
    line-height: 1.3;
    text-wrap: balance;
  }
  /* Six views leave no room for it, and a third line would push the sheet off the first screen. */
  ${wide} (max-width: 90rem) {
    .tagline {
      position: absolute;
      clip-path: inset(50%);
    }
    h1 {
      margin-inline-end: auto;
    }
  }
  .language {
    margin-inline-start: auto;
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-s);
  }
  .language select {
    min-block-size: 2.25rem;
    inline-size: auto;
    padding-inline: var(--space-2);
  }
  /* On a phone one thing below the other; with room the globe and its controls stand beside the rest, in sight. */
  .stage {
    display: flex;
    flex-direction: column;
    gap: var(--space-3) var(--space-6);
  }
  .side {
    display: contents;
  }
  clip-view {
    --globe: min(36rem, 46vh);
  }
  /* The film stays in sight above what one reads or tries. */
  .stage:not([data-view='watch']) clip-view {
    --globe: min(36rem, 30vh);
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    background: var(--paper);
  }
  film-controls,
  run-history {
    order: 1; /* below the words */
  }
  .rest {
    order: 2;
  }
  .watch,
  .rest {
    display: grid;
    gap: var(--space-5);
    align-content: start;
    min-inline-size: 0;
  }
  .said {
    display: grid;
    gap: var(--space-2);
  }
  /* A view that is on its way has its place already: what stands below must not be seen to move. */
  .coming {
    min-block-size: 100vh;
  }
  /* Who reads comes first to the text. */
  .stage[data-view='story'] :is(prompt-box, film-controls, run-history) {
    order: 3;
  }
  /* What a chapter of the story speaks of. */
  .stage[data-pointed~='film'] clip-view,
  .stage[data-pointed~='words'] prompt-box {
    outline: 2px dashed var(--ember);
    outline-offset: 2px;
    border-radius: var(--radius-m);
  }
  ${wide} (min-width: 60rem) {
    .stage {
      display: grid;
      grid-template-columns: minmax(22rem, 44%) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
      align-items: start;
    }
    .side {
      display: grid;
      grid-row: span 2;
      gap: var(--space-3);
      align-content: start;
    }
    .stage clip-view,
    .stage:not([data-view='watch']) clip-view {
      --globe: min(100%, 58vh);
      position: static;
    }
    .said {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--space-2) var(--space-5);
    }
    /* What comes and goes there must not move the sheet. */
    .said {
      grid-template-rows: auto 1fr;
      gap: 0 var(--space-5);
      min-block-size: 3.5rem;
    }
    .said run-status {
      grid-row: span 2;
    }
    .said engine-status {
      grid-area: 2 / 2;
    }
    .said seen-line {
      grid-area: 1 / 2;
      justify-self: end;
    }
    .watch,
    .rest {
      gap: var(--space-4);
    }
    .card {
      padding: var(--space-3) var(--space-5);
    }
  }
  ${wide} (min-width: 60rem) {
    @media (min-height: 40rem) {
      .side {
        position: sticky;
        inset-block-start: var(--space-3);
      }
    }
  }
  ${wide} (max-width: 60rem) {
    .tagline,
    .language span {
      position: absolute;
      clip-path: inset(50%);
    }
    /* Where a thumb is. */
    view-tabs {
      position: fixed;
      inset-inline: 0;
      inset-block-end: 0;
      z-index: 3;
      border-block-start: 1px solid var(--line);
      background: var(--paper);
    }
    :host {
      padding-block-end: 4.5rem;
    }
    .top > .chip {
      display: none; /* a phone is no projector */
    }
  }
  /* For the last row of a classroom: film and sheet alone, nothing below 28 px at 1920 x 1080. */
  :host([presenting]) {
    --text-xs: max(16px, 1.46vw);
    --text-s: max(16px, 1.46vw);
    --text-m: max(17px, 1.6vw);
    --text-l: max(18px, 1.8vw);
    --text-xl: max(20px, 2vw);
    --sheet-label: 9rem;
    --plot-text: 28px;
    font-size: var(--text-m);
    position: fixed;
    inset: 0;
    z-index: 9;
    max-inline-size: none;
    overflow: auto;
    background: var(--paper);
  }
  :host([presenting]) :is(header, footer, page-notes, prompt-box, .said, run-history, what-we-see, share-box) {
    display: none;
  }
  :host([presenting]) .stage clip-view {
    --globe: min(100%, 72vh);
  }
  .drop {
    position: fixed;
    inset: var(--space-3);
    z-index: 1;
    display: grid;
    place-items: center;
    border: 3px dashed var(--ice);
    border-radius: var(--radius-l);
    background: color-mix(in srgb, var(--ice-wash) 88%, transparent);
    font-size: var(--text-xl);
    pointer-events: none;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-6);
    align-items: baseline;
    margin-block-start: var(--space-6);
    padding-block-start: var(--space-4);
    border-block-start: 1px solid var(--line);
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  footer a {
    color: inherit;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--space-1) var(--space-4);
    padding-block: var(--space-2);
  }
  kbd {
    padding: 0 var(--space-2);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    font: inherit;
    color: var(--ink);
    white-space: nowrap;
  }
  .paper {
    display: none;
  }
  /*
   * On paper one page: the film, its words and seed, its sheet, what is seen in it, and the link that makes it again, without
   * a grid, which would print one thing over another.
   */
  @media print {
    :host {
      padding: 0;
    }
    .stage clip-view,
    .stage:not([data-view='watch']) clip-view {
      --globe: 6cm;
      position: static;
    }
    .paper {
      display: block;
      margin-block-start: var(--space-2);
      font-size: var(--text-xs);
      overflow-wrap: anywhere;
    }
    .watch > * {
      margin-block-start: var(--space-2);
    }
    .stage,
    .side,
    .rest {
      display: block;
    }
    .side {
      position: static;
      float: inline-start;
      inline-size: 6cm;
      margin-inline-end: 0.6cm;
    }
    .rest {
      overflow: hidden; /* beside the film, not round it */
    }
    .language,
    prompt-box, /* what runs says words and seed */
    seen-line,
    engine-status,
    page-notes,
    film-controls,
    run-history,
    view-tabs,
    .rest > :not(.said, .watch, .paper),
    share-box,
    footer {
      display: none;
    }
  }
`;
