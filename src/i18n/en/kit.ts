/**
 * The teacher's kit in English: lesson plan, slides, worksheet, answer key, starter, homework. No part of the page: `npm run kit`
 * and the build make documents of it (scripts/kit). What the story says already is not said again here: its questions,
 * choices, statements and computed sentences come from story.ts, the words from glossary.ts.
 *
 * The worksheet, the starter and the homework are for somebody who is 14 (tests/scripts/kit.test.ts measures them); plan and
 * answer key are for their teacher.
 */
import type { Facts } from './story';
import { count, decimal, list, percent } from './numbers';

/** What the kit's own sentences quote: the story's facts, and what was measured on the recorded runs. */
export interface KitNumbers extends Facts {
  readonly otherWords: number; // share of the picture that looks different: same noise, other words
  readonly otherNoise: number; // same words, other noise
  readonly falls: readonly number[]; // gravity of the three balls, in units of their world's
  readonly kept: readonly (number | null)[]; // share of its speed that each keeps at the ground
  readonly due: number; // and that the law asks for
  readonly lateChange: number; // share of the picture that the second half of the steps changes
}

/** A row of a timetable. `chapter` of the story, from 1; null: no device is needed. */
export interface Phase {
  readonly minutes: string;
  readonly title: string;
  readonly chapter: number | null;
  readonly pupils: string;
  readonly you: string;
}

export const kit = {
  title: 'Snowglobe in the classroom',
  lead: 'Everything for a lesson on how a machine makes a film. Print it, or show it. No document asks for a program, an account or a password.',
  language: 'English',
  made: 'All pictures and numbers come from recorded runs of the networks on the page; whoever enters the same words, seed and settings gets the same.',
  page: 'To the page',
  noAddress: 'Opened from a disk: the codes appear where this document is opened from a web address.',
  names: {
    plan: 'Lesson plan',
    slides: 'Slides',
    worksheet: 'Worksheet',
    large: 'Worksheet, large print',
    answers: 'Answer key',
    glossary: 'Glossary',
    starter: 'Starter without computers',
    homework: 'Homework',
    article: 'Article',
  },
  about: {
    plan: '45 minutes, or 20. What to prepare the evening before, what to ask, what pupils say and what to reply.',
    slides: 'Eight pages for the projector. Each asks first; a click shows what came of it.',
    worksheet: 'Two pages for each pair: predictions on the front, what was measured on the back.',
    large: 'The same questions in large letters, with room to write.',
    answers: 'What comes out, with pictures, and answers of three levels to the open questions.',
    glossary: 'The words of the page, and what the field calls them.',
    starter: 'Five minutes with paper and pencil: a picture out of noise, made by four people who may not talk.',
    homework: 'Three tasks to choose from: break it, measure it, or find out where a film comes from.',
    article: 'How text-to-video works, to read: ten minutes, six figures.',
  },

  plan: {
    question: 'How does a machine make a film?',
    forWhom:
      'For classes of 13 to 18 years, in computing, physics, art or ethics. Nobody has to program, and nobody has to know anything before. It takes 45 minutes; a version of 20 minutes stands below.',
    aims: 'What they can say afterwards',
    aimList: [
      'A film comes out of noise and learned numbers. It is not looked up in a store of clips.',
      'All its frames come out of the noise together, step by step.',
      'Words push the film in a direction. What they leave open, the noise decides, and the seed names the noise.',
      'To look right is one thing, to follow a law another. One can measure the difference.',
      'Eyes alone do not tell who made a film. One has to ask where it comes from.',
    ],
    needs: 'What you need',
    needList: [
      'One laptop, tablet or phone for each pair, with a current browser. Old ones will do: the chapters play recorded runs, which look the same on every device.',
      'A projector, and the slides of this kit.',
      'One worksheet for each pair, printed on both sides, and a large-print one for whoever wants it.',
      'A network for the first visit. After that the page works without one. What pupils write stays on their device.',
    ],
    evening: 'The evening before, ten minutes',
    eveningList: [
      'Open the page on one of the school’s devices. If the film plays, the lesson works.',
      'Go through chapters 1, 4 and 7 yourself, and do predict. You will be wrong at least once; tell the class about it.',
      'Print the worksheet, and look through the answer key.',
      'Put the link where pupils find it, or let them scan the code on the first slide.',
      'No network in the room? Whoever runs the page can make one file of it (npm run build:single). Copy it to a stick; a double click opens it.',
    ],
    forPupils: 'The link for pupils',
    forPupilsHelp: 'It opens the story and hides the laboratory.',
    timetable: '45 minutes',
    short: '20 minutes',
    columns: ['Minutes', 'Part', 'Pupils', 'You'],
    phases: [
      {
        minutes: '0 – 4',
        title: 'Before',
        chapter: null,
        pupils: 'Answer the two questions at the top of the worksheet, each for themselves.',
        you: 'Do not correct anything. The same two questions come again at the end, and then they compare.',
      },
      {
        minutes: '4 – 10',
        title: 'From noise',
        chapter: 1,
        pupils: 'Predict, then play one film of each kind.',
        you: 'Hands up before anybody plays: who says same, some, other? Afterwards: “Where was the fish before it was there?”',
      },
      {
        minutes: '10 – 16',
        title: 'Learning by wrecking',
        chapter: 2,
        pupils: 'Guess at 95, 80 and 50 % noise, then pull the slider to nothing.',
        you: 'Ask: “What would you have to have seen before, to guess that well?” That is what training is.',
      },
      {
        minutes: '16 – 22',
        title: 'All frames at once',
        chapter: 4,
        pupils: 'Predict which frames are ready half-way, then visit three rows of the sheet.',
        you: 'Let one pair read its sentence out, and write the three numbers on the board.',
      },
      {
        minutes: '22 – 28',
        title: 'Words as steering',
        chapter: 5,
        pupils: 'Predict what is settled last, then look one step before.',
        you: 'Ask: “Why is the place settled so early?” Large things can be guessed through thick noise.',
      },
      {
        minutes: '28 – 36',
        title: 'Does it know physics?',
        chapter: 7,
        pupils: 'Predict, then play the three balls and the green heart. Fill in the table on the back.',
        you: 'Collect the gravities on the board. “A program with the law in it would give 1.0 each time. What is this, then?”',
      },
      {
        minutes: '36 – 41',
        title: 'Us and Sora',
        chapter: 8,
        pupils: 'Say which of two films is the network’s, then read the label.',
        you: 'Count who was taken in. “This one is tiny. How would you tell with a large one?”',
      },
      {
        minutes: '41 – 45',
        title: 'After',
        chapter: null,
        pupils: 'Answer the same two questions again, then read both answers.',
        you: 'Ask for one sentence that has changed. Nobody has to show a mark: there are none.',
      },
    ] satisfies readonly Phase[] as readonly Phase[],
    shortPhases: [
      {
        minutes: '0 – 2',
        title: 'Before',
        chapter: null,
        pupils: 'Say to a neighbour where the film comes from.',
        you: 'Show slide 1 and collect three answers without a comment.',
      },
      {
        minutes: '2 – 8',
        title: 'From noise',
        chapter: 1,
        pupils: 'Predict, then play one film of each kind.',
        you: 'Hands up first. Afterwards: “Where was the fish before?”',
      },
      {
        minutes: '8 – 11',
        title: 'All frames at once',
        chapter: 4,
        pupils: 'Vote by hand.',
        you: 'On the projector: visit three rows of the sheet, and read the sentence out.',
      },
      {
        minutes: '11 – 18',
        title: 'Does it know physics?',
        chapter: 7,
        pupils: 'Predict, play the three balls and the green heart, tell the gravities.',
        you: 'Collect the numbers on the board.',
      },
      {
        minutes: '18 – 20',
        title: 'After',
        chapter: null,
        pupils: 'Say the sentence from the beginning again, as they would say it now.',
        you: 'Homework: any of the three tasks.',
      },
    ] satisfies readonly Phase[] as readonly Phase[],
    spare: 'Fast pairs go on with chapter 3 (patches) and chapter 6 (steps and samplers). Both stand alone.',
    said: 'What pupils say, and what helps',
    saidColumns: ['They say', 'What helps'],
    saidRows: ({
      parameters,
      megabytes,
      clips,
      otherWords,
      falls,
      words,
      lateChange,
    }: KitNumbers): readonly (readonly [string, string])[] => [
      [
        '“It searches the internet and glues clips together.”',
        `It keeps no clip. All it has is ${count(parameters)} numbers, ${megabytes} MB. The ${count(clips)} clips that it saw would fill more than two thousand times as much. And it asks the internet for nothing: switch the network off and try.`,
      ],
      [
        '“The film is hidden in the noise.”',
        `Then one noise could become one film only. Chapter 1: same noise, other words, and ${percent(otherWords)} of the picture looks different.`,
      ],
      [
        '“It draws the first frame, then the second.”',
        'Chapter 4: half-way down the sheet the first, the middle and the last frame are about equally far.',
      ],
      [
        '“Somebody programmed how a ball falls.”',
        `Nobody did. Chapter 7: three balls fall at ${list(falls.map(decimal))} times the gravity of their world. With a program it would be 1.0 each time.`,
      ],
      [
        '“It understands what I say.”',
        `It knows ${words} words, and has learned which films go with them. A word that it never saw does nothing. Let them type one.`,
      ],
      [
        '“More steps make a better film.”',
        `Only at first. Chapter 6: the second half of the steps changes ${percent(lateChange)} of the picture in a way that one sees.`,
      ],
      [
        '“It dreams.” “It wants …”',
        'Ask what it does in one step. “It guesses how the film looks without noise” can be checked. “It dreams” cannot.',
      ],
      [
        '“You can always tell that it is fake.”',
        'Chapter 8: count how many of the class were wrong, with a network a thousand times too small.',
      ],
    ],
    trouble: 'If something goes wrong',
    troubleRows: [
      ['“Recorded run” stands below the film.', 'That is as it should be: the chapters play recorded runs.'],
      [
        'A device shows no film after a minute.',
        'Reload once. Then let the pair join another one: one screen is enough for four.',
      ],
      ['The network is slow.', 'One device is enough: show the chapters on the projector, and let the class vote.'],
      [
        'Somebody cannot see the pictures, or uses no mouse.',
        'The page works by keyboard and with a screen reader, and says in words what a film shows. Flashing is held back.',
      ],
    ] as readonly (readonly [string, string])[],
    measure: 'Did it change anything?',
    measureList: [
      'The two open questions, before and after, are your measure. Give each answer one letter and count.',
      'P for person: it thinks, wants, knows, dreams. S for store: it searches, copies, glues. D for data: it has learned from many films, it guesses, there is noise. O for other.',
      'If there are more of D and fewer of P and S at the end, the lesson has worked.',
    ],
  },

  slides: {
    noise: 'Four frames of pure noise',
    subtitle: 'Today we look inside one.',
    scan: 'Scan, or type the address',
    open: (number: number) => `Open chapter ${number}`,
    answer: 'What came of it',
    patches: 'The network never sees a picture. It sees 128 patches: 8 by 8 pixels, 2 frames long.',
    end: 'What we know now',
    endList: [
      'It starts from noise, and guesses.',
      'All frames come at once.',
      'Words push. Noise decides the rest.',
      'It knows how falling looks, not the law.',
      'Ask where a film comes from.',
    ],
  },

  worksheet: {
    name: 'Names',
    date: 'Date',
    front: 'First: what do you think?',
    before: 'Answer these two before you open anything. There are no marks.',
    predict: 'Predict, then look',
    predictHelp: 'Make a cross before you try it on the page. A wrong guess teaches as much as a right one.',
    back: 'What came of it',
    backHelp: 'The page gives you a sentence with numbers in each chapter. Copy the numbers here.',
    table: {
      noise: ['Same noise, other words: so much looks different', 'Same words, other noise: so much looks different'],
      wrecking: ['At 95 % noise we said', 'At 80 % noise we said', 'At 50 % noise we said', 'It was'],
      together: ['Half-way, the first frame was still this far off', 'The middle frame', 'The last frame'],
      words: ['Settled first, at step', 'Settled last, at step'],
      physics: [
        'Ball 1: gravity, and speed that it kept',
        'Ball 2: gravity, and speed that it kept',
        'Ball 3: gravity, and speed that it kept',
        'Asked for a green heart. What we see',
      ],
      sora: ['The film by the network was on the', 'How many in your class were wrong'],
    },
    because: 'If there were a law of falling in it, the three balls would',
    after: 'And now?',
    afterHelp: 'Answer the two questions once more. Do not look at the front.',
    changed: 'Then turn the page over. What has changed?',
  },

  answers: {
    lead: 'For the teacher. The pictures are frames 1, 6, 11 and 16 of each film.',
    seed: (seed: number) => `seed ${seed}`,
    makeIt: 'Make it yourself',
    makeItHelp:
      'Each of these links runs the film live, with the same words, seed and settings, once the network is loaded.',
    steps: (step: number, of: number) => `after step ${step} of ${of}`,
    heights: 'How high the three balls are, frame by frame',
    statements: 'The seven statements',
    open: 'The open questions, at three levels',
    levels: ['Getting there', 'Secure', 'Deep'],
    exemplars: [
      {
        question: 'Where does the film come from?',
        answers: [
          'From noise. The computer makes it clearer and clearer until there is a film.',
          'It starts from noise, which is chance. In each step the network guesses the finished film from what it has learned, and goes a bit towards the guess. The words push the guess.',
          'From noise and from numbers that were learned. No clip is kept: the numbers are far too few. The same noise gave a ball and a fish, so the film was not in the noise. And other noise gave another ball, so the words alone do not fix it.',
        ],
      },
      {
        question: 'Why do films made by AI sometimes go wrong?',
        answers: [
          'Because it does not really know how things are. It only guesses.',
          'It has learned how films look, not the laws behind them. Our balls did not all fall alike. And what it saw too seldom, or never, it makes badly.',
          'It was trained to make small errors in guessing, not to keep laws or to count. So it is good where it saw many cases and poor where it saw none, as with speeds it had never seen. And if words leave something open, or ask for two things at once, each guess is a middle of many films that would fit.',
        ],
      },
      {
        question: 'Has it learned the law of falling? Say how you know.',
        answers: [
          'No, the balls did not fall alike.',
          'No. We measured three balls, and their gravity was not the same. With a law it would be.',
          'Not as a law. All clips that it saw had the same gravity, and ours did not hit it, and kept more or less speed than they should. It makes something like the cases it saw. To be sure one would test it where it saw no cases: there it fails by far more.',
        ],
      },
    ],
  },

  glossary: {
    lead: 'How the page says it, how the field says it, and what it is.',
    columns: ['On the page', 'In the field', 'What it is'],
  },

  starter: {
    lead: 'Five minutes, in groups of four. You need this page for each group and a pencil.',
    how: 'How it goes',
    steps: [
      'Each group gets a sheet with grey squares, and one secret word: boat, fish, rocket or heart. Nobody outside the group may hear it.',
      'The first of you fills up to eight squares with the pencil, so that it looks a little more like the word. Do not talk, and do not explain.',
      'Pass it on. The next one fills up to eight more. Go round once.',
      'Hang all sheets up. Can the others say what it is?',
    ],
    noise: (letter: string) => `Noise ${letter}`,
    word: 'Our word',
    talk: 'Talk about it',
    questions: [
      'Two groups had the same noise and other words. How alike are their pictures?',
      'Two groups had the same word and other noise. What is the same, and what is not?',
      'Was the picture in the grey squares before you began?',
      'Nobody drew the whole picture. Who made it?',
    ],
    bridge:
      'For the teacher: that is what the network does. It starts from noise, and each step is a small move to what it takes the picture to be. Only that it changes all squares of all frames in each step, and needs no hand to do it. Give the same noise to two groups with other words, and the other noise to a group with one of those words.',
  },

  homework: {
    lead: 'Choose one of the three. You need the page, and it has to load its network first: that is 12 MB, once.',
    tasks: {
      break: {
        title: 'Break it',
        steps: [
          'Open the Lab, and there “Break it”.',
          'Choose one of the breaks. Write down first what you think it will do to the film.',
          'Try it. Copy the sentence that the page says about the damage.',
          'Make a poster: the film before, the film after, and in three sentences why this breaks it.',
        ],
      },
      measure: {
        title: 'Measure it',
        steps: [
          'Let it make “a small red ball bouncing at night” with five different seeds.',
          'Below each film stands what our reader measured. Write down the gravity and how much speed the ball kept.',
          'Draw the five gravities as dots on a line from 0 to 2. Where would they all lie if the network had a law?',
          'Do it once more with another thing or place. Is the spread larger or smaller?',
        ],
      },
      origin: {
        title: 'Where does it come from?',
        steps: [
          'Find a short film on the net that somebody calls fake, or that looks too good.',
          'Who showed it first? When? Who else has it? Write down how you looked.',
          'Is there a label on it that says how it was made? Who put it there?',
          'What would you need, to be sure? Say it in two sentences.',
        ],
      },
    },
    levels: 'What counts',
    levelList: [
      'You said what you expected before you looked.',
      'You wrote down what you saw so that others can check it: words, seed, settings, or address and date.',
      'You said why, and how sure you are.',
    ],
  },
};

export type KitStrings = typeof kit;
