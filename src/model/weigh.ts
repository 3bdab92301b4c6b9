/**
 * The last line of the network: its guess weighed against the noisy pixels, where it has a skip.
 *
 * What it is not: it knows no patches and no weights; `weigh` in training/snowglobe/model.py says the same. On the CPU, as
 * patches.ts is: a few operations for each of 16,000 pixels, after the one read-back.
 */

/** Of the logit: an untrained variance of 0.0067, a guess that is off by 0.08 of the 2 from black to white. */
const varianceBias = -5;
/** Never nothing: a clean pixel could not be weighed against it. */
const leastVariance = 1e-6;

/**
 * A clean pixel is believed to be `guess` give or take a variance; then the noisy x = t clean + (1 - t) noise is seen. Its
 * mean is now that of both, each by how sure it is: the skip connection of EDM (Karras et al. 2022), with a weight that the
 * network says for each pixel. Pure noise says nothing; a clean pixel is returned as it is.
 *
 * said: (3, F, H, W), returned as it is, or (4, F, H, W), of which the last is the logit of the variance; x: (3, F, H, W);
 * levels: (F, H, W) or (1,). Returns (3, F, H, W).
 */
export function weigh(said: Float32Array, x: Float32Array, levels: Float32Array): Float32Array {
  if (said.length === x.length) return said;
  const pixels = x.length / 3;
  const guess = new Float32Array(x.length);
  for (let i = 0; i < pixels; i++) {
    const t = levels.length === 1 ? levels[0] : levels[i];
    const variance = Math.max(leastVariance, 1 / (1 + Math.exp(-said[3 * pixels + i] - varianceBias)));
    const noise = (1 - t) ** 2; // its variance
    const sum = noise + variance * t * t;
    for (let c = i; c < x.length; c += pixels) guess[c] = (noise * said[c] + variance * t * x[c]) / sum;
  }
  return guess;
}
