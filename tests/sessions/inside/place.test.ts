import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nowhere, placeText, readPlace, type InsidePlace } from '../../../src/sessions/inside/place';
import { stations } from '../../../src/sessions/inside/walk';
import { decodeLink } from '../../../src/settings/link';

const choice = fc.option(fc.nat(63), { nil: 'mean' as const });
const places: fc.Arbitrary<InsidePlace> = fc.record({
  patch: fc.option(fc.nat(2047)),
  block: choice,
  head: choice,
  word: fc.option(fc.nat(27)),
  part: fc.option(fc.constantFrom(...stations)),
});

it('a place in the view comes back out of its text, and out of a link without a notice', () => {
  fc.assert(
    fc.property(places, (place) => {
      const text = placeText(place);
      expect(readPlace(text)).toEqual(place);
      if (text === null) {
        expect(place).toEqual(nowhere);
        return;
      }
      const { state, notices } = decodeLink(`prompt=a&inside=${text}`);
      expect([state.inside, notices]).toEqual([text, []]);
    }),
  );
});

it('what nobody can read is as if it had not been said', () => {
  for (const text of [null, '', 'patch', 'patch.x_head.-1', 'part.toString', '__proto__.3', 'block.123456'])
    expect(readPlace(text)).toEqual(nowhere);
  expect(readPlace('head.2_nose.4')).toEqual({ ...nowhere, head: 2 });
  expect(decodeLink('prompt=a&inside=<b>').notices).toMatchObject([{ kind: 'unreadable', key: 'inside' }]);
});
