/** Words of the whole film and not of a thing in it: place, light, camera, wall, and whether it is a picture. */
import { drop, lack, use, useAs } from './draft';
import type { Item } from './items';
import { describes } from './noun';
import type { Reader } from './reader';

/** What may follow "camera" or "pan" and says where it goes. */
const moving = new Set(['pan', 'zoom', 'motion', 'in', 'out', 'direction', 'turn', 'view']);

/** Reads a word that has just been passed; false where it is none of the whole film. */
export function readFilm(reader: Reader, item: Item): boolean {
  const { scene } = reader;
  const { kind, value } = item;
  if (kind === 'setting') once(reader, 'setting', value, item);
  else if (kind === 'dark' && !describes(reader.items[reader.at])) once(reader, 'setting', 'night', item);
  else if (kind === 'day') scene.day ??= { value, item };
  else if (kind === 'light') once(reader, 'light', value, item);
  else if (kind === 'view' && value !== 'stands') once(reader, 'camera', value, item);
  else if (kind === 'view') drop(item, 'already');
  else if (kind === 'camera' || kind === 'pan' || kind === 'zoom') camera(reader, item);
  else if ((kind === 'in' || kind === 'out') && reader.filming === 'zoom') once(reader, 'camera', kind, item);
  else if (kind === 'wall') behind(reader, item);
  else if (kind === 'picture') pictured(reader, item);
  else return false;
  return true;
}

/** A film has one place, one light, one camera: the first that is said. */
export function once(reader: Reader, slot: 'setting' | 'light' | 'camera', value: string, item: Item): void {
  const { scene } = reader;
  if (slot === 'camera') reader.filming = null;
  if (scene[slot] && scene[slot].value !== value) return drop(item, 'second');
  scene[slot] ??= { value, item };
  useAs(item, { kind: slot === 'camera' ? 'view' : slot, value });
}

/** "The camera pans", "zooms": where to is said by what follows; who zooms without saying where to zooms in. */
function camera(reader: Reader, item: Item): void {
  const { items } = reader;
  const pace = items[reader.at];
  if (pace?.kind === 'speed') drop(items[reader.at++], 'speed');
  const ahead = items.slice(reader.at).filter(({ kind }) => !['pass', 'mark', 'speed'].includes(kind));
  const next = ahead.at(0);
  reader.filming = item.kind === 'zoom' ? 'zoom' : 'camera';
  if (item.kind === 'zoom' && !ahead.slice(0, 2).some(({ kind }) => kind === 'in' || kind === 'out')) return once(reader, 'camera', 'in', item); // prettier-ignore
  drop(item, next && moving.has(next.kind) ? 'small' : 'alone');
  if (next?.kind !== 'motion' || item.kind !== 'camera') return;
  drop(next, 'small');
  reader.at = items.indexOf(next) + 1;
}

function behind({ items, at, scene }: Reader, item: Item): void {
  const before = items.slice(0, at - 1).findLast(({ kind }) => !['article', 'the', 'one'].includes(kind));
  if (before?.kind !== 'behind') {
    scene.struck ??= item;
    return drop(item, 'alone');
  }
  scene.wall ??= { value: 'wall', item };
  useAs(item, { kind: 'wall', value: '' });
  use(before, 'behind a wall');
}

/** "A picture of ..."; without the "of" only where it comes first. */
function pictured(reader: Reader, item: Item): void {
  const next = reader.items[reader.at];
  const of = next !== undefined && ['of', 'von', 'vom', 'with', 'mit', 'eines', 'einer'].includes(next.key);
  if (!of && reader.scene.things.length > 0) return lack(item, 'thing');
  reader.scene.picture ??= { value: 'picture', item };
  useAs(item, { kind: 'picture', value: '' });
  if (of && next.kind === 'from') reader.at++; // it begins no change of colour
}
