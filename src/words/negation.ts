/** What is to be stayed away from: "no boat", "not at night", "ein Ball, der nicht rot ist", "doesn't move". */
import { drop, lack, type Draft } from './draft';
import type { Item } from './items';
import { describes, determines, headFrom } from './noun';
import { phraseOf } from './phrases';
import type { Reader } from './reader';
import type { Why } from './types';

const skipped = new Set(['pass', 'mark', 'it', 'in', 'are', 'shade']);
const deniable = new Set(['size', 'colour', 'speed', 'motion', 'setting', 'light', 'more', 'less']);

/** Reads on from "not", which has just been read. */
export function readNegation(reader: Reader, not: Item): void {
  const { items } = reader;
  drop(not, 'alone');
  let next = reader.at;
  while (next < items.length && skipped.has(items[next].kind)) next++;
  const item = items[next];
  if (item?.kind === 'not') {
    for (let i = reader.at; i <= next; i++) drop(items[i], 'small'); // not not
    reader.at = next + 1;
    return;
  }
  const head = headFrom(items, next, false);
  if (head !== null && (determines(item) || describes(item) || next === head)) denyNoun(reader, not, next, head);
  else if (item && deniable.has(item.kind)) deny(reader, not, item, next);
  else if (item === undefined || item.kind === 'stop') denyLast(reader, not);
  else if (determines(item) && items[next + 1]?.kind === 'motion') {
    drop(items[next + 1], 'alone'); // "without a sail"
    reader.at = next + 2;
  }
}

/** "No red boat", and after an "or" the next one. */
function denyNoun(reader: Reader, not: Item, from: number, head: number): void {
  const { items } = reader;
  const noun = items[head];
  reader.at = head + 1;
  if (noun.kind !== 'thing') {
    lack(noun, noun.kind === 'far' ? (noun.value as Why) : 'unknown');
    return;
  }
  const said = items
    .slice(from, head + 1)
    .filter(({ kind }) => kind === 'size' || kind === 'colour' || kind === 'thing');
  refuse(reader, not, said, said.map(({ value }) => value).join(' ')); // prettier-ignore
  const or = items[reader.at];
  const next = reader.at + 1;
  const other = or?.kind === 'or' ? headFrom(items, next, false) : null;
  if (other !== null) denyNoun(reader, not, next, other);
}

/** "Not red", "not at night", "doesn't bounce"; what does not move stands still. */
function deny(reader: Reader, not: Item, item: Item, at: number): void {
  reader.at = at + 1;
  if (item.kind === 'motion' && item.value === 'moving') {
    for (const draft of reader.subject(item)) stand(draft, item);
    not.state = 'near';
    [not.as, not.why] = [item.as, null];
  } else refuse(reader, not, [item], phraseOf(item) || (item.kind === 'more' ? 'big' : 'small'));
  const [or, other] = reader.items.slice(reader.at);
  if (or?.kind === 'or' && other && deniable.has(other.kind)) deny(reader, not, other, reader.at + 1);
}

/** "Bewegt sich nicht": the verb came before. */
function denyLast(reader: Reader, not: Item): void {
  for (const draft of reader.clause.length > 0 ? reader.focus : []) {
    const { motion } = draft;
    if (!motion) continue;
    if (motion.value === 'moving') {
      stand(draft, motion.item);
      not.state = 'near';
      [not.as, not.why] = [motion.item.as, null];
    } else {
      delete draft.motion;
      refuse(reader, not, [motion.item], phraseOf({ kind: 'motion', value: motion.value }));
    }
  }
}

function stand(draft: Draft, item: Item): void {
  draft.motion = { value: 'still', item };
  delete draft.speed;
  item.state = 'near';
  [item.as, item.why] = [phraseOf({ kind: 'motion', value: 'still' }), null];
}

function refuse(reader: Reader, not: Item, said: readonly Item[], phrase: string): void {
  for (const item of [not, ...said]) {
    item.state = 'not';
    [item.as, item.why] = [phrase, null];
  }
  reader.scene.negative.push({ phrase, items: [not, ...said] });
}
