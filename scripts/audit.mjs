/**
 * npm run audit: asks the registry of npm whether a hole is known in any package that is installed here, and says so in one
 * line for each. No part of `npm test`, which must be the same without a network and tomorrow.
 *
 * What it is not: it changes nothing. What is shipped in the page is held by its checksum (package-lock.json).
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const shipped = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const { stdout, error } = spawnSync(npm, ['audit', '--json'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
const answer = read(stdout);
const counts = answer?.metadata?.vulnerabilities;

if (!counts) {
  const why = error?.message || answer?.message || answer?.error?.summary || 'it gave no answer';
  console.error(`AUDIT: not done. The registry of npm could not be asked (${why.trim().split('\n')[0]}).`);
  console.error('Run it again where there is a network.');
  process.exitCode = 2;
} else {
  const found = Object.values(answer.vulnerabilities);
  for (const { name, severity, via, fixAvailable } of found) {
    const titles = via.map((each) => (typeof each === 'string' ? `by way of ${each}` : `${each.title} (${each.url})`));
    const where = shipped.includes(name) ? ', shipped in the page' : '';
    console.log(`${severity}: ${name}${where}: ${titles.join('; ')}; ${fixAvailable ? 'a mended version is there' : 'no mended version yet'}`); // prettier-ignore
  }
  const total = answer.metadata.dependencies?.total ?? 'all';
  console.log(found.length ? `AUDIT: BAD, ${found.length} packages of ${total}` : `AUDIT: good, ${total} packages`);
  process.exitCode = found.length ? 1 : 0;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
