/** What every setting does, in one plain line, and what too much of it looks like. The keys are those of settings/settings.ts. */
export const settings = {
  seed: {
    name: 'Seed',
    does: 'Which noise it starts from. Same seed, same words: same film.',
    tooMuch: 'There is no too much: every number is just another film.',
    equation: 'What it holds is always a mixture of film and noise; t says how much is film. The seed is the noise.',
  },
  student: {
    name: 'Ask the student',
    does: 'The student is a network that has learned to do in four steps what its teacher takes 24 for. The pull of the words is built in, so its guidance stays at 1.',
    tooMuch:
      'It is a little less exact than its teacher; and with other than four steps it does what it never practised.',
    equation:
      'Its guess x̂ is the one with which a single step of length h ends where the teacher ends after several small ones.',
  },
  steps: {
    name: 'Steps',
    does: 'In how many small moves the noise clears.',
    tooMuch: 'Too few: blurred, half-made things. Too many: the same film, only slower.',
    equation: 'With n steps, t goes from 0 to 1 in n moves. Each costs one model call or more.',
  },
  sampler: {
    name: 'Sampler',
    does: 'The rule for going from one step to the next.',
    tooMuch: 'With many steps all of them meet in the same film; with few you see which one is exact.',
    equation:
      'The guess x̂ says where the film should end, and that gives a direction, the velocity v. The samplers differ in how they follow it for one step of length h.',
  },
  eta: {
    name: 'Fresh noise (eta)',
    does: 'How much new noise is mixed in after every step. 0: none.',
    tooMuch: 'Above 1 more falls than is cleared away: the film stays grainy.',
    equation: 'ε is fresh noise; s, its share, grows with eta. At 0 nothing is left of it.',
  },
  churn: {
    name: 'Stirring (churn)',
    does: 'How far each step goes too far and gets noise back. 0: not at all.',
    tooMuch: 'Long steps make mistakes of their own: shapes get washed out.',
    equation: 'u is the noise that is left. The step goes on to less noise than it should, and noise comes back.',
  },
  restarts: {
    name: 'Looks again',
    does: 'How often the finished film is covered with some noise once more. The mean of what is then seen is the film.',
    tooMuch: 'Outlines get calmer with the first two or three; more only take time. 0 shows what the steps alone make.',
    equation:
      'Noise εₖ is laid over the finished film x up to t = 0.65, n times. What is there is seen through each noise, a frayed outline is another one each time: the mean keeps what they have in common.',
  },
  rule: {
    name: 'Kind of guidance',
    does: 'How two guesses become one: the one with your words, and a worse one, without them or by an earlier copy of the network.',
    tooMuch:
      'Every kind breaks in its own way: CFG glares, autoguidance crumbles things into coloured grains. Compare them at the same strength.',
    equation: 'Both guesses are of the finished film. How they are joined is what the kinds differ in.',
  },
  guidance: {
    name: 'Guidance',
    does: 'How hard the words pull. 1 is plain.',
    tooMuch: 'Glaring colours, hard edges, and every seed the same; at last it breaks.',
    equation:
      'It guesses twice, with your words and with none. The difference is what the words want; guidance w goes that way w times as far.',
  },
  negative: {
    name: 'Away from',
    does: 'Words to stay away from. Empty: away from a film of anything.',
    tooMuch: 'Name what you asked for yourself, and it does not know where to go.',
    equation: 'The guess for these words takes the place of the guess for none.',
  },
  from: {
    name: 'Guidance from',
    does: 'The words pull harder only once the film is this far cleared.',
    tooMuch: 'Start late, and the thing is already decided: the words change only details.',
    equation: 'Outside the interval w is 1, and the network is asked only once: half the work.',
  },
  to: {
    name: 'Guidance until',
    does: 'The words pull harder only until the film is this far cleared.',
    tooMuch: 'Stop early, and the last details are whatever is likely.',
    equation: 'Outside the interval w is 1, and the network is asked only once: half the work.',
  },
  rescale: {
    name: 'Tame the contrast',
    does: 'Gives a strongly guided guess the contrast of the plain one back.',
    tooMuch: 'At 1 strong guidance looks grey and flat.',
    equation: 'σ is how far the numbers of a guess spread; φ is how much of the taming is taken.',
  },
  parallel: {
    name: 'Glare',
    does: 'How much of the pull may simply make the guess stronger.',
    tooMuch: 'At 1 it is ordinary guidance, glare and all.',
    equation: 'The pull d is split: along the guess (which only glares) and across it (which changes something).',
  },
  bound: {
    name: 'Longest pull',
    does: 'A pull longer than this is cut. 0: no limit.',
    tooMuch: 'A tiny limit leaves nothing of the words.',
    equation: 'The pull d is shortened to the length r where it is longer.',
  },
  momentum: {
    name: 'Memory (momentum)',
    does: 'How much of the earlier pulls is in each pull. Below 0: less of the same again.',
    tooMuch: 'Far below 0 every pull takes back the last one; above 0 they pile up and glare.',
    equation:
      'm adds up the pulls d of the steps so far, each older one β times as much; it is used in the place of d.',
  },
  schedule: {
    name: 'Schedule',
    does: 'Where on the way from noise to film the steps are small.',
    tooMuch: 'Big steps in much noise decide everything at once; big steps at the end leave grain.',
    equation: 'q runs evenly from 0 to 1, one share for each step; the schedule says which t belongs to it.',
  },
  curve: {
    name: 'Your own schedule',
    does: 'Drag the points: flat means small steps, steep means big ones.',
    tooMuch: 'A cliff is one giant step: whatever should happen there is skipped.',
    equation: 'Straight lines from point to point, from (0, 0) to (1, 1).',
  },
  shift: {
    name: 'Small steps in noise',
    does: '1: as the schedule says. More: small steps while there is much noise, big ones later.',
    tooMuch: 'Far above 1 the last step has to clear far too much at once.',
    equation: 'u is the noise that is left; shift s bends how it falls.',
  },
  backwards: {
    name: 'Lie about the noise',
    does: 'Tells the network that noise is a clean film, and that a clean film is noise.',
    tooMuch: 'It is always too much: this is here to be broken. It needs to know how much noise there is.',
    equation: 'The network is told 1 − t in the place of t.',
  },
  start: {
    name: 'Starting noise',
    does: 'What was done to the noise before the run, in the noise lab.',
    tooMuch: 'Noise that repeats itself is noise it never met in training.',
    equation: 'p is the share of the other noise. Dividing by the length keeps it as strong as real noise.',
  },
  then: {
    name: 'Then: other words',
    does: 'A second prompt, which the film turns to on its way. Empty: none.',
    tooMuch: 'Words that share nothing with the first ones leave a mix of both.',
    equation:
      'There are two guesses then, one for each prompt; b says how much the second counts, 0 until its step has come.',
  },
  at: {
    name: 'Other words after step',
    does: 'How many steps are made with the first words.',
    tooMuch: 'Late, nothing changes: what was decided by then stays. 0: the first words are never read.',
    equation: 'Before that step b is 0.',
  },
  blend: {
    name: 'Share of the other words',
    does: '1: only the other words count from then on. One half: both count alike.',
    tooMuch: 'Half of both can become one thing, or the other, or a thing that is neither.',
    equation: 'b from that step on. Where both prompts count, each step asks the network once more.',
  },
  ablation: {
    name: 'What if (ablation)',
    does: 'What the network has to do without, in the view Inside.',
    tooMuch: 'Without half of its blocks it draws nothing that one knows.',
    equation: 'm is 0 where a patch may read, and far below 0 where it may not: then nothing is left of the share.',
  },
  format: {
    name: 'Length and shape',
    does: 'How many frames the film has, and whether it is wide or tall; chosen in the view Make.',
    tooMuch: 'It was trained on one length and shape only: farther out, patches have places that it never met.',
    equation: 'F frames, H rows, W columns of patches: the network reads as many as there are.',
  },
};

export const options = {
  formats: {
    usual: 'As always',
    short: 'Short: half as long',
    long: 'Long: half as long again',
    wide: 'Wide: half as wide again',
    tall: 'Tall: half as high again',
    still: 'A picture: one patch in time',
  } as Record<string, string>,
  rules: {
    cfg: 'Plain (CFG)',
    cfgpp: 'CFG++: scale from 0 to 1',
    cfgzero: 'CFG-Zero*: fits the length first',
    apg: 'APG: without the glare',
    auto: 'Autoguidance: away from an earlier copy',
  } as Record<string, string>,
  schedules: {
    uniform: 'Even',
    'logit-normal': 'As it was trained',
    karras: 'Karras: small at both ends',
    cosine: 'Cosine',
    curve: 'Your own, drawn',
  } as Record<string, string>,
  samplers: {
    euler: 'Euler: one model call a step',
    heun: 'Heun: two model calls a step, more exact',
    midpoint: 'Midpoint: looks half-way',
    ab2: 'AB2: remembers one direction',
    ab3: 'AB3: remembers two directions',
    multistep: 'Multistep: one model call, and remembers the last',
    dpm2m: 'DPM++ 2M: remembers one guess',
    dpm3m: 'DPM++ 3M: remembers two guesses',
    unipc: 'UniPC: corrects its last step',
    rk4: 'RK4: four model calls a step, the yardstick',
    ancestral: 'Ancestral: fresh noise each step',
    ddim: 'DDIM: fresh noise each step',
    sde: 'SDE: stirs between two model calls',
  } as Record<string, string>,
};
