/**
 * What each part of the studio is: a session reads all facts, changes those that are its own, and offers commands. A
 * command is what a user asks for; what happens by itself (a film that plays on, a model that has come) is a method.
 */
import type { ReadonlySignal } from '@preact/signals-core';
import { isAbort, toFault } from '../engine/faults';
import type { State } from './state';

/** All facts to read; those named in `Own` can be changed, too. */
export type Facts<Own extends keyof State = never> = {
  readonly [Key in keyof State]: Key extends Own
    ? State[Key]
    : State[Key] extends ReadonlySignal<infer Value>
      ? ReadonlySignal<Value>
      : never;
};

/** `Own` names the facts that a session changes; its type lets it change no other. */
export abstract class Session<Own extends keyof State = never> {
  constructor(protected readonly state: Facts<Own>) {}
}

const commands = new WeakSet<object>();

/** Whether a method is a command. */
export const isCommand = (method: object): boolean => commands.has(method);

/**
 * The way that every action of a user takes: `@command` before a method. From then on the address follows the page, and
 * whatever the method throws, or rejects with, is said on the page instead: no command throws.
 */
export function command<Given extends unknown[], Answer>(
  _: object,
  __: string,
  method: TypedPropertyDescriptor<(...given: Given) => Answer>,
): void {
  const act = method.value!;
  method.value = function (this: Session<'touched' | 'trouble'>, ...given: Given) {
    const { touched, trouble } = this['state'];
    const failed = (thrown: unknown) => {
      if (!isAbort(thrown)) trouble.value = { fault: toFault(thrown), retry: 'nothing' };
    };
    touched.value = true;
    try {
      const answer = act.apply(this, given);
      return answer instanceof Promise ? (answer.catch(failed) as Answer) : answer;
    } catch (thrown) {
      return failed(thrown) as Answer;
    }
  };
  commands.add(method.value);
}
