/**
 * The article in English: how text-to-video works, for somebody who reads and presses nothing. No part of the page: the kit has
 * it as article.html, and docs/article.md is the same text (scripts/kit/article.ts). Its six figures are pictures of
 * recorded runs, and each opens as a chapter of the story, live, in its place.
 */
import type { KitNumbers } from './kit';
import { count, decimal, list, percent, tenth } from './numbers';

export interface ArticleNumbers extends KitNumbers {
  readonly rightInAll: number; // percent of prompts of one thing that come out right in every word
  readonly off: readonly number[]; // error of its guess at 95, 80, 50 % noise, as a share of black to white
  readonly halfWay: readonly number[]; // how far first, middle and last frame are from their end, half-way
  readonly settled: readonly { readonly what: 'setting' | 'colour' | 'thing' | 'motion'; readonly step: number }[];
  readonly one: number; // words right after one step
  readonly asked: number; // that were asked for
  readonly steps: number;
  readonly larger: number; // how many times as many numbers the largest open one has
}

export const figureNames = ['clearing', 'wrecking', 'patches', 'together', 'words', 'physics'] as const;
export type FigureName = (typeof figureNames)[number];

export interface Part {
  readonly title: string;
  readonly text: readonly string[];
  readonly figure?: { readonly name: FigureName; readonly caption: string };
  readonly more?: readonly string[]; // after the figure
}

export const article = {
  title: 'A film out of noise',
  lead: 'How a machine turns a sentence into a moving picture, shown on one that is small enough to look inside.',
  about: 'All pictures are from recorded runs of the network on this page, and all numbers were measured on them.',
  tryIt: 'Try it here',
  toPage: 'To the page',
  otherLanguage: 'Diesen Artikel auf Deutsch lesen',
  made: 'Made by `npm run kit -- --docs` of the text that the page `kit/en/article.html` shows; the figures are there.',
  figure: (number: number) => `Figure ${number}`,
  parts: (n: ArticleNumbers): readonly Part[] => [
    {
      title: 'Type a sentence, get a film',
      text: [
        'You type a sentence. A minute later there is a film that nobody shot: a dog on a surfboard, a street in the rain, a face that says what it never said. Systems such as Sora do this, and from the outside one sees only the two ends, the words and the film. What lies between looks like magic, or like theft, or like a mind at work. It is none of these. It is one simple idea, done very many times.',
        `This article shows the idea on a network that we made as small as we could. It is called mini. It knows ${n.words} words and one little world, in which balls bounce, hearts grow and fish swim. Its films have 16 frames of 32 by 32 pixels and last two seconds. The largest open system of its kind has about ${count(100 * Math.round(n.larger / 100))} times as many numbers in it. But the parts are the same, and in a small one you can watch every part at work.`,
      ],
    },
    {
      title: 'It starts with nothing',
      text: [
        'Every film here starts as noise: each pixel of each frame gets its colour by chance, as if someone had rolled dice. There is no film in it, not even a faint one. Then the network looks at the noise and guesses: if this were a film of a small red ball at night, covered by noise, what would the film look like? That guess is poor, a dark blur. But it is better than nothing, so the picture is moved a little way towards it. Now there is a bit less noise, and the network guesses again. This guess is a little better, because there is less in the way. After sixteen such steps the noise is gone, and a film stands there.',
      ],
      figure: {
        name: 'clearing',
        caption: `Four frames of one film. Above, what the run starts from. Below, what the network believes the finished film to be, after 1, 5, 9 and 16 steps. After the first step our reader finds ${n.one} of the ${n.asked} words that were asked for, after the last all ${n.asked}.`,
      },
      more: [
        'Two numbers describe such a run. One says where you are in the film: the frame. The other says how far the noise is gone: the timestep, 0 for pure noise and 1 for a clean film. They are easily confused, and the confusion is at the root of most wrong ideas about these machines. The film does not come out of the noise from its beginning to its end, as one shoots a film. The whole of it comes out of the noise at once, from blurred to sharp.',
        `So is the film hidden in the noise, as a statue in a block of stone? We can test that. We took the very same noise, pixel for pixel, and changed only the words. Out came a heart in a meadow, and a fish at sea: ${percent(n.otherWords)} of the picture looks different. Then we kept the words and took other noise. Now ${percent(n.otherNoise)} looks different: it is a small red ball at night again, but it jumps elsewhere. The words say what there shall be. What they leave open, the noise decides.`,
        `And does it search a store of clips? There is no room for one. All that the network is made of are ${count(n.parameters)} numbers, a file of ${n.megabytes} MB. The clips that it has seen would fill more than two thousand times as much.`,
      ],
    },
    {
      title: 'How it learned: by wrecking films',
      text: [
        'Where do the guesses come from? Nobody wrote down how a ball looks or how it falls. The network learned to guess, by one exercise done over and over. Take a clip. Lay noise over it, a little or a lot. Let the network guess the clip. Measure how far off the guess is, and change each of its numbers by a tiny amount, in the direction that makes the error smaller. Take the next clip.',
        `Mini did this with ${count(n.clips)} clips, each seen once, in ${n.minutes} minutes of training on the processor of an ordinary computer and ${n.gpuMinutes} on a graphics processor, which showed it eight in ten of them. Our own program drew all of the clips, so we know exactly what they show and which laws they keep. That is a luxury. Large systems learn from millions of films that people made, and of many of those people nobody asked leave.`,
      ],
      figure: {
        name: 'wrecking',
        caption: `A clip under 95, 80 and 50 % noise (left), and what the network made of it (right). It was given no words. Its pixels are ${n.off.map(percent).join(', ')} off. Look at the left side first: what would you have said?`,
      },
      more: [
        'Now turn the exercise round. A machine that can guess a film through much noise can also be given nothing but noise, and be told that there is a film under it. It does what it has learned: it guesses. It is a little like seeing faces in clouds, only that afterwards the cloud is changed to look more like the face, and then one looks again. The field calls this diffusion, or flow matching: the exact path from noise to film differs, and the idea does not.',
      ],
    },
    {
      title: 'Bricks of space and time',
      text: [
        'A network of this kind is called a transformer. It was invented for text, and it works on lists: of words, or of pieces of words, called tokens. To give it a film, the film is cut up. Mini cuts it into blocks of 8 by 8 pixels that last for 2 frames: spacetime patches, 128 of them. Each becomes one token, a list of numbers. The makers of Sora say that theirs works on spacetime patches, too.',
      ],
      figure: {
        name: 'patches',
        caption:
          'One frame, cut as the network cuts it: 4 by 4 squares, and 8 layers of them in time. The network never sees more of the picture than these 128 lists of numbers.',
      },
      more: [
        'How fine to cut is a matter of cost. Each patch looks at each other patch, so 128 patches make 16,384 pairs. Cut twice as fine in every direction, there are eight times as many patches and 64 times as many pairs. Ten seconds in full HD, cut like ours, would be almost four million patches, which no computer can handle. So large systems first squeeze the film with another network, and cut up the squeezed one. Ours is so tiny that it can do without. Only at the end a second network, the decoder, draws each frame four times as wide and as high.',
      ],
    },
    {
      title: 'All frames at once',
      text: [
        'The heart of a transformer is attention. Each patch sends out a kind of question, and each carries a kind of label. Where a question and a label fit, the one takes over what the other knows. Which questions are worth asking, nobody told it; that was learned with the rest. In mini this happens ten times in a row for each guess, in ten blocks.',
        'This is what makes a film out of sixteen pictures. A patch in the last frame can look at where the fish was in the first. If each frame were made alone, each would be a fine picture of some fish, and the film would flicker. Because all of them look at each other at each step, they come to agree.',
      ],
      figure: {
        name: 'together',
        caption: `The sheet: film time runs across, steps run down. Half-way the first frame is still ${tenth(n.halfWay[0])} away from how it ends, the middle one ${tenth(n.halfWay[1])}, the last one ${tenth(n.halfWay[2])}.`,
      },
      more: [
        'The sheet is also the answer to a common question: no, it does not draw frame after frame. Row by row, all frames are about equally far.',
      ],
    },
    {
      title: 'Words push',
      text: [
        'Where do the words come in? They are tokens as well, and every patch may look at them. That alone gives films that follow the words only loosely. So there is a trick, which most large systems use, too. At each step the network guesses twice, once with your words and once without any. The way from the second guess to the first is like an arrow that says: this is what the words want. Then one simply goes further along that arrow than the network would. How much further is called the guidance scale.',
        `One would think that more is better. It is not. With a high scale colours burn out, edges get hard, and all seeds begin to look the same: from scale 1 to scale 6, films of the same words get ${percent(1 - n.spreadGuided / n.spreadPlain)} less varied (measured with nano, the smaller network that mini was grown from).`,
      ],
      figure: {
        name: 'words',
        caption: `“A small purple rocket moving up fast at night.” We read the guess of every step by machine: ${list(n.settled.map(({ what, step }) => `${settledNames[what]} stands from step ${step} on`))}.`,
      },
      more: [
        'Not every word takes hold at the same time. Large things are settled first, light or dark, land or sea, because one can guess them even through thick noise. Small and fine ones come later.',
        'And does it understand the sentence? It has learned which films go with which words. It does not know that a rocket is for flying to the moon. A word that it has never seen does nothing at all.',
      ],
    },
    {
      title: 'Short ways and long ways',
      text: [
        `The guess only says where the film may lie. How to go there is up to us: in one giant step, in four, in a hundred; straight, or with a correction half-way. Such a rule is called a sampler, and there are ${n.samplers} of them on the page. Each asks the network a number of times, and each of these model calls costs time and power.`,
        `One step gives a blur. In pure noise the ball may still be anywhere, and the best guess is the middle of all the films that would fit; and the middle of a thousand balls in a thousand places is no ball. More steps help, because each new guess has less noise before it. But the gain soon ends. In our run of ${n.steps} steps the second half changed only ${percent(n.lateChange)} of the picture in a way that one sees.`,
      ],
    },
    {
      title: 'It knows how falling looks',
      text: [
        'In the little world every ball falls with the same gravity, and keeps 85 % of its speed when it hits the ground. The network was never told. It only saw films. Has it found the law?',
        `We let it make the small red ball three times, from three seeds, and measured each film frame by frame. The balls fell at ${list(n.falls.map(decimal))} times the gravity of their world, and kept ${list(n.kept.map((share) => (share === null ? 'an unclear share' : percent(share))))} of their speed. Each of the films looks right. But something that had the law in it would give the same number each time.`,
      ],
      figure: {
        name: 'physics',
        caption:
          'How high the three balls are, frame by frame, read from the finished films. Below, a green heart: a pair of words that training never showed together.',
      },
      more: [
        `A sharper test is to leave the ground that it knows. We gave nano the first frames of things that move straight on. At speeds that it had seen it was ${n.errorInside} % off. At slower speeds than it had ever seen, it was ${n.errorSlower} % off. With a ruler one would have been ${n.errorStraight} % off. Researchers have found the same in larger networks: they lean on cases they have seen more than on a law (Kang and others, “How Far Is Video Generation from World Model”, 2024).`,
        'Yet it is no mere copyist. In training we left out some pairs on purpose; it never saw a green heart. Asked for one, it draws one. It knows green things, and it knows hearts, and it can join the two. What it learned lies somewhere between copying and understanding, and we have no good everyday word for that place.',
      ],
    },
    {
      title: 'What this small one shows, and what it cannot show',
      text: [
        'What you have seen here is how the large ones work, as far as their makers have said: noise, guesses, spacetime patches, attention over all of them, words that push, a sampler, a decoder. The mistakes are of the same family, too. Things melt or pass through each other, a long wish is followed in part, and the look is right where the law is wrong.',
        `But a small one misleads as well. It knows eight things in six places, drawn by a program. It cannot show what comes with size: faces, fur, water, the camera that walks through a room, the thousands of words and styles, or the odd skills that nobody planned. It is right in every word for ${n.rightInAll} of 100 prompts of one thing; of ${n.twoThings} prompts of two things ${n.twoThingsRight} came out right. Nor does it show what size costs: the power, the water that cools the machines, the people who sort and label films, and the films taken without a question. And with it one cannot harm anyone, which is not true of the large ones.`,
      ],
    },
    {
      title: 'Who made this film?',
      text: [
        'One question is left, and it is not one of technology. If a machine can make a film of anything, what is a film still good for as a witness? Your eyes will help you less and less. In chapter 8 of our story two small films stand side by side, one drawn by rules and one by the network, and it is not easy to tell which is which, although this network fits into an e-mail. Better questions are: where does it come from? Who showed it first? Who else was there? Makers can put in a visible mark, a hidden one, or a signed label that says how a film came to be. All of these help, and all can be taken out by someone who wants to. So the last safeguard is a reader who asks.',
        'That is also why this page exists. One need not build such a machine to judge it. But one should have looked inside one once, and have been wrong about it a few times.',
      ],
    },
  ],
};

export type ArticleStrings = typeof article;

const settledNames = { setting: 'the place', colour: 'the colour', thing: 'the thing', motion: 'the motion' };
