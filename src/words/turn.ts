/** "Turns", "becomes", "from ... to": another colour, another size, a direction, or a spin, by what stands beside it. */
import { drop, useAs, use } from './draft';
import type { Item } from './items';
import type { Reader } from './reader';

const between = new Set(['pass', 'from', 'to', 'in', 'mark', 'shade', 'dark', 'and', 'speed']);
const farthest = 9; // items from the verb to the last colour

/** Reads on from the verb, or from a "from" without one, which has just been read. */
export function readTurn(reader: Reader, verb: Item): void {
  const { items } = reader;
  const found: { item: Item; to: boolean; at: number }[] = [];
  let [from, to] = [verb.kind === 'from', false];
  let size: Item | undefined;
  for (let i = reader.at; i < items.length && i < reader.at + farthest; i++) {
    const item = items[i];
    if (item.kind === 'colour') found.push({ item, to, at: i });
    else if ((item.kind === 'more' || item.kind === 'less' || item.kind === 'size') && !size && found.length === 0)
      size = item; // prettier-ignore
    else if (!between.has(item.kind)) break;
    to ||= item.kind === 'to' || item.kind === 'in' || (from && found.length === 1);
    from ||= item.kind === 'from';
    if (found.length === 2) break;
  }
  const [first, second] = found;
  if (first && second?.to && !first.to) return change(reader, verb, second, first);
  if (first && verb.kind !== 'from') return change(reader, verb, first);
  const last = items[reader.at - 2]; // "der rot wird": the verb comes last
  if (!first && verb.kind === 'become' && verb.found?.tongue === 'de' && last?.kind === 'colour') return late(reader, verb, last); // prettier-ignore
  if (size && verb.kind === 'become') return resize(reader, verb, size);
  if (verb.kind !== 'turn') return drop(verb, 'small');
  const next = items.slice(reader.at).find(({ kind }) => kind !== 'pass');
  reader.move(verb, reader.subject(verb), next?.kind === 'direction' ? 'moving' : 'spinning');
}

interface Found {
  readonly item: Item;
  readonly at: number;
}

/** Another colour. Where it begins is said here, or was said of the thing before. */
function change(reader: Reader, verb: Item, to: Found, from?: Found): void {
  const { items } = reader;
  for (const draft of reader.subject(verb)) {
    if (draft.motion?.value === 'moving') delete draft.motion; // "goes from red to blue"
    draft.to ??= { value: to.item.value, item: to.item };
    if (from) draft.colour = { value: from.item.value, item: from.item };
  }
  use(verb, 'turns');
  for (const { item } of from ? [from, to] : [to]) use(item, item.value);
  for (let i = reader.at; i < to.at; i++) {
    const { kind } = items[i];
    if (kind === 'to' || kind === 'from') use(items[i], kind);
    else if (kind === 'in') use(items[i], 'to');
    else if (kind === 'shade' || kind === 'dark') drop(items[i], 'shade');
    else if (kind === 'speed') drop(items[i], 'speed');
  }
  reader.at = to.at + 1;
}

/** A colour that was taken for how the thing is, before the verb came that says it becomes so. */
function late(reader: Reader, verb: Item, item: Item): void {
  for (const draft of reader.subject(verb)) {
    draft.to ??= { value: item.value, item };
    if (draft.colour?.item === item) delete draft.colour;
  }
  use(item, item.value);
  use(verb, 'turns');
}

/** "Gets bigger", "wird immer kleiner". */
function resize(reader: Reader, verb: Item, size: Item): void {
  const value = size.kind === 'more' || size.value === 'big' ? 'growing' : 'shrinking';
  const { items } = reader;
  reader.at = items.indexOf(size) + 1;
  const again = (i: number): boolean => items[i]?.kind === size.kind;
  while (again(reader.at) || (items[reader.at]?.kind === 'and' && again(reader.at + 1))) reader.at++;
  reader.move(size, reader.subject(verb), value);
  useAs(verb, { kind: 'motion', value });
}
