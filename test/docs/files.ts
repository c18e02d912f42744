/**
 * The files that examples name, each with the shell lines that make it in the working folder of a
 * page. `$AUDIO` is the folder of recordings, `$FIXTURES` the one above it, `$DOCS` this one. A
 * folder's name stands for what is below it. Made in this order.
 */

import { CLIPS } from "./accounts.ts";

/** Two segments with words and speakers, as a vendor gives them. */
const TALK_JSON = 'cp "$FIXTURES/cases/by-name/librivox.expected.json"';

const TALK_SRT = `1
00:00:01,000 --> 00:00:04,000
欢迎各位来宾参加今天在上海举行的技术大会

2
00:00:04,040 --> 00:00:07,000
我们先来看议程
`;

/** A file with this text. */
const written = (name: string, text: string): string => `cat > ${name} <<'END'\n${text}\nEND`;

/** What was said in the recordings of `calls`; the shop's is the first. */
function texts(folder: string): [string, string] {
  const lines = [
    `mkdir -p ${folder}/monday`,
    `echo "${CLIPS[0].text}" > ${folder}/1.txt`,
    `echo "${CLIPS[1].text}" > ${folder}/2.txt`,
    `echo "${CLIPS[0].text}" > ${folder}/monday/shop.txt`,
  ];
  return [folder, lines.join("\n")];
}

export const FILES: Readonly<Record<string, string>> = {
  "fixtures/audio": 'mkdir -p fixtures && ln -s "$AUDIO" fixtures/audio',

  "meeting.wav": 'cp "$AUDIO/en-librivox-0870.wav" meeting.wav',
  "talk.wav": 'cp "$AUDIO/en-librivox-0890.wav" talk.wav',
  "talk.flac": 'cp "$AUDIO/compressed/en-librivox-0890.flac" talk.flac',
  "talk.m4a": 'cp "$AUDIO/compressed/en-librivox-0890.m4a" talk.m4a',
  "talk.mp4": 'cp "$AUDIO/compressed/en-librivox-0890.mp4" talk.mp4',
  "lecture.mp4": 'cp "$AUDIO/compressed/en-librivox-0890.mp4" lecture.mp4',
  /** Two voices, one on each side. */
  "call.wav":
    'node "$DOCS/write-stereo.ts" "$AUDIO/en-librivox-0890.wav" "$AUDIO/en-librivox-0870.wav" call.wav',
  /** Recordings, and beside them what was said. */
  calls: `mkdir calls && cp "$AUDIO/en-librivox-0890.wav" calls/1.wav && cp "$AUDIO/en-librivox-0870.wav" calls/2.wav
echo "${CLIPS[0].text}" > calls/1.txt; echo "${CLIPS[1].text}" > calls/2.txt`,
  /** What several machines see; /mnt is in the working folder here. One is too large for a queue. */
  "/mnt/recordings": `mkdir -p mnt/recordings && cp "$AUDIO/en-librivox-0890.wav" mnt/recordings
node "$DOCS/write-stereo.ts" "$AUDIO/en-librivox-0890.wav" "$AUDIO/en-librivox-0870.wav" mnt/recordings/call.wav`,
  "calls.jsonl": written(
    "calls.jsonl",
    '{"input": "calls/1.wav", "provider": "stepfun", "language": "zh", "output": "monday/shop"}\n' +
      '{"input": "calls/2.wav", "tags": ["noisy"], "reference": "refs/2.txt"}',
  ),

  "notes.txt": "echo 'no recording' > notes.txt",
  "corporate.pem": "node -p \"require('node:tls').rootCertificates[0]\" > corporate.pem",

  "talk.json": `${TALK_JSON} talk.json`,
  "talk.srt": written("talk.srt", TALK_SRT),
  "old.srt": written("old.srt", TALK_SRT),
  "other.srt": written("other.srt", TALK_SRT),
  subtitles: `mkdir subtitles && ${TALK_JSON} one.json && asr format one.json -f srt -o subtitles/ && rm one.json`,

  "talk.ref.txt": written(
    "talk.ref.txt",
    "欢迎各位来宾参加今天在上海举行的技术大会\n我们先来看议程",
  ),
  ...Object.fromEntries(["references", "transcripts", "new", "old"].map(texts)),
  "test-set.tsv": `cp "$AUDIO/en-librivox-0890.wav" set-1.wav && printf 'audio\\treference\\nset-1.wav\\t${CLIPS[0].text}\\n' > test-set.tsv`,

  /** Binaries are built by a test of their own: here they are names with a checksum. */
  "dist-bin": `mkdir -p dist-bin && echo asr > dist-bin/asr-linux-x64
(cd dist-bin && sha256sum asr-linux-x64 > SHA256SUMS)`,
  SHA256SUMS: "echo asr > asr-linux-x64 && sha256sum asr-linux-x64 > SHA256SUMS",

  /** A recording with its recorded answers, and one that is asked anew every week. */
  cases: `mkdir cases && cp "$AUDIO/en-librivox-0890.wav" cases/talk.wav
cp -r "$FIXTURES/cases/english/tencent-flash.cassette" cases/talk.cassette
cp "$FIXTURES/cases/english/tencent-flash.expected.txt" cases/talk.expected.txt
cp cases/talk.wav cases/weekly.wav
asr transcribe cases/weekly.wav -p stepfun -l zh --record cases/weekly.cassette > cases/weekly.expected.txt
printf 'audio: weekly.wav\\noptions: {language: zh}\\ntags: [weekly]\\n' > cases/weekly.case.yaml`,
};
