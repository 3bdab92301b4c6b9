/**
 * The story in English: eight chapters, the quiz, the ten questions. A file of its own, which comes with the story's view and
 * not with the page. The other languages have the same keys: `StoryStrings` is their type.
 *
 * For somebody who is 14: short sentences, one thought each. tests/lessons/reading-level.test.ts measures it. Numbers come
 * from src/lessons/facts.ts, where it says who measured them.
 */
import { count, decimal, list, percent, tenth } from './numbers';

export interface Facts {
  readonly parameters: number;
  readonly megabytes: number;
  readonly clips: number;
  readonly minutes: number; // on an ordinary processor
  readonly gpuClips: number; // of the clips, those that were seen on a graphics processor
  readonly gpuMinutes: number;
  readonly words: number;
  readonly blocks: number;
  readonly errorInside: number; // percent, like the next two
  readonly errorSlower: number;
  readonly errorStraight: number;
  readonly twoThings: number;
  readonly twoThingsRight: number; // of them
  readonly spreadPlain: number;
  readonly spreadGuided: number;
  readonly largeOpen: number;
  readonly samplers: number;
  readonly drawnTokens: number; // patches of the film as large as the stage shows it
  readonly drawnTimes: number; // so many times as many pairs as the network works with
}

type Thing = string; // as the world names it: "fish"

export const story = {
  title: 'The story',
  intro: [
    'Eight short chapters. In each of them you predict something, try it out, and see what came of it. Two to four minutes each, in any order.',
    'It works without a network connection once the page is here. What you write stays on this device.',
  ],
  chapter: (number: number, of: number) => `Chapter ${number} of ${of}`,
  contents: 'All chapters',
  start: 'Begin',
  goOn: 'Go on',
  next: 'Next chapter',
  previous: 'Chapter before',
  found: 'done',
  claim: 'What this chapter says',
  predict: 'Predict first',
  predictHelp: 'There are no marks. A wrong guess teaches as much as a right one.',
  fix: 'That is my prediction',
  notANumber: 'Give a number.',
  do: 'Now try it',
  shown: 'What came of it',
  yours: 'You predicted',
  came: 'It was',
  asPredicted: 'As you predicted.',
  otherwise: 'Not as you predicted.',
  again: 'Once more from the start',
  equation: 'The equation',
  play: (name: string) => `Play: ${name}`,
  played: (seen: number, of: number) => `${seen} of ${of} seen and read`,
  loading: 'The pictures are on their way …',
  lacking: 'The pictures of this chapter could not be fetched. Check the connection, then open the chapter again.',

  // chapter by chapter
  chapters: {
    noise: {
      title: 'From noise',
      claim:
        'Every film here begins as pure noise. There is no store of films to search, and no film lies hidden in the noise.',
      before: () => [
        'The globe shows a film before its first step. There is nothing in it yet. Each pixel got its colour by chance, as if by rolling dice.',
        'From such noise the network makes a film, step by step. In each step it guesses what the finished film may look like. Then the picture moves a little way towards that guess.',
        'Each noise has a number, the seed. The same seed gives the same noise, pixel for pixel. So we can start two films from one noise, and change only the words.',
      ],
      ask: {
        alike: {
          question:
            'Two films start from exactly the same noise. Only their words differ. How alike will the films be?',
          choices: {
            same: 'The same film: it was in the noise all along',
            some: 'Much the same, with some parts changed',
            other: 'Two quite different films',
          },
        },
      },
      deed: 'Play a film that has the same noise and other words. Then play one with the same words and other noise.',
      films: {
        'story/same-noise-heart.snow': 'same noise, “a big pink heart”',
        'story/same-noise-fish.snow': 'same noise, “a big orange fish”',
        'story/other-noise-1.snow': 'same words, other noise',
        'story/other-noise-2.snow': 'same words, yet other noise',
      },
      reveal: ({ words, seeds, likeness }: { words: number; seeds: number; likeness: number }) =>
        `Same noise, other words: ${percent(words)} of the picture looks different. Same words, other noise: ${percent(seeds)}. Your last film follows the noise that it came from to ${percent(likeness)}, where 100 % would be a copy.`,
      after: ({ parameters, megabytes, clips }: Facts) => [
        `So does it search a store of clips? No. It keeps none of the clips that it saw while it learned. All it has is ${count(parameters)} numbers, in a file of ${megabytes} MB. The ${count(clips)} clips would fill a file more than two thousand times as large.`,
        'Is the film hidden under the noise, like a stone under snow? No. From one noise came a ball at night, and from the same noise a fish at sea. The noise gives the start, and the words give the way.',
        'Why do two seeds give two films? The words say what shall be there. They do not say exactly where, or how high it jumps. What the words leave open, the noise decides.',
        'If the network is loaded, press Shake. That is fresh noise, with a new seed.',
      ],
      equation:
        'z₀ is what it starts from, ε is the noise: one number by chance for each pixel and colour. The film x is not in it.',
    },

    wrecking: {
      title: 'Learning by wrecking',
      claim: 'It learned from one exercise, done over and over: here is a film under noise, now guess the film.',
      before: () => [
        'How can a machine learn to make films out of noise? By the opposite. To wreck a film is easy: you lay noise over it.',
        'Below are four frames of one small clip. Our own program drew it, so we know what it shows. Then we laid noise over it.',
        'The network got the same clip under the same noise, and no words. Its guesses were recorded. You see them after your own.',
      ],
      ask: {
        at95: {
          question: '95 % noise. What is in the clip?',
          choices: { ball: 'a ball', heart: 'a heart', boat: 'a boat', fish: 'a fish' },
        },
        at80: {
          question: '80 % noise. And now?',
          choices: { ball: 'a ball', heart: 'a heart', boat: 'a boat', fish: 'a fish' },
        },
        at50: {
          question: '50 % noise. What do you say now?',
          choices: { ball: 'a ball', heart: 'a heart', boat: 'a boat', fish: 'a fish' },
        },
      },
      deed: 'Pull the slider down to no noise at all, and see what it was.',
      films: {},
      reveal: ({
        thing,
        levels,
      }: {
        thing: Thing;
        levels: readonly { noise: number; yours: string; its: string | null; off: number }[];
      }) => {
        const right = (whose: 'yours' | 'its') => levels.filter((level) => level[whose] === thing).length;
        const [first, last] = [levels[0], levels[levels.length - 1]];
        return `It was a ${thing}. You saw it at ${right('yours')} of ${levels.length} noise levels, and in the network’s guess it could be seen at ${right('its')}. At ${percent(first.noise)} noise its pixels were ${percent(first.off)} off, at ${percent(last.noise)} they were ${percent(last.off)} off.`;
      },
      after: ({ clips, minutes, gpuClips, gpuMinutes }: Facts) => [
        'That is the whole of training. Take a clip, and lay noise over it. Let the network guess the clip, and see how far off the guess is. Then change each of its numbers a tiny bit, so that the guess gets better. Then take the next clip.',
        `This network did so with ${count(clips)} clips, and saw each of them once. We who made this page trained it: for ${count(minutes)} minutes on an ordinary computer, and then for ${gpuMinutes} minutes on one of the chips that large systems learn on. In those ${gpuMinutes} minutes it saw ${count(gpuClips)} of the clips. Our own program drew all of the clips. None came from the internet.`,
        'No one told it what a ball is, or how things fall. It found out by itself what helps with guessing.',
        'And a machine that can guess through much noise can also start from nothing but noise. Its first guess is poor. But with each step there is less noise left, and so its guesses get better.',
      ],
      equation:
        'z is what the network gets: a share t of the clip x and a share 1 − t of the noise ε. Training makes the error of its guess x̂ small.',
      figure: {
        slider: 'Noise',
        clip: (noise: number) => `Four frames of the clip, under ${percent(noise)} noise`,
        guess: (noise: number) => `The network’s guess at ${percent(noise)} noise`,
        live: (noise: number) => `What the network on your device guesses now, at ${percent(noise)} noise`,
        off: (off: number) => `${percent(off)} off`,
        sees: (thing: string | null) =>
          thing ? `in it our reader sees a ${thing}` : 'our reader sees no clear thing in it',
      },
    },

    patches: {
      title: 'Patches of space and time',
      claim:
        'The network sees no whole pictures. It sees small blocks, each a piece of the picture through a bit of time.',
      before: () => [
        'A text is cut into words before a network can read it. A film is cut as well.',
        'One piece is called a patch. Here it is a square of 8 by 8 pixels. It also lasts for 2 frames, so it has a size in space and a size in time. That is why it is called a spacetime patch. Turned into a list of numbers, a patch is a token.',
        'Our film has 16 frames, and each frame has 32 by 32 pixels.',
      ],
      ask: { count: { question: 'Into how many patches does the network cut the film?', choices: {} } },
      deed: 'Cut the film in at least two other ways, and watch both numbers.',
      films: {},
      reveal: ({ own, ownPairs, tokens, pairs }: { own: number; ownPairs: number; tokens: number; pairs: number }) =>
        `The network cuts it into ${count(own)} patches: 8 in time, 4 down and 4 across. Your finest cut makes ${count(tokens)}. Each patch looks at each patch, so there are ${count(pairs)} pairs in place of ${count(ownPairs)}: ${times(pairs / ownPairs)}.`,
      after: ({ drawnTokens, drawnTimes }: Facts) => [
        'Small patches can show fine things, but they cost a lot. Twice as many patches make four times as many pairs. Large patches are cheap, but then one list of numbers has to hold more than it can.',
        'Sora does the same: its makers write that it works on spacetime patches. But its films are large. Ten seconds in full HD, cut like ours, would be almost four million patches. No computer can work through so many pairs.',
        'So large systems first squeeze the film. Another network makes it much smaller, and that small one is cut into patches. Ours works small, too. What you see on the stage is 128 by 128 pixels.',
        `Cut at that size, the film would be ${count(drawnTokens)} patches, with ${count(drawnTimes)} times as many pairs. So the network works on 32 by 32 pixels. At the end a second one, the decoder, draws each frame four times as wide and as high.`,
      ],
      equation:
        'Frames, rows and columns, each divided by the size of a patch, give the number N of patches. The pairs are N².',
      figure: {
        frames: 'Frames in a patch',
        side: 'Pixels along its side',
        tokens: (tokens: number) => `${count(tokens)} patches`,
        pairs: (pairs: number) => `${count(pairs)} pairs that look at each other`,
        picture: (side: number) => `A frame of the film, cut into squares of ${side} by ${side} pixels`,
        own: 'the network’s own cut',
      },
    },

    together: {
      title: 'All frames at once',
      claim:
        'It does not draw one frame after the other. All frames come out of the noise together, and they look at each other.',
      before: () => [
        'A cartoon is drawn picture by picture. Is this film made like that, too? You can look into the run at each step and check.',
        'The sheet below shows all of it. Film time runs across, from the first frame to the last. The steps run down, from noise to film. Each small picture is what the network believes at that step.',
      ],
      ask: {
        middle: {
          question: 'Half-way down the steps: which frames are nearly finished?',
          choices: {
            first: 'The first frames. The last ones are still noise',
            all: 'All of them are about equally far',
            last: 'The last frames. It works backwards',
          },
        },
        cut: {
          question: 'Now cut all looks through time: each patch sees only its own two frames. What comes out?',
          choices: {
            same: 'The same film',
            apart: 'A film that falls apart from frame to frame',
            still: 'A film that stands still',
          },
        },
      },
      deed: 'Visit at least three rows of the sheet, somewhere between the first and the last. Click, or use the arrow keys. Then play the film without looks through time.',
      films: { 'story/cut-time.snow': 'the fish, without looks through time' },
      live: 'Cut them live',
      liveHelp: 'The same noise and words, drawn anew by the network on your device.',
      reveal: ({
        step,
        steps,
        first,
        middle,
        last,
        whole,
        cut,
      }: {
        step: number;
        steps: number;
        first: number;
        middle: number;
        last: number;
        whole: number;
        cut: number;
      }) =>
        `You looked at step ${step} of ${steps}. There the first frame was still ${tenth(first)} away from how it ended, the middle one ${tenth(middle)}, the last one ${tenth(last)}. From one frame to the next ${tenth(whole)} of the film changed, and ${tenth(cut)} without looks through time.`,
      after: ({ blocks }: Facts) => [
        'So it does not draw frame by frame. All 128 patches go through the network at the same time, those of the first frame and those of the last.',
        'On their way the patches look at each other. That is called attention. Each patch sends out a kind of question, as a list of numbers. Each patch also carries a kind of label, its key. Where question and key fit well, the patch takes over a lot. Where they do not, it takes over little.',
        `This happens ${blocks} times in a row in each guess, in ${blocks} blocks of the network. Which questions are worth asking, it has learned by itself. If the network is loaded, the view “Inside” shows where each patch looks.`,
        'So a patch of the last frame can see where the fish was in the first. Cut such looks, and each two frames make up a fish of their own. Place and colour stay, for the words name them. The way of the fish is lost.',
      ],
      equation:
        'Each question q meets each key k. Softmax turns how well they fit into shares that add up to 1. By these shares the values v are mixed.',
    },

    words: {
      title: 'Words as steering',
      claim:
        'The words do not say what to paste. They push each guess, and not all of them take hold at the same step.',
      before: () => [
        'In most steps the network guesses twice: once with your words, and once with none. The way from one guess to the other is like an arrow. It points to where the words want to go.',
        'Guidance means to follow that arrow further than the network would by itself. Here it goes twice as far.',
        'The film on the stage was made from the words “A small purple rocket moving up fast at night”.',
      ],
      ask: {
        last: {
          question: 'Which of these was settled last?',
          choices: {
            setting: 'The place: night',
            colour: 'The colour: purple',
            thing: 'The thing: a rocket',
            motion: 'The motion: up',
          },
        },
      },
      deed: 'The chart shows from which step on each word is settled. Go to the step where the last of them came, then look at one step before.',
      films: {},
      reveal: ({ order }: { order: readonly { what: keyof typeof settledNames; step: number }[] }) =>
        `In your run ${list(order.map(({ what, step }) => `${settledNames[what]} stood from step ${step} on`))}.`,
      after: ({ words, spreadPlain, spreadGuided }: Facts) => [
        'So what do the words do, and when? They push every guess from the first steps on. But they take hold in turn. Large things come first: is it light or dark, is there a sea? One can guess that even through thick noise. Small things come late, because the noise hides them longest.',
        `Does it understand you? It knows ${words} words, each as a list of numbers. It has learned which films go with which words. A word that it never saw does nothing at all.`,
        `More guidance is not better. Push too hard, and colours burn out, edges get hard, and all seeds look the same. We measured it: from guidance 1 to guidance 6, films of the same words get ${percent(1 - spreadGuided / spreadPlain)} less varied (measured with nano, the smaller network that this one grew from).`,
        'If the network is loaded, try it: in the Lab, under “Break it”, press “Guidance 15”.',
      ],
      equation:
        'The guess without words, plus the arrow from there to the guess with words, taken w times. w is the guidance: 1 is plain.',
    },

    roads: {
      title: 'Roads from noise',
      claim: 'Many roads lead from the noise to a film. More steps help a lot at first, and later hardly at all.',
      before: ({ samplers }: Facts) => [
        'The guess says where the film may lie. A step goes part of the way, and then the network guesses anew. Many small steps, or a few large ones? We can choose.',
        `The rule that turns guesses into steps is called a sampler. There are ${samplers} of them on this page.`,
        'The film on the stage took sixteen steps. Now think of only one: straight from pure noise to a film.',
      ],
      ask: {
        one: {
          question: 'What comes out if it may take just one step?',
          choices: {
            film: 'The same film, only quicker',
            blur: 'A place perhaps, but no clear thing in it',
            noise: 'Nothing but noise',
          },
        },
      },
      deed: 'Go to the first row of the sheet. That first guess is exactly the film of a run with one step. Then go down to the last row.',
      films: {},
      reveal: ({
        steps,
        one,
        all,
        total,
        late,
      }: {
        steps: number;
        one: number;
        all: number;
        total: number;
        late: number;
      }) =>
        `After one step our reader finds ${one} of the ${total} words that were asked for. After all ${steps} steps it finds ${all}. The second half of the steps changed only ${percent(late)} of the picture in a way that one sees.`,
      after: () => [
        'Why is the first guess so empty? In pure noise anything is possible: the ball may be here or there, high or low. The best guess is the middle of all these films. And the middle of a thousand balls in a thousand places is no ball.',
        'So is more always better? No. More steps help at first, because each new guess has less noise before it. But every step costs time and power. The later ones change less and less, until no one can see it. With guidance, more is even worse at some point.',
        'Each sampler takes a road of its own. Those that add no fresh noise end at the same film, if they may take very many steps. With few steps a good one gets nearer.',
        'If the network is loaded, let them race: in the Lab, under “The race”. Trust your eyes as well. A film may be right in every word and still be a blur.',
      ],
      equation:
        'v is the direction: from where it stands to its guess, divided by the way that is left. A step follows it for a length h.',
    },

    physics: {
      title: 'Does it know physics?',
      claim: 'It has learned how falling looks. It has not learned the law of falling.',
      before: () => [
        'Each clip that it learned from keeps to exact laws. All things fall with the same gravity. A ball that hits the ground keeps 85 % of its speed.',
        'No one told the network so. It saw only films. Has it found the law?',
        'You can play three films of the same words, each from other noise. Our reader is a program that looks at the finished film alone. It measures how fast the ball falls.',
        'There is also a film of something that it never saw. The map below shows which pairs we left out on purpose. One of them is “green heart”.',
      ],
      ask: {
        law: {
          question: 'Will the three balls fall with the same gravity?',
          choices: { same: 'Yes, to within a tenth', different: 'No, clearly not' },
        },
        hole: {
          question: 'It never saw a green heart. What will it draw when asked for one?',
          choices: {
            right: 'A green heart',
            colour: 'A heart in some other colour',
            thing: 'Something that is no heart',
          },
        },
      },
      deed: 'Play all three balls and the green heart. Give the reader a moment after each.',
      films: {
        'a-small-red-ball-bouncing-at-night.snow': 'the ball',
        'story/other-fall-1.snow': 'the ball, second noise',
        'story/other-fall-2.snow': 'the ball, third noise',
        'story/hole.snow': 'the green heart',
      },
      reveal: ({
        balls,
        due,
        hole,
      }: {
        balls: readonly { g: number; kept: number | null }[];
        due: number;
        hole: { colour: string | null; thing: string | null };
      }) => {
        const gained = balls.some(({ kept }) => kept !== null && kept > 1);
        const seen = [hole.colour, hole.thing].filter(Boolean).join(' ');
        return `Your balls fell at ${list(balls.map(({ g }) => decimal(g)))} times the gravity of their world. They kept ${list(balls.map(({ kept }) => (kept === null ? 'an unclear share' : percent(kept))))} of their speed at the ground, where the law says ${percent(due)}.${gained ? ' One came up faster than it fell: no real ball can do that.' : ''} And in the last film our reader sees ${seen ? `a ${seen}` : 'nothing clear'}.`;
      },
      after: ({ errorInside, errorSlower, errorStraight, twoThings, twoThingsRight }: Facts) => [
        `So does it know physics? Not as a law. It has seen many falls, and it makes something that looks like them. We tested nano, the smaller network that this one grew from, on things that move straight on, and gave it the first frames. At speeds like those in training it was ${errorInside} % off. At slower speeds than it ever saw it was ${errorSlower} % off. A ruler would have been ${errorStraight} % off.`,
        `What it can do is join words. It knows green things, and it knows hearts. So it may get a green heart right although it never saw one. Two things at once are hard for it: of ${twoThings} tries ${twoThingsRight} came out right.`,
        'Larger systems have the same weakness. Researchers trained some on simple motion, too, and found that they lean on cases they have seen more than on a law.',
      ],
      equation:
        'How far a thing has fallen after n frames, if g is the gravity. At the ground its speed turns round, times 0.85.',
      figure: {
        map: 'What it has seen',
        seen: 'seen in training',
        left: 'left out',
        others: (pairs: string) => `Left out as well: ${pairs}. And all speeds between “slowly” and “fast”.`,
      },
    },

    sora: {
      title: 'Us and Sora',
      claim:
        'The idea is the same, and the large ones are thousands of times larger. That buys a lot, but not everything.',
      before: () => [
        'Now you know the parts: noise, guesses, patches, attention, words that push, steps. Sora and others like it are built from the same parts.',
        'Below are two small films of the same words. One was drawn by our program, by exact rules. The other one came out of noise, from the network.',
      ],
      ask: {
        which: {
          question: 'Which of the two was made by the network?',
          choices: { left: 'The left one', right: 'The right one' },
        },
      },
      deed: 'Press “Read the label”, and see what a saved run says about itself.',
      films: {},
      reveal: ({
        right,
        side,
        parameters,
        larger,
      }: {
        right: boolean;
        side: 'left' | 'right';
        parameters: number;
        larger: number;
      }) =>
        `The ${side} one came from the network: ${right ? 'you saw it' : 'it took you in'}. This network is made of ${count(parameters)} numbers. The largest open one that we know of has about ${count(Math.round(larger / 100) * 100)} times as many.`,
      after: ({ words, largeOpen }: Facts) => [
        `What does Sora do that this does not? It makes long films, up to a minute, sharp and of nearly anything that you can write down. Ours lasts two seconds, is 32 pixels wide, and knows ${words} words. How large Sora is, its makers do not say. Open systems of its kind have up to ${count(largeOpen / 1e9)} billion numbers, and saw millions of films.`,
        'What stays the same at any size? Things pass through each other, hands melt, a long wish is followed only in part. And each film costs a lot of power.',
        'What is it good for? You can try out a scene before you film it, or show what no camera can. What is it bad for? Lies: people in films that they never made, events that never were. Such a film is called a deepfake.',
        'A network shows the world of its data. Ours knows eight things in six places. A large one knows films by the million, with all that they show too often, too seldom, or falsely. And many who made those films were never asked.',
        'How can you know who made a film? Your eyes will help you less and less. Ask where it comes from: who shows it first, who else has it? Makers can put in a mark that you see, a hidden one, or a signed label. All of these help, and all can be taken out again. A run that you save here says which network made it, and from which words.',
      ],
      equation:
        'How many times as many numbers. And in attention the work grows with the square of the number N of patches.',
      figure: {
        left: 'Left',
        right: 'Right',
        label: 'Read the label',
        says: 'What a saved run says about itself',
        fields: {
          model: 'Network',
          prompt: 'Words',
          seed: 'Seed',
          steps: 'Steps',
          sampler: 'Sampler',
          guidance: 'Guidance',
        },
      },
    },
  },

  // the quiz without marks
  quiz: {
    title: 'What do you think?',
    help: 'Two open questions, before the story and after it. No one marks them. They stay on this device.',
    before: 'Before the story',
    after: 'After the story',
    open: {
      where: 'Where does the film come from?',
      wrong: 'Why do films made by AI sometimes go wrong?',
    },
    statements: 'Seven statements. True or false?',
    yes: 'True',
    no: 'False',
    so: (right: boolean, truth: boolean) => `${right ? 'Yes' : 'No'}, it is ${truth ? 'true' : 'false'}.`,
    said: {
      store: {
        text: 'The network searches a store of clips and puts pieces of them together.',
        why: 'It keeps no clips. It has only learned numbers, far too few to hold the clips that it saw.',
      },
      under: {
        text: 'The film is hidden under the noise, and the network uncovers it.',
        why: 'The noise has nothing of the film in it. Other words make another film of the same noise.',
      },
      frames: {
        text: 'It draws the first frame, then the second, and so on.',
        why: 'All frames come out of the noise together. At each step they are about equally far.',
      },
      rules: {
        text: 'A person wrote into it how a ball falls.',
        why: 'It only saw films. That is why its balls do not all fall alike.',
      },
      again: {
        text: 'The same words, the same noise and the same settings give the same film again.',
        why: 'Chance comes in with the noise, and the seed fixes the noise. So a run can be repeated and checked.',
      },
      more: {
        text: 'More steps and more guidance always make a better film.',
        why: 'Later steps change almost nothing. Too much guidance burns colours out and makes all films alike.',
      },
      joins: {
        text: 'It can draw a pair of words that it never saw together.',
        why: 'It learned what each word does. The green heart came out of two words that it knew apart.',
      },
    },
    save: 'Save my answers',
    unkept:
      'This browser does not keep what you write here: it is gone once the page is closed. Save it as a text file before.',
    saveHelp: 'A text file for yourself, or to hand in. Nothing is sent anywhere.',
    forget: 'Forget my answers',
    fileName: 'my-answers.txt',
  },

  // the ten questions
  ten: {
    title: 'Ten questions',
    help: 'A short answer to each, and the place where the story shows it.',
    goTo: (chapter: string) => `See it in “${chapter}”`,
    questions: {
      store: { ask: 'Does it search in stored clips?', answer: 'No. It keeps no clips, only learned numbers.' },
      under: {
        ask: 'Is the film hidden under the noise?',
        answer: 'No. The same noise can become quite different films.',
      },
      frames: { ask: 'Does it draw frame by frame?', answer: 'No. All frames come out of the noise together.' },
      words: {
        ask: 'What do the words do, and when?',
        answer: 'They push each guess. The place is settled first, small things come late.',
      },
      seeds: {
        ask: 'Why do two seeds give different films?',
        answer: 'The seed is the noise, and it decides all that the words leave open.',
      },
      physics: { ask: 'Does it know physics?', answer: 'It knows how falling looks, not the law of it.' },
      more: {
        ask: 'Is more always better?',
        answer: 'No. Later steps hardly help, and too much guidance spoils the film.',
      },
      patch: {
        ask: 'What is a spacetime patch?',
        answer: 'A small square of the picture through a few frames: the piece that the network works with.',
      },
      attention: {
        ask: 'What is attention?',
        answer: 'Each patch looks at all others and takes over from those that fit.',
      },
      sora: {
        ask: 'What does Sora do that this does not?',
        answer: 'Long, sharp films of nearly anything, with thousands of times as many numbers.',
      },
    },
  },
};

export type StoryStrings = typeof story;

const settledNames = { setting: 'the place', colour: 'the colour', thing: 'the thing', motion: 'the motion' };

function times(factor: number): string {
  return factor === 1 ? 'the same work' : `${factor < 1 ? factor.toFixed(2) : count(factor)} times the work`;
}
