/** JSON of others: whisper's, OpenAI's, the vendors'; and what of ours is damaged. */
import { describe, expect, it } from "vitest";
import { readStored } from "../../../src/formats/reading/read.ts";
import type { Transcript } from "../../../src/transcript/transcript.ts";
import { answerReaders } from "./answer-readers.ts";

const read = (text: string): Promise<Transcript> => readStored(text, answerReaders);
const readValue = (value: unknown): Promise<Transcript> => read(JSON.stringify(value, null, 2));

function refusal(message: string | RegExp, details: object = {}) {
  return expect.objectContaining({
    exitCode: 3,
    message: typeof message === "string" ? message : expect.stringMatching(message),
    details: expect.objectContaining(details),
  });
}

describe("whisper", () => {
  const segment = { id: 0, seek: 0, start: 0.5, end: 2.25, text: " Hello there.", tokens: [1, 2] };

  it("with words", async () => {
    const words = [
      { word: " Hello", start: 0.5, end: 1, probability: 0.9 },
      { word: " there.", start: 1, end: 2.25, probability: 0.9 },
    ];
    const answer = { text: " Hello there.", segments: [{ ...segment, words }], language: "en" };
    expect(await readValue(answer)).toEqual({
      provider: "whisper",
      language: "en",
      durationMs: 2250,
      segments: [
        {
          text: "Hello there.",
          startMs: 500,
          endMs: 2250,
          words: [
            { text: "Hello", startMs: 500, endMs: 1000 },
            { text: "there.", startMs: 1000, endMs: 2250 },
          ],
        },
      ],
      warnings: [],
      requestIds: [],
    });
  });

  it("of WhisperX, where figures have no times", async () => {
    const words = [
      { word: "In", start: 0.5, end: 0.7, score: 0.5 },
      { word: "2024" },
      { word: "yes", start: 1.5, end: 2, score: 0.5 },
      { word: "7" },
    ];
    const answer = {
      segments: [{ ...segment, text: "In 2024 yes 7", words, speaker: "SPEAKER_01" }],
    };
    const [read] = (await readValue(answer)).segments;
    expect(read?.speaker).toBe("SPEAKER_01");
    expect(read?.words?.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [500, 700],
      [700, 1500],
      [1500, 2000],
      [2000, 2250],
    ]);
  });

  it("of whisper.cpp", async () => {
    const answer = {
      systeminfo: "AVX = 1",
      model: { type: "base", multilingual: true },
      result: { language: "zh" },
      transcription: [
        {
          timestamps: { from: "00:00:00,000", to: "00:00:01,500" },
          offsets: { from: 0, to: 1500 },
          text: "你好",
        },
      ],
    };
    expect(await readValue(answer)).toMatchObject({
      model: "base",
      language: "zh",
      segments: [{ text: "你好", startMs: 0, endMs: 1500 }],
    });
  });
});

describe("OpenAI's verbose JSON", () => {
  const facts = { task: "transcribe", language: "chinese", duration: 4.5, text: "你好。再见。" };
  const words = [
    { word: "你好", start: 0.25, end: 0.75 },
    { word: "再见", start: 2.25, end: 2.75 },
  ];

  it("with words beside the segments", async () => {
    const segments = [
      { id: 0, start: 0, end: 2, text: "你好。" },
      { id: 1, start: 2, end: 4, text: "再见。" },
    ];
    expect(await readValue({ ...facts, segments, words })).toMatchObject({
      language: "zh",
      durationMs: 4500,
      segments: [
        { text: "你好。", words: [{ text: "你好", startMs: 250, endMs: 750 }] },
        { text: "再见。", words: [{ text: "再见", startMs: 2250, endMs: 2750 }] },
      ],
    });
  });

  it("with words alone", async () => {
    expect((await readValue({ ...facts, words })).segments).toEqual([
      {
        text: "你好。再见。",
        startMs: 250,
        endMs: 2750,
        words: [
          { text: "你好", startMs: 250, endMs: 750 },
          { text: "再见", startMs: 2250, endMs: 2750 },
        ],
      },
    ]);
  });

  it("with text alone: times are estimated, and it is said", async () => {
    const { segments, warnings } = await readValue({ text: "你好。再见。" });
    expect(segments.map(({ text, approximate }) => [text, approximate])).toEqual([
      ["你好。", true],
      ["再见。", true],
    ]);
    expect(segments[0]?.endMs).toBe(segments[1]?.startMs);
    expect(warnings.map(({ code }) => code)).toEqual(["estimated-times"]);
  });

  it.each([
    ["mandarin", "zh"],
    ["Haitian Creole", "ht"],
    ["pt-BR", "pt-BR"],
    ["klingon the great", undefined],
  ])("names %s", async (language, tag) => {
    expect((await readValue({ text: "a", language })).language).toBe(tag);
  });
});

describe("answers of vendors", () => {
  it("Tencent flash", async () => {
    const sentence = (text: string, start_time: number, speaker_id: number) => ({
      text,
      start_time,
      end_time: start_time + 800,
      speaker_id,
      word_list: [{ word: text, start_time, end_time: start_time + 700, stable_flag: 1 }],
    });
    const answer = {
      request_id: "r1",
      code: 0,
      message: "",
      audio_duration: 2386,
      flash_result: [
        {
          text: "你好。再见。",
          channel_id: 0,
          sentence_list: [sentence("你好。", 0, 0), sentence("再见。", 900, 1)],
        },
      ],
    };
    expect(await readValue(answer)).toMatchObject({
      provider: "tencent-flash",
      durationMs: 2386,
      requestIds: ["r1"],
      segments: [
        { text: "你好。", startMs: 0, endMs: 800, speaker: "0", words: [{ text: "你好。" }] },
        { text: "再见。", startMs: 900, endMs: 1700, speaker: "1" },
      ],
    });
  });

  it("Tencent realtime, an answer a line", async () => {
    const slice = (seq: number, slice_type: number, index: number, voice_text_str: string) => ({
      code: 0,
      message: "成功",
      voice_id: "1234567890abcdef",
      seq,
      text: "",
      result_list: [
        {
          slice_type,
          index,
          start_time: index * 1000,
          end_time: index * 1000 + 900,
          voice_text_str,
        },
      ],
    });
    const answers = [slice(0, 1, 0, "你"), slice(1, 2, 0, "你好。"), slice(2, 1, 1, "再见")];
    const { provider, segments } = await read(
      answers.map((answer) => JSON.stringify(answer)).join("\n"),
    );
    expect(provider).toBe("tencent-realtime");
    expect(segments).toEqual([
      { text: "你好。", startMs: 0, endMs: 900 },
      { text: "再见", startMs: 1000, endMs: 1900 },
    ]);
  });

  it("Tencent realtime without sentences: the last text counts", async () => {
    const slice = (seq: number, text: string) => ({
      code: 0,
      message: "",
      voice_id: "v",
      seq,
      text,
    });
    const { segments, warnings } = await readValue([
      slice(0, ""),
      slice(1, "你是。"),
      slice(2, "你是谁？"),
    ]);
    expect(segments.map(({ text }) => text)).toEqual(["你是谁？"]);
    expect(warnings.map(({ code }) => code)).toEqual(["estimated-times"]);
  });

  it("Feishu", async () => {
    const file = { code: 0, msg: "success", data: { recognition_text: "你好，使用飞书吧" } };
    expect(await readValue(file)).toMatchObject({
      provider: "feishu-file",
      segments: [{ text: "你好，使用飞书吧", startMs: 0, approximate: true }],
    });
    const packet = (sequence_id: number, recognition_text: string) => ({
      code: 0,
      msg: "success",
      data: { stream_id: "asd1234567890ddd", sequence_id, recognition_text },
    });
    expect(await readValue([packet(0, "你"), packet(1, "你好"), packet(2, "")])).toMatchObject({
      provider: "feishu-stream",
      segments: [{ text: "你好" }],
    });
  });

  const meta = { session_id: "sse_1", timestamp: 1 };
  const delta = (text: string, start_time: number) => ({
    type: "transcript.text.delta",
    meta,
    delta: text,
    start_time,
    end_time: start_time + 500,
  });
  const done = { type: "transcript.text.done", meta, text: "你好。再见。" };

  it("StepFun, its event stream as curl saves it", async () => {
    const events = [delta("你好。", 0), delta("再见。", 2000), done];
    const text = `${events.map((event) => `event: x\ndata: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`;
    expect(await read(text)).toMatchObject({
      provider: "stepfun",
      requestIds: ["sse_1"],
      segments: [
        { text: "你好。", startMs: 0, endMs: 500 },
        { text: "再见。", startMs: 2000, endMs: 2500 },
      ],
    });
  });

  it("StepFun, the done event alone", async () => {
    const { segments } = await readValue(done);
    expect(segments.map(({ text, approximate }) => [text, approximate])).toEqual([
      ["你好。", true],
      ["再见。", true],
    ]);
  });

  it("that refuse are no transcript, and say why", async () => {
    await expect(readValue({ code: 4002, message: "鉴权失败" })).rejects.toEqual(
      refusal(/refusal/, { reason: "4002: 鉴权失败" }),
    );
    await expect(readValue({ code: 1040101, msg: "invalid param" })).rejects.toEqual(
      refusal(/refusal/, { reason: "1040101: invalid param" }),
    );
    await expect(readValue({ type: "error", meta, message: "no balance" })).rejects.toEqual(
      refusal(/refusal/, { reason: "error: no balance" }),
    );
  });
});

describe("our own", () => {
  const start = { type: "start", schema_version: 1, provider: "local", model: "base" };
  const final = { type: "final", id: 0, start: 0, end: 1.5, text: "hello" };
  const lines = (...events: unknown[]) => events.map((event) => JSON.stringify(event)).join("\n");

  it("JSON Lines of a job that was ended: what there is, and a warning", async () => {
    const text = `${lines(start, { type: "partial", start: 0, end: 1, text: "hell" }, final)}\n{"type":"fin`;
    expect(await read(text)).toEqual({
      provider: "local",
      model: "base",
      durationMs: 1500,
      segments: [{ text: "hello", startMs: 0, endMs: 1500 }],
      warnings: [{ code: "incomplete", message: expect.any(String) }],
      requestIds: [],
    });
  });

  it("JSON Lines with a broken line in the middle are refused with it", async () => {
    await expect(read(`${lines(start)}\n{"type":"fin\n${lines(final)}\n`)).rejects.toEqual(
      refusal("line 2: the JSON is broken"),
    );
  });

  it("JSON Lines with an event that lacks something are refused with its line", async () => {
    await expect(read(lines(start, final, { ...final, start: "0" }))).rejects.toEqual(
      refusal("line 3: not an event as asr writes it", {
        reason: expect.stringContaining("segments[1].start"),
      }),
    );
  });

  it("JSON Lines of several inputs are refused with the way to pick one", async () => {
    const of = (input: string) => lines({ ...start, input }, { ...final, input });
    await expect(read(`${of("a.wav")}\n${of("b.wav")}`)).rejects.toEqual(
      refusal("the file holds the events of 2 inputs: a.wav, b.wav", {
        hint: expect.stringContaining('"input":"a.wav"'),
      }),
    );
  });

  it("JSON of a newer version is refused", async () => {
    await expect(readValue({ schema_version: 99, text: "" })).rejects.toEqual(
      refusal(/version 99/),
    );
    await expect(read(lines({ ...start, schema_version: 99 }))).rejects.toEqual(
      refusal(/version 99/),
    );
  });
});

describe("what is no transcript", () => {
  it.each([
    ["nothing", "", "the file is empty"],
    ["blanks", " \n\n", "the file is empty"],
    ["prose", "hello\nthere\n", "not a transcript that asr knows"],
    ["ASS", "[Script Info]\nTitle: x\n", "not a transcript that asr knows"],
    ["LRC", "[00:12.00]hello\n", "not a transcript that asr knows"],
    ["JSON of something else", '{"name":"asr","version":"1"}', "not a transcript that asr knows"],
    ["an empty list", "[]", "not a transcript that asr knows"],
    ["JSON that breaks off", '{\n  "text": "a",\n  "segments": [', "line 3: the JSON is broken"],
    ["JSON with a fault", '{\n  "text": "a"\n  "segments": []\n}', "line 3: the JSON is broken"],
  ])("%s", async (_, text, message) => {
    await expect(read(text)).rejects.toEqual(refusal(message));
  });
});
