/** What mail and chat programs do to a link on its way must not change what it shows, or must be said. */
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../src/settings/link';
import { pairsOf } from '../../src/settings/link-pairs';

const links = [
  'prompt=a+red+ball&seed=7&steps=24&sampler=multistep&guidance=2&from=0.05',
  'prompt=A+big+blue+boat.&seed=12&steps=8&sampler=heun&guidance=2.5&from=0.1&to=0.9&show=guess&step=2&hide=lab.seed',
  'prompt=a+ball&seed=1&steps=5&sampler=sde&guidance=1&from=0&churn=0.5&start=copy.0.0.15&vs=steps*12*sampler*heun',
  'prompt=Schn%C3%B6des+%E2%98%83&seed=4&steps=6&sampler=euler&guidance=3&from=0.05&schedule=curve&curve=0.1_0.4',
];

/** As the page writes them: their length first. */
const own = links.map((link) => encodeLink(decodeLink(link).state));

const ways: readonly (readonly [string, (link: string) => string])[] = [
  ['a full stop behind it', (link) => `${link}.`],
  ['a bracket and a full stop behind it', (link) => `${link}).`],
  ['an angle bracket behind it', (link) => `${link}>`],
  ['a comma behind it', (link) => `${link},`],
  ['three dots behind it', (link) => `${link}...`],
  ['a quotation mark behind it', (link) => `${link}"`],
  ['a quotation mark of print behind it, encoded as a browser does', (link) => `${link}%E2%80%9D`],
  ['stars of bold type behind it', (link) => `${link}**`],
  ['a line of underscores behind it', (link) => `${link}_`],
  ['&amp; for &', (link) => link.replaceAll('&', '&amp;')],
  ['&amp;amp; for &', (link) => link.replaceAll('&', '&amp;amp;')],
  ['&#38; for &', (link) => link.replaceAll('&', '&#38;')],
  ['all of it encoded', (link) => encodeURIComponent(link)],
  ['quoted-printable', (link) => link.replaceAll('=', '=3D').replace(/.{70}/g, '$&=\r\n')],
  ['lines of 40 characters', (link) => link.replace(/.{40}/g, '$&\r\n')],
  ['lines of 40 characters, quoted', (link) => link.replace(/.{40}/g, '$&\n> ')],
  ['a line break behind every =', (link) => link.replaceAll('=', '=\r\n')],
  ['a second #', (link) => `#${link}`],
  ['a place on the page behind it', (link) => `${link}#top`],
  ['a word joiner in a number', (link) => link.replace('steps=', 'steps=%E2%81%A0')],
  ['a zero-width space in a key', (link) => link.replace('&steps', '&st%E2%80%8Beps')],
  ['%20 for +', (link) => link.replaceAll('+', '%20')],
  ['a line break encoded in a number', (link) => link.replace('seed=', 'seed=%0D%0A')],
];

describe.each(ways)('%s', (_, change) => {
  it.each([...links, ...own])('%s', (link) => {
    const whole = decodeLink(`#${link}`);
    expect(whole.notices).toEqual([]);
    expect(decodeLink(`#${change(link)}`)).toEqual(whole);
  });
});

const [full] = own; // each of these needs its length
const body = (link: string) => link.replace(/^length=\d+&/, '');
it.each<[string, string]>([
  ['JSON’s \\u0026 for &', full.replaceAll('&', '\\u0026')],
  ['backslashes before signs', full.replace(/[_*&]/g, '\\$&')],
  ['all of it encoded twice', encodeURIComponent(encodeURIComponent(full))],
  ['an encoded # before it', `%23${encodeURIComponent(full)}`],
  ['the address of a picture of Markdown behind it', `${full}](https://a.example/)`],
  ['a name behind it, as chat writes it', `${full}|Snowglobe>`],
  ['the end of an HTML element', `${full}</a>`],
  ['the sentence that follows', `${full} Look at this, it is a film!`],
  ['a query of a news letter behind it', `${full}?utm_source=mail&utm_medium=news`],
  ['a text to scroll to', `${full}:~:text=hello`],
  ['spaces taken for signs of plus', full.replaceAll('+', '%2B')],
  ['quoted-printable whose lines a browser joined', full.replaceAll('=', '=3D').replace(/.{70}/g, '$&=')],
])('%s changes nothing, because it is known where the link ends', (_, changed) => {
  expect(decodeLink(`#${changed}`)).toEqual(decodeLink(full));
});

it('what came into a link and cannot be undone is said', () => {
  for (const changed of [
    full.replace('red', 'red=23'),
    full.replace('seed=7', 'seed=77'),
    full.replace('ball', 'bäll'),
  ])
    expect(decodeLink(changed).notices).toMatchObject([{ kind: 'changed', used: String(body(full).length) }]);
});

it('a link of a page that knows more is as long as it says', () => {
  const longer = `${body(full)}&colour=7`;
  expect(decodeLink(`length=${longer.length}&${longer}`).notices).toEqual([{ kind: 'unknown-key', given: 'colour' }]);
});

it('%20 encoded twice is a space again', () => {
  expect(pairsOf('prompt=a%2520red%2520ball&seed=7')[0]).toEqual(['prompt', 'a red ball']);
});

it('keeps every character of a text that stands at the end, and of the words to stay away from', () => {
  expect(pairsOf('seed=1&prompt=a+ball.').at(-1)).toEqual(['prompt', 'a ball.']);
  expect(pairsOf('vs=steps*3*negative*no.').at(-1)).toEqual(['vs', 'steps*3*negative*no.']);
  expect(pairsOf('prompt=100%25+%26amp%3B+%3D3D')).toEqual([['prompt', '100% &amp; =3D']]);
});

it.each(own)('a link that the page wrote is never cut off in silence, wherever that is: %s', (link) => {
  const whole = decodeLink(link);
  expect(whole.notices).toEqual([]);
  for (let end = 1; end < link.length; end++) {
    const { state, notices } = decodeLink(link.slice(0, end));
    const said = notices.some(({ kind }) => ['cut', 'unreadable', 'unknown-key'].includes(kind));
    expect(said || notices.length === 0, link.slice(0, end)).toBe(true);
    if (!said) expect(state, link.slice(0, end)).toEqual(whole.state);
  }
});

it('a link that is cut off within a number says how much of it is there', () => {
  const [link] = own;
  const { state, notices } = decodeLink(link.slice(0, link.indexOf('steps=24') + 'steps=2'.length));
  expect(state.settings.steps).toBe(2); // which nobody could tell from a link of two steps
  expect(notices).toMatchObject([{ kind: 'cut', used: /\d+/.exec(link)![0] }]);
});

it('what comes on the way makes a link no shorter: nothing is said of its end', () => {
  for (const link of own)
    expect(decodeLink(`${link}&utm_source=mail`).notices).toEqual([{ kind: 'unknown-key', given: 'utm_source' }]);
  expect(decodeLink(decodeURIComponent(own[3])).notices).toEqual([]); // shown in plain letters
});

it('signs without end are read soon', () => {
  const begun = process.cpuUsage(); // and no clock: a busy machine is slow, not wrong
  for (const sign of [')', '.', '=', '&', ' ', '%', '%2E', '\u200b']) {
    pairsOf(`prompt=a&seed=${sign.repeat(16_000 / sign.length)}1`);
    pairsOf(`${sign.repeat(16_000 / sign.length)}x`);
  }
  expect(process.cpuUsage(begun).user).toBeLessThan(400_000); // µs; 15,000 here, and 2 s where each sign is tried as a beginning
});

it('says what was lost where a link was cut off within a number', () => {
  const { state, notices } = decodeLink('#prompt=a+ball&seed=7&guidance=2&from=0.05&steps=2e');
  expect(notices).toMatchObject([{ kind: 'unreadable', key: 'steps', given: '2e' }]);
  expect(state.settings.guidance.from).toBe(0.05);
});

it('a start of guidance that cannot be read is the default and not that of old links', () => {
  const { state, notices } = decodeLink('#prompt=a+ball&guidance=2&from=x');
  expect([state.settings.guidance.from, notices[0]]).toMatchObject([0.05, { key: 'from', given: 'x', used: '0.05' }]);
});
