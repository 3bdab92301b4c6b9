import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, isCommand, Session, type Facts } from '../../src/app/session';
import { State } from '../../src/app/state';
import { Studio } from '../../src/studio/studio';
import { fakePorts } from '../app/fake-run';

class Breakable extends Session {
  works(answer: number): number {
    return answer + this.state.rows.value;
  }

  breaks(): void {
    throw new Error('at once');
  }

  async breaksLater(): Promise<void> {
    await Promise.resolve();
    throw new Error('later');
  }

  async isStopped(): Promise<void> {
    throw new DOMException('stopped', 'AbortError');
  }
}

// As the compiler does with `@command`; it knows decorators in src/ only.
for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(Breakable.prototype))) {
  if (name === 'constructor') continue;
  command(Breakable.prototype, name, method as TypedPropertyDescriptor<(...given: never[]) => unknown>);
  Object.defineProperty(Breakable.prototype, name, method);
}

function breakable() {
  const state = new State();
  return { state, session: new Breakable(state as Facts) };
}

describe('a command', () => {
  it('makes the address follow the page, and answers', () => {
    const { state, session } = breakable();
    expect(session.works(2)).toBe(3);
    expect([state.touched.value, state.trouble.value]).toEqual([true, null]);
  });

  it('says what it throws, at once or later, and throws nothing', async () => {
    const { state, session } = breakable();
    session.breaks();
    expect(state.trouble.value).toMatchObject({ fault: { cause: 'at once' }, retry: 'nothing' });
    await session.breaksLater();
    expect(state.trouble.value).toMatchObject({ fault: { cause: 'later' }, retry: 'nothing' });
  });

  it('has nothing to say where it was stopped', async () => {
    const { state, session } = breakable();
    await session.isStopped();
    expect(state.trouble.value).toBeNull();
  });
});

describe('what the elements call', () => {
  /** These happen by themselves, only read, or are called so in a drawing of the reader's own as well. */
  const others = ['view.nextFrame', 'lab.markOf', 'hearing.told', 'notes.broke', 'drawing.draw', 'engine.shapeOf'];
  const text = ['ui', 'views', 'page']
    .map((room) => join(import.meta.dirname, '../../src', room))
    .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const { state: _, ...sessions } = new Studio(fakePorts());
  const methods = Object.entries(sessions)
    .filter(([, session]) => (session as unknown) instanceof Session)
    .flatMap(([name, session]) =>
      Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(session) as object)).map(
        ([method, { value }]) => ({ name: `${name}.${method}`, value: value as object | undefined }),
      ),
    );
  const called = methods.filter(({ name }) => new RegExp(`\\b${name.replace('.', '\\.')}\\(`).test(text));

  it('is a command: a click, a key and a test all take the same way', () => {
    expect(called.length).toBeGreaterThan(30);
    expect(called.filter(({ name, value }) => !others.includes(name) && !isCommand(value!)).map(({ name }) => name)).toEqual([]); // prettier-ignore
  });

  it('is all that there is: no command is without its place on the page', () => {
    const commands = methods.filter(({ value }) => value && isCommand(value));
    expect(commands.filter((each) => !called.includes(each)).map(({ name }) => name)).toEqual([]);
  });
});
