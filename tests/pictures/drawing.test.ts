/** The drawing: what each tool leaves, on both sides where it is mirrored, and every step back and forth. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Drawing, lineOf, paints, pictureOf, tools, widths, type Brush, type Cell } from '../../src/pictures/drawing';
import { toScreen } from '../../src/pictures/reduce';
import { world } from '../../src/world';

const size = { width: 7, height: 5 };
const pen: Brush = { tool: 'pen', width: 1, paint: 1, mirror: false };
const cell = (x: number, y: number): Cell => ({ x, y });

/** Rows of digits; . is the ground. */
const seen = ({ cells, size: { width } }: Drawing) =>
  [...cells].map((each) => each || '.').join('').match(new RegExp(`.{${width}}`, 'g')); // prettier-ignore

function stroke(drawing: Drawing, brush: Partial<Brush>, from: Cell, to = from): void {
  drawing.begin();
  drawing.draw({ ...pen, ...brush }, from, to);
  drawing.end();
}

const drawn = (brush: Partial<Brush>, from: Cell, to?: Cell) => {
  const drawing = new Drawing(size);
  stroke(drawing, brush, from, to);
  return seen(drawing);
};

describe('a tool', () => {
  it.each<[string, Partial<Brush>, Cell, Cell, string[]]>([
    ['a pen draws a cell', {}, cell(2, 1), cell(2, 1), ['.......', '..1....', '.......', '.......', '.......']],
    ['a pen leaves no gap', { paint: 3 }, cell(0, 0), cell(6, 2), ['33.....', '..333..', '.....33', '.......', '.......']],
    ['a thick pen is round', { width: 5 }, cell(3, 2), cell(3, 2), ['..111..', '.11111.', '.11111.', '.11111.', '..111..']],
    ['a line goes anywhere', { tool: 'line' }, cell(4, 4), cell(2, 0), ['..1....', '..1....', '...1...', '....1..', '....1..']],
    ['a box is full', { tool: 'box' }, cell(5, 3), cell(3, 1), ['.......', '...111.', '...111.', '...111.', '.......']],
    ['a fill fills it all', { tool: 'fill' }, cell(0, 0), cell(0, 0), Array<string>(5).fill('1111111')],
    ['a mirror draws both sides', { mirror: true }, cell(0, 0), cell(2, 0), ['111.111', '.......', '.......', '.......', '.......']],
  ])('%s', (_, brush, from, to, rows) => {
    const lines = drawn(brush, from, to);
    if (brush.tool === 'line') expect(lines!.map((row) => [...row].filter((each) => each === '1').length)).toEqual([1, 1, 1, 1, 1]);
    else expect(lines).toEqual(rows);
  }); // prettier-ignore

  it('a fill stops at another paint, and goes round no corner', () => {
    const drawing = new Drawing(size);
    stroke(drawing, { paint: 2 }, cell(0, 2), cell(2, 0));
    stroke(drawing, { tool: 'fill', paint: 4 }, cell(0, 0));
    expect(seen(drawing)).toEqual(['442....', '42.....', '2......', '.......', '.......']);
    stroke(drawing, { tool: 'fill', paint: 4 }, cell(0, 0)); // the same again ends, too
    expect(drawing.at(cell(0, 0))).toBe(4);
  });

  it('an eraser brings back the ground', () => {
    const drawing = new Drawing(size);
    stroke(drawing, { tool: 'fill', paint: 5 }, cell(0, 0));
    stroke(drawing, { tool: 'eraser', width: 3 }, cell(0, 0));
    expect(seen(drawing)!.slice(0, 3)).toEqual(['..55555', '..55555', '5555555']);
  });

  it('a line that is pulled about is one line in the end', () => {
    const drawing = new Drawing(size);
    drawing.begin();
    for (const end of [cell(6, 0), cell(3, 4), cell(0, 4)]) drawing.draw({ ...pen, tool: 'line' }, cell(0, 0), end);
    drawing.end();
    expect(seen(drawing)).toEqual(Array<string>(5).fill('1......'));
  });

  it('outside of the drawing leaves nothing', () => {
    expect(drawn({ width: 5 }, cell(-9, 2), cell(-4, 2))).toEqual(Array<string>(5).fill('.......'));
  });

  it('a line of cells leads from one to the other, each beside the last', () => {
    const place = fc.record({ x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -40, max: 40 }) });
    fc.assert(
      fc.property(place, place, (from, to) => {
        const cells = lineOf(from, to);
        expect([cells[0], cells[cells.length - 1]]).toEqual([from, to]);
        expect(cells.length).toBe(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) + 1);
        cells.slice(1).forEach(({ x, y }, i) => {
          expect(Math.max(Math.abs(x - cells[i].x), Math.abs(y - cells[i].y))).toBe(1);
        });
      }),
    );
  });
});

describe('the way back', () => {
  it('undoes stroke by stroke and redoes, until something else is drawn', () => {
    const drawing = new Drawing(size);
    for (const x of [0, 2, 4]) stroke(drawing, {}, cell(x, 0));
    drawing.undo();
    drawing.undo();
    expect([seen(drawing)![0], drawing.canUndo, drawing.canRedo]).toEqual(['1......', true, true]);
    drawing.redo();
    expect(seen(drawing)![0]).toBe('1.1....');
    stroke(drawing, {}, cell(6, 0));
    expect([seen(drawing)![0], drawing.canRedo]).toEqual(['1.1...1', false]);
    drawing.clear();
    expect(drawing.isEmpty).toBe(true);
    drawing.undo();
    expect(seen(drawing)![0]).toBe('1.1...1');
  });

  it('knows no stroke that changed nothing, and none that was let go', () => {
    const drawing = new Drawing(size);
    stroke(drawing, { tool: 'eraser' }, cell(1, 1));
    drawing.begin();
    drawing.draw(pen, cell(0, 0), cell(3, 3));
    drawing.cancel();
    drawing.clear();
    expect([drawing.canUndo, drawing.isEmpty]).toEqual([false, true]);
  });

  it('from any strokes leads to the empty drawing, and forth to the same again', () => {
    const place = fc.record({ x: fc.nat(6), y: fc.nat(4) });
    const brush = fc.record({
      tool: fc.constantFrom(...tools),
      width: fc.constantFrom(...widths),
      paint: fc.integer({ min: 1, max: paints.length }),
      mirror: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(brush, place, place), { maxLength: 20 }), (strokes) => {
        const drawing = new Drawing(size);
        for (const [own, from, to] of strokes) stroke(drawing, own, from, to);
        const end = [...drawing.cells];
        while (drawing.canUndo) drawing.undo();
        expect(drawing.isEmpty).toBe(true);
        while (drawing.canRedo) drawing.redo();
        expect([...drawing.cells]).toEqual(end);
      }),
    );
  });
});

describe('a drawing', () => {
  it('is a picture in the very colours of the world, transparent where the ground shows', () => {
    const drawing = new Drawing({ width: 2, height: 1 });
    stroke(drawing, { paint: 6 }, cell(0, 0));
    const { data } = pictureOf(drawing);
    expect([...data.subarray(0, 3)].map((value) => Math.round(255 * toScreen(value)))).toEqual(world.colours.blue);
    expect([data[3], ...data.subarray(4)]).toEqual([1, 0, 0, 0, 0]);
  });

  it('takes cells from elsewhere in one step, and refuses what is none', () => {
    const drawing = new Drawing(size);
    drawing.replace(new Uint8Array(35).fill(2));
    drawing.undo();
    expect(drawing.isEmpty).toBe(true);
    expect(() => drawing.replace(new Uint8Array(34))).toThrow(RangeError);
    expect(() => drawing.replace(new Uint8Array(35).fill(99))).toThrow(RangeError);
  });
});
