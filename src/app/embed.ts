/**
 * The film of a link in the frame of another page: a recorded run where there is one of exactly that film, and only then a
 * network, which is large.
 *
 * What it is not: no session. It does at the start what `Studio.open` does for the whole page.
 */
import { settingKeys, textOf } from './settings';
import type { Studio } from './studio';

/** `link` is what stands behind the # of the frame's address. */
export async function openEmbedded(studio: Studio, link: string): Promise<void> {
  const asks = studio.follow(link);
  const { request } = studio.state;
  await studio.runs.openRecordings(!asks);
  const run = studio.state.run.value;
  const { prompt, settings } = request.value;
  const same =
    run?.prompt === prompt && settingKeys.every((key) => textOf(run.settings, key) === textOf(settings, key));
  if (!asks || same)
    studio.runs.end(); // what waited for a network
  else await studio.engine.load();
}
