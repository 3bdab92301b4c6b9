/**
 * Reads the items of a prompt from left to right into a scene. Every item is used, left out with a reason, or marked as
 * never seen; none is passed over.
 *
 * What it is: a handful of rules about who is meant (the thing named last, "the other", "they") and what words mean beside
 * each other ("turns" before a colour, "left" after a camera).
 * What it is not: a parser of English or German. Where a sentence is beyond the rules, its words still count one by one.
 */
import { drop, lack, say, traits, use, useAs, type Draft, type Scene, type Slot, type Trait } from './draft';
import type { Item } from './items';
import { countOf, describes, describesPlace, determines, headFrom, isNoun, isPreposition, nounAhead } from './noun';
import { once, readFilm } from './film';
import { readNegation } from './negation';
import { readTurn } from './turn';
import type { Why } from './types';

/** Three is the most that a film of the world shows. */
const most = 3;

const colours = (items: readonly Item[]): Item[] => items.filter(({ kind }) => kind === 'colour');

const films = (item: Item | undefined): boolean =>
  item !== undefined && ['camera', 'pan', 'zoom', 'view'].includes(item.kind);

const copulas = new Set('is are was were ist sind war waren be being'.split(' '));

export class Reader {
  readonly scene: Scene = { things: [], negative: [] };
  at = 0;
  focus: Draft[] = []; // whom the next word speaks of
  clause: Draft[] = []; // who was named in this sentence
  private readonly waiting: Draft = { thing: null, name: '' }; // said before its noun: "slowly spins a star"
  filming: 'camera' | 'zoom' | null = null; // the next direction is the camera's
  private turn = 0; // of "one ... one ..."

  constructor(readonly items: readonly Item[]) {}

  read(): Scene {
    while (this.at < this.items.length) {
      const item = this.items[this.at];
      if (!this.nounPhrase()) {
        this.at++;
        this.word(item);
      }
    }
    this.settleWaiting();
    return this.scene;
  }

  // ------------------------------------------------------------------------------------------------------ noun phrases

  private nounPhrase(): boolean {
    const { items, at } = this;
    const item = items[at];
    if (!(isNoun(item) || determines(item) || describes(item) || item.kind === 'motion')) return false;
    const before = items[at - 1];
    const copula = before !== undefined && copulas.has(before.key);
    if (copula && describes(item)) return false;
    const lone = this.clause.length === 0 || this.focus.every(({ motion }) => motion !== undefined);
    const head = headFrom(items, at, lone && !(item.found?.base || this.finite(item)));
    if (head === null) return this.elliptical();
    this.at = head + 1;
    const phrase = items.slice(at, head + 1);
    const noun = phrase[phrase.length - 1];
    const medium = noun.kind === 'unknown' && ['of', 'von'].includes(items[head + 1]?.key); // "a shot of"
    const apart = this.isVerb(phrase) || this.isPart(before, noun) || (isPreposition(before) && this.isPlace(noun));
    if (medium || apart || this.isStuff(phrase)) for (const each of phrase) this.stray(each);
    else this.name(phrase);
    this.shaped();
    return true;
  }

  /** "A heart-shaped balloon" is a heart to who has only the two. */
  private shaped(): void {
    const { items } = this;
    const at = items.findIndex(({ kind }, i) => i >= this.at && kind !== 'mark');
    if (at < 0 || items[at].key !== 'shaped') return;
    this.at = at + 1;
    const what = items[this.at];
    if (what === undefined || !isNoun(what)) return;
    this.at++;
    if (what.kind !== 'thing' || this.focus.some(({ thing }) => thing !== 'thing')) return drop(what, 'second');
    for (const draft of this.focus) draft.thing = what.value; // "a car-shaped boat": of a car it has nothing
    useAs(what, what.meanings[0]);
  }

  /** Whether a noun after "in" or "on" says where something is: of no place but its own the world has anything. */
  private isPlace({ kind, value }: Item): boolean {
    if (kind === 'unknown' || (kind === 'far' && value === 'building')) return true;
    return kind === 'far' && this.scene.things.length > 0;
  }

  /** "Eine Kiste, die klappert": a word that nobody knows, alone behind who it speaks of, is what that does. */
  private isVerb([the, word, ...more]: readonly Item[]): boolean {
    const before = this.items[this.at - 3];
    const alone = the.kind === 'the' && word?.kind === 'unknown' && more.length === 0;
    return alone && before?.kind === 'mark' && word.found?.tongue !== 'en' && this.clause.length > 0;
  }

  /** "With a hat", "mit Segeln": what it has on it is no second thing. */
  private isPart(before: Item | undefined, { kind, value }: Item): boolean {
    const apart = kind === 'thing' || ['animal', 'vehicle', 'person'].includes(value);
    return ['with', 'mit'].includes(before?.key ?? '') && !apart && this.scene.things.length > 0;
  }

  /** "Made of glass", "fills the screen": what does not move about, and was not counted, is no second thing. */
  private isStuff(phrase: readonly Item[]): boolean {
    const { kind, value, found } = phrase[phrase.length - 1];
    const stuff = kind === 'far' && !['animal', 'vehicle', 'person'].includes(value);
    if (!stuff || this.scene.things.length === 0) return false;
    const determiner = phrase.find(determines);
    return determiner ? determiner.kind === 'the' : !found?.plural;
  }

  /** "Falls a box": a verb that leads its sentence does not belong into the noun phrase after it. */
  private finite(item: Item): boolean {
    const next = this.items[this.at + 1];
    return item.kind === 'motion' && next !== undefined && determines(next);
  }

  /** "A red and a blue ball", "ein roter Ball und ein grüner": the noun stands elsewhere. */
  private elliptical(): boolean {
    const { items, at } = this;
    const [item, next] = [items[at], items[at + 1]];
    if (!determines(item) || item.kind === 'number' || !describes(next)) return false;
    if (isPreposition(items[at - 1])) return false; // "on a white background"
    const german = next.found?.tongue === 'de' && next.kind !== 'speed';
    const inflected = german && (next.key !== next.found?.word || next.kind === 'less' || next.kind === 'more');
    const counts = item.kind === 'article' || item.kind === 'another' || (item.kind === 'the' && inflected);
    if (!counts || (german && !inflected)) return false;
    let end = at + 1;
    while (end < items.length && describes(items[end])) end++;
    if (!items.slice(at, end).some(({ kind, value }) => kind === 'size' || kind === 'colour' || value === 'nohue'))
      return false;
    if (describesPlace(items, end - 1) || describesPlace([item, item, ...items.slice(end)], 1)) return false;
    this.at = end;
    this.name(items.slice(at, end));
    return true;
  }

  /** Things for a noun phrase: those that were named before, or new ones. */
  private name(phrase: readonly Item[]): void {
    const noun = phrase[phrase.length - 1];
    const named = isNoun(noun) || noun.kind === 'unknown';
    const thing = noun.kind === 'thing' ? noun.value : named ? 'thing' : null;
    const drafts = this.named(phrase, thing, noun) ?? this.make(phrase, thing, noun);
    const hues = colours(phrase);
    if (hues.length > 1 && hues.length === drafts.length)
      drafts.forEach((draft, i) => this.describe([draft], 'colour', hues[i].value, hues[i])); // "red and blue balls"
    if (noun.kind === 'thing') {
      useAs(noun, noun.meanings[0]);
      for (const { kind, value } of noun.meanings.slice(1)) {
        for (const draft of drafts) say(draft, kind as Trait, value, noun); // a goldfish
        noun.as = `${value} ${noun.as}`;
      }
    } else if (noun.kind === 'far') lack(noun, noun.value as Why);
    else if (noun.kind === 'unknown') lack(noun, 'unknown');
    if (thing !== null) for (const draft of this.clause) draft.thing ??= thing; // "a red and a blue ball"
    this.focus = drafts;
    for (const draft of drafts) if (!this.clause.includes(draft)) this.clause.push(draft);
    for (const item of phrase) if ((item !== noun || !named) && item.state !== 'near') this.attribute(item, drafts);
    for (const trait of traits) {
      const slot = this.waiting[trait];
      if (slot) for (const draft of drafts) this.inherit(draft, trait, slot);
      delete this.waiting[trait];
    }
    this.filming = null;
  }

  /** What was said before the noun; "moving" gives way here as everywhere: "a left moving boat". */
  private inherit(draft: Draft, trait: Trait, slot: Slot): void {
    const open = trait === 'motion' && draft.motion?.value === 'moving' ? draft.motion.item : null;
    if (open) useAs(open, { kind: 'motion', value: slot.value });
    if (open) draft.motion = slot;
    else draft[trait] ??= slot;
  }

  /** Those that a definite phrase means: "the ball", "the other", "the first". */
  private named(phrase: readonly Item[], thing: string | null, noun: Item): Draft[] | undefined {
    const { things } = this.scene;
    const pointing = phrase.find(({ kind }) => kind === 'order' || kind === 'other');
    if (pointing) return this.pointed(pointing);
    const free =
      thing === null && this.clause.find((draft) => draft.several && !phrase.some(({ kind }) => kind in draft));
    if (free) return [free]; // "two hearts, a big one and a small one"
    if (!phrase.some(({ kind }) => kind === 'the') || things.length === 0) return undefined;
    const fits = (draft: Draft): boolean =>
      (thing === null || draft.thing === null || (draft.thing === thing && (thing !== 'thing' || draft.name === noun.key))) && // prettier-ignore
      phrase.every(({ kind, value }) => {
        const slot = kind === 'size' || kind === 'colour' ? draft[kind] : undefined;
        return slot === undefined || slot.value === value;
      });
    const fitting = things.filter(fits);
    return fitting.length === 0 ? undefined : fitting.slice(0, Math.max(1, countOf(phrase)));
  }

  /** "The other", "the second", where there is one. */
  private pointed({ kind, value }: Item): Draft[] | undefined {
    const { things } = this.scene;
    const meant = kind === 'order' ? things[Number(value) - 1] : things.find((draft) => !this.focus.includes(draft));
    return meant && [meant];
  }

  /** One more of what was named before: "one ball is red and the other green". */
  private more(): Draft[] {
    const { things } = this.scene;
    if (things.length === 0 || things.length >= most) return [];
    things.push({ thing: null, name: '' });
    return things.slice(-1);
  }

  private make(phrase: readonly Item[], thing: string | null, noun: Item): Draft[] {
    const { things } = this.scene;
    const several = noun.found?.plural && !phrase.some(determines);
    const wanted = several ? Math.max(countOf(phrase), colours(phrase).length) : countOf(phrase);
    const made = Array.from({ length: Math.min(wanted, most - things.length) }, (): Draft => ({ thing, name: noun.key, several: wanted > 1 })); // prettier-ignore
    things.push(...made);
    if (made.length === 0) {
      for (const item of phrase) drop(item, 'many');
      return [];
    }
    return made;
  }

  /** An item of a noun phrase, as far as it is not the noun. */
  private attribute(item: Item, drafts: readonly Draft[]): void {
    const { kind } = item;
    if (drafts.length === 0) return;
    if (kind === 'number') use(item, drafts.map(() => 'a …').join(' and '));
    else if (kind === 'shade' || kind === 'dark') drop(item, 'shade');
    else if (kind === 'more' || kind === 'less') this.describe(drafts, 'size', kind === 'more' ? 'big' : 'small', item);
    else if (kind === 'size' || kind === 'colour' || kind === 'speed') this.describe(drafts, kind, item.value, item);
    else if (kind === 'motion') this.move(item, drafts);
    else this.stray(item);
  }

  // --------------------------------------------------------------------------------------------------------- word by word

  private word(item: Item): void {
    const { kind, value } = item;
    if (kind === 'stop') this.stop();
    else if (describes(item) && describesPlace(this.items, this.at - 1)) drop(item, 'alone');
    else if (kind === 'colour' && this.each(item)) return;
    else if (kind === 'size' || kind === 'colour') this.describe(this.subject(item), kind, value, item);
    else if (kind === 'more' || kind === 'less')
      this.describe(this.subject(item), 'size', kind === 'more' ? 'big' : 'small', item); // prettier-ignore
    else if (kind === 'speed' && (this.filming || films(this.items[this.at])))
      drop(item, 'speed'); // a camera has one
    else if (kind === 'speed') this.describe(this.subject(item), 'speed', value, item);
    else if (kind === 'motion') this.motion(item);
    else if (kind === 'direction') this.direction(item);
    else if (kind === 'turn' || kind === 'become' || kind === 'from') readTurn(this, item);
    else if (kind === 'not' || (kind === 'number' && value === '0')) readNegation(this, item);
    else if (kind === 'like') this.simile(item);
    else if (!readFilm(this, item)) this.pointer(item);
  }

  /** A sentence ends; who was spoken of is still meant by "it". */
  private stop(): void {
    this.clause = [];
    this.filming = null;
  }

  /** Words that say who is meant. */
  private pointer(item: Item): void {
    const { things } = this.scene;
    const { kind } = item;
    const to = (drafts: Draft[] | undefined): void => {
      if (!drafts || drafts.length === 0) return;
      this.focus = drafts;
      this.clause = this.clause.length > 0 ? this.clause : [...drafts];
    };
    if (kind === 'all') to(things.length > 0 ? [...things] : undefined);
    else if (kind === 'it') to(this.focus.length > 0 ? this.focus : things.slice(-1));
    else if (kind === 'other' || kind === 'order') to(this.pointed(item) ?? this.more());
    else if ((kind === 'one' || (kind === 'number' && item.value === '1')) && things.length > 1)
      to([things[this.turn++ % things.length]]);
    else if (kind === 'are' && this.clause.length > 1) this.focus = [...this.clause];
    this.stray(item);
  }

  private simile(item: Item): void {
    if (this.scene.things.length === 0) return drop(item, 'small'); // nothing is compared yet
    drop(item, 'simile');
    while (this.at < this.items.length && !['stop', 'mark', 'and'].includes(this.items[this.at].kind))
      drop(this.items[this.at++], 'simile');
  }

  // ------------------------------------------------------------------------------------------------- of the things named

  /** Of whom a word speaks: who is in focus in this sentence; who will be named in it; who was named before. */
  subject(item: Item): Draft[] {
    if (this.clause.length > 0) return this.focus;
    const trait = item.kind === 'colour' || item.kind === 'size';
    if ((!trait || this.focus.length === 0) && nounAhead(this.items, this.at)) return [this.waiting];
    if (this.focus.length === 0) {
      this.focus = [{ thing: null, name: '' }];
      this.scene.things.push(...this.focus);
      this.clause = [...this.focus];
    }
    return this.focus;
  }

  /** "Two balls, red and blue": as many colours as there are things in focus, one each. */
  private each(item: Item): boolean {
    const { items, focus, at } = this;
    const said = [item];
    for (let i = at; i < items.length && ['and', 'mark', 'colour'].includes(items[i].kind); i++)
      if (items[i].kind === 'colour') said.push(items[i]);
    if (said.length < 2 || said.length !== focus.length || focus.some(({ colour }) => colour)) return false;
    focus.forEach((draft, i) => this.describe([draft], 'colour', said[i].value, said[i]));
    this.at = items.indexOf(said[said.length - 1]) + 1;
    return true;
  }

  describe(drafts: readonly Draft[], trait: Trait, value: string, item: Item): void {
    const free = drafts.filter((draft) => say(draft, trait, value, item));
    if (free.length === 0) drop(item, drafts.length > 0 ? 'second' : 'many');
    else use(item, value);
  }

  private motion(item: Item): void {
    const together = item.found?.base || item.value === 'colliding';
    const idle = this.clause.filter(({ motion }) => !motion);
    this.move(item, together && idle.length > 1 ? idle : this.subject(item));
  }

  /** "moving" leaves open where to, and gives way to any other motion. */
  move(item: Item, drafts: readonly Draft[], value = item.value): void {
    let used = false;
    for (const draft of drafts) {
      if (draft.motion?.value === 'moving' && value !== 'moving') {
        drop(draft.motion.item, 'small');
        delete draft.motion;
      }
      used = (value === 'moving' && draft.motion !== undefined) || say(draft, 'motion', value, item) || used;
    }
    if (!used) drop(item, drafts.length > 0 ? 'second' : 'many');
    else if (value !== 'moving') useAs(item, { kind: 'motion', value });
    else drop(item, 'small'); // until a direction comes, or none does: finish.ts
    for (const meaning of item.meanings)
      if (meaning.kind === 'speed') for (const draft of drafts) draft.speed ??= { value: meaning.value, item };
  }

  direction(item: Item): void {
    const { value } = item;
    if (this.filming) {
      if (value === 'left' || value === 'right') return once(this, 'camera', value, item);
      return drop(item, 'second');
    }
    let used = false;
    for (const draft of this.subject(item)) used = this.head(draft, value, item) || used;
    if (!used) drop(item, 'second');
  }

  private head(draft: Draft, value: string, item: Item): boolean {
    const before = draft.motion?.value;
    const phrase = { kind: 'motion', value };
    if (before === undefined || before === 'moving') {
      const verb = draft.motion?.item;
      draft.motion = { value, item };
      useAs(item, phrase);
      if (verb) useAs(verb, phrase);
      return true;
    }
    const lies = before === 'bouncing' ? ['up', 'down'] : before === 'falling' ? ['down'] : [before]; // it does so anyway
    const same = lies.includes(value);
    if (same) drop(item, 'already');
    return same;
  }

  /** What was said before a noun that never came. */
  private settleWaiting(): void {
    const said = traits.filter((trait) => this.waiting[trait]);
    if (said.length === 0) return;
    if (this.scene.things.length === 0) this.scene.things.push({ thing: null, name: '' });
    const draft = this.focus[0] ?? this.scene.things[0];
    for (const trait of said) {
      const slot = this.waiting[trait] as Slot;
      if (!say(draft, trait, slot.value, slot.item)) drop(slot.item, 'second');
    }
  }

  /** An item that says nothing by itself. */
  stray(item: Item): void {
    const { kind } = item;
    if (kind === 'unknown') lack(item, 'unknown');
    else if (kind === 'back') drop(item, 'back');
    else if (kind === 'far') lack(item, item.value as Why);
    else if (kind === 'shade' || kind === 'dark') drop(item, 'shade');
    else if (kind === 'number' || kind === 'behind' || kind === 'wall') drop(item, 'alone');
    else if (item.state === 'out') drop(item, item.why ?? 'small');
  }
}
