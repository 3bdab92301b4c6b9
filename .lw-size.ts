import { readFileSync } from 'node:fs';
import { decode, encode } from './src/recording/file';
import { replay } from './src/recording/recording';
for (const name of ['multi100', 'rk4', 'sde', 'rk4pp']) {
  const about = JSON.parse(readFileSync(`/tmp/lw/${name}.json`, 'utf8'));
  const buf = readFileSync(`/tmp/lw/${name}.f32`);
  const all = new Float32Array(buf.buffer, buf.byteOffset, buf.byteLength / 4);
  const n = 3 * 16 * 32 * 32;
  const guesses = Array.from({ length: all.length / n }, (_, i) => all.slice(i * n, (i + 1) * n));
  const t0 = process.cpuUsage().user;
  const file = await encode({ ...about, guesses });
  const cpu = (process.cpuUsage().user - t0) / 1e6;
  const exact = name.startsWith('rk4') ? null : (await encode({ ...about, guesses }, Infinity)).length;
  const read = await decode(file);
  let off = 0, sum = 0, count = 0;
  read.guesses.forEach((g, k) => g.forEach((v, i) => { const d = Math.abs(v - guesses[k][i]); if (d > off) off = d; sum += d * d; count++; }));
  const before = replay({ ...about, guesses }), after = replay(read);
  let xoff = 0;
  for (;;) { const [a, b] = [await before.next(), await after.next()]; if (a.done || b.done) break; a.value.x.forEach((v, i) => { xoff = Math.max(xoff, Math.abs(v - b.value.x[i])); }); }
  console.log(name, guesses.length, 'guesses', file.length, 'bytes; exact', exact, '; within', read.within, 'worst', off.toFixed(4), 'rms', Math.sqrt(sum / count).toFixed(4), 'x worst', xoff.toFixed(4), 'cpu s', cpu.toFixed(1));
}
