/** Characters for fast-check, whose own unit 'binary' first makes a table of all million of them: most of a second, in each file. */
import fc from 'fast-check';

/** Any character but half of a pair; as often as not one of ASCII. */
export const character = fc
  .oneof(
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code));
