/** A phone that is shaken. Browsers that want to be asked ask once, on a press; where there is no such sensor nothing comes. */
import { ToAndFro } from './to-and-fro';

interface Asking {
  requestPermission?(): Promise<'granted' | 'denied'>;
}

/** Metres per second squared, from one end to the other: a firm shake, not a step on the stairs. */
const firm = 20;
/** Milliseconds of peace after a shake. */
const rest = 1500;

export const canBeShaken = (): boolean =>
  typeof DeviceMotionEvent !== 'undefined' && matchMedia('(pointer: coarse)').matches;

/** Calls `shaken` for each shake. Resolves to what ends it, or to null where it may not listen. */
export async function listenToShakes(shaken: () => void): Promise<(() => void) | null> {
  const { requestPermission } = DeviceMotionEvent as unknown as Asking;
  const answer = await requestPermission?.call(DeviceMotionEvent).catch(() => 'denied' as const);
  if (answer === 'denied') return null;
  const [across, along] = [new ToAndFro(firm), new ToAndFro(firm)];
  let last = -Infinity;
  const move = ({ acceleration, timeStamp }: DeviceMotionEvent) => {
    const turned = [across.at(acceleration?.x ?? 0, timeStamp), along.at(acceleration?.y ?? 0, timeStamp)];
    if (!turned.includes(true) || timeStamp - last < rest) return;
    last = timeStamp;
    shaken();
  };
  addEventListener('devicemotion', move);
  return () => removeEventListener('devicemotion', move);
}
