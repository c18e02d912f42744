import { type Case, said, spoken } from "./case.ts";

/** English, and other languages in Latin letters. */
export const ENGLISH: readonly Case[] = [
  {
    name: "en-talk",
    about: "a talk without word times",
    segments: [
      said(
        0,
        14,
        "So the first thing that you want to do when you are setting up a new project is to make sure that the team agrees on what the goal is, because otherwise you will spend months building something that nobody asked for.",
      ),
      said(14.4, 17.5, "That is the most important lesson I learned."),
    ],
  },
  {
    name: "en-speech",
    about: "a famous speech, word-timed, slow",
    segments: [
      spoken(
        0.3,
        "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.",
        { msPerUnit: 180, commaMs: 500, stopMs: 700 },
      ),
    ],
  },
  {
    name: "en-monologue-40s",
    about: "one segment of forty seconds with word times",
    segments: [
      spoken(
        2,
        "When I was a kid, my grandfather used to take me fishing every single Sunday, and to be honest I hated it. I hated getting up at five in the morning, I hated the smell of the bait, and most of all I hated the silence. He never said anything. We would just sit there for hours, staring at the water, waiting for something to happen. It took me about thirty years to understand that the silence was the whole point. He wasn't waiting for fish. He was spending time with me, in the only way that he knew how, and I would give anything to have one more of those Sundays.",
        { msPerUnit: 120, commaMs: 200, stopMs: 450 },
      ),
    ],
  },
  {
    name: "en-whisper-mid-sentence",
    about: "segments that end in the middle of a sentence, as whisper cuts them",
    segments: [
      said(0, 4.2, "The quick brown fox jumped over the lazy dog and then it went to"),
      said(4.2, 7.9, "the other side of the river where nobody had ever been"),
      said(7.9, 9, "before."),
    ],
  },
  {
    name: "en-short-segments",
    about: "backchannels",
    segments: [
      said(0, 0.3, "Yeah."),
      said(0.4, 0.7, "Right."),
      said(0.8, 3, "I totally agree with that."),
      said(7, 7.4, "Okay."),
    ],
  },
  {
    name: "en-fast",
    about: "faster than anybody reads",
    segments: [
      said(
        0,
        6,
        "Terms and conditions apply, offer valid while supplies last, not available in all states, see store for details, side effects may include dizziness, nausea, and an overwhelming desire to read the small print.",
      ),
    ],
  },
  {
    name: "en-abbreviations",
    about: "full stops that end nothing",
    segments: [
      said(
        0,
        9,
        "Dr. Smith met Mr. Jones at 10.30 a.m. on St. Mark's Road, where the U.S. embassy used to be, and paid 3.50 dollars for a coffee.",
      ),
    ],
  },
  {
    name: "en-names",
    about: "first and last names, titles, articles: not torn where it can be helped",
    segments: [
      said(
        0,
        10,
        "The new film by Christopher Nolan, starring Cillian Murphy and Emily Blunt, tells the story of Robert Oppenheimer and the Manhattan Project.",
      ),
    ],
  },
  {
    name: "en-quotes",
    about: "quotation marks, dashes, brackets",
    segments: [
      said(
        0,
        9,
        "He said, “I'll be back” — and then he (rather surprisingly) actually did come back, with two pizzas and a “small” cake.",
      ),
    ],
  },
  {
    name: "en-url",
    about: "an address longer than a line",
    segments: [
      said(
        0,
        8,
        "You can find everything at https://www.example.com/documentation/getting-started/installation?platform=linux if you want to try it.",
      ),
    ],
  },
  {
    name: "en-long-word",
    about: "a word longer than a line",
    segments: [
      said(
        0,
        6,
        "The village is called Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and it is in Wales.",
      ),
    ],
  },
  {
    name: "en-bbc",
    about: "the BBC's style: 37 characters, no gaps where there is no pause",
    segments: [
      said(
        0,
        6,
        "Good evening. The Prime Minister has announced a general election, to be held on the fourth of July.",
      ),
      said(
        6.3,
        11,
        "Our political editor is in Downing Street, and she has been following the day's events.",
      ),
      said(13, 15, "Over to you, Laura."),
    ],
    style: "bbc",
  },
  {
    name: "en-plain",
    about: "the vendor's segments as they are",
    segments: [
      said(
        0,
        6,
        "Good evening. The Prime Minister has announced a general election, to be held on the fourth of July.",
      ),
    ],
    style: "plain",
  },
  {
    name: "en-numbers",
    about: "numbers with what they count",
    segments: [
      said(
        0,
        9,
        "We sold 12,500 units in the first 3 months, that is an increase of 45 % over last year, and about 2.5 million dollars in revenue.",
      ),
    ],
  },
  {
    name: "en-one-line",
    about: "one short line a cue, as on a telephone",
    segments: [
      said(
        0,
        8,
        "If you want to go fast, go alone, but if you want to go far, you will need to go together.",
      ),
    ],
    settings: { overrides: { maxLine: 25, maxLines: 1 } },
  },
  {
    name: "en-no-punctuation",
    about: "neither punctuation nor capitals, word times with pauses",
    segments: [
      {
        ...spoken(
          0,
          "okay so what we are going to do today, is we are going to build a small web server, and then we will deploy it to the cloud",
          { commaMs: 500 },
        ),
        text: "okay so what we are going to do today is we are going to build a small web server and then we will deploy it to the cloud",
      },
    ],
  },
  {
    name: "de-compounds",
    about: "German: long words",
    segments: [
      said(
        0,
        8,
        "Die Donaudampfschifffahrtsgesellschaft hat gestern bekannt gegeben, dass der Geschäftsbetrieb aufgrund wirtschaftlicher Schwierigkeiten eingestellt wird.",
      ),
    ],
    settings: { language: "de" },
  },
  {
    name: "fr-marks",
    about: "French: blanks before marks, guillemets",
    segments: [
      said(
        0,
        7,
        "Il m'a dit : « Tu viens demain ? » et je lui ai répondu que non, parce que j'avais déjà un rendez-vous !",
      ),
    ],
    settings: { language: "fr" },
  },
  {
    name: "th-no-blanks",
    about: "Thai: no blanks between words",
    segments: [said(0, 7, "สวัสดีครับวันนี้เราจะมาเรียนรู้เกี่ยวกับปัญญาประดิษฐ์และการนำไปใช้ในชีวิตประจำวันของเรา")],
    settings: { language: "th" },
  },
];
