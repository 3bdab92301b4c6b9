/** How far a run has come, on stderr: one line that grows on a terminal, one line a step in a log. */
import type { Step } from '../src/sampling/types';
import type { Writer } from './terminal';

export function showProgress(stream: Writer, { index, steps, tNext, milliseconds }: Step): void {
  const done = index + 1;
  const facts = `step ${done}/${steps}  t ${tNext.toFixed(3)}  ${(milliseconds / 1000).toFixed(2)} s a step`;
  if (!stream.isTTY) stream.write(`${facts}\n`);
  else {
    const width = 24;
    const full = Math.round((width * done) / steps);
    stream.write(`\r[${'='.repeat(full)}${' '.repeat(width - full)}] ${facts}  ${done === steps ? '\n' : ''}`);
  }
}
