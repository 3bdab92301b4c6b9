/** The real worker, but its graphics processor can be taken away: any message { destroy: true } destroys the device. */
let device: GPUDevice | undefined;
const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (...given) {
  device = await requestDevice.apply(this, given);
  return device;
};
addEventListener('message', ({ data }: MessageEvent<{ destroy?: true }>) => data.destroy && device?.destroy());

const early: MessageEvent[] = []; // the page speaks before the real worker listens
const keep = (event: MessageEvent) => early.push(event);
addEventListener('message', keep);
void import('../../src/workers/worker').then(() => {
  removeEventListener('message', keep);
  for (const { data } of early) dispatchEvent(new MessageEvent('message', { data }));
});

export {};
