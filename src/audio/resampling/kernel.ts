/**
 * The inner loop of the resampler as WebAssembly with 128-bit vectors, written out here byte by
 * byte (WebAssembly Core Specification 2.0, chapter 5): four times as fast as the same loop in
 * JavaScript, with no file to ship and nothing to build.
 *
 *     do {                                     // one output frame
 *       sums = four vectors of zeros
 *       end = row + rowBytes
 *       frames = input
 *       do {                                   // 16 taps
 *         sums[0..3] += frames[0..3] * row[0..3]
 *         frames += 64; row += 64
 *       } while (row < end)
 *       *output = all sums added up
 *       input += *steps
 *       steps += 4; output += 4; count -= 1
 *     } while (count)
 */

/** Taps that one turn of the inner loop takes; a row has a multiple of them. */
export const TAPS_PER_TURN = 16;

/** Every argument but `count` is in bytes from the start of the memory. */
export type Kernel = (
  /** The first input frame under the first row, float32. */
  input: number,
  /** Rows of taps, one an output frame, float32. */
  row: number,
  rowBytes: number,
  /** How many bytes the input advances after each output frame, int32. */
  steps: number,
  /** Where the output frames go, float32. */
  output: number,
  /** Output frames to make, at least one. */
  count: number,
) => void;

/** The kernel over a memory. */
export function resamplingKernel(memory: WebAssembly.Memory): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE), {
    m: { m: memory },
  });
  return exports.run as Kernel;
}

const I32 = 0x7f;
const V128 = 0x7b;

// Parameters, then the locals that `LOCALS` declares.
const [INPUT, ROW, ROW_BYTES, STEPS, OUTPUT, COUNT, FRAMES, ROW_END] = [0, 1, 2, 3, 4, 5, 6, 7];
const SUMS = [8, 9, 10, 11];
const [SUM_0, SUM_1, SUM_2, SUM_3] = [8, 9, 10, 11];
const LOCALS = [2, 2, I32, 4, V128];

const LOOP = [0x03, 0x40];
const END = [0x0b];
const REPEAT_IF = [0x0d, 0];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
/** From 0 to 127, in two bytes of signed LEB128. */
const constant = (value: number) => [0x41, value | 0x80, 0];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
const LESS_UNSIGNED = [0x49];
const LOAD_I32 = [0x28, 2, 0];
const STORE_F32 = [0x38, 2, 0];
const ADD_F32 = [0x92];
const ZERO_VECTOR = [0xfd, 0x0c, ...new Uint8Array(16)];
const loadVector = (offsetBytes: number) => [0xfd, 0x00, 2, offsetBytes];
const lane = (index: number) => [0xfd, 0x1f, index];
const ADD_VECTORS = [0xfd, 0xe4, 0x01];
const MULTIPLY_VECTORS = [0xfd, 0xe6, 0x01];

const advance = (local: number, bytes: number) => [
  ...get(local),
  ...constant(bytes),
  ...ADD,
  ...set(local),
];

const CODE = [
  LOOP,
  ...SUMS.flatMap((sum) => [ZERO_VECTOR, set(sum)]),
  ...[get(ROW), get(ROW_BYTES), ADD, set(ROW_END)],
  ...[get(INPUT), set(FRAMES)],

  LOOP,
  ...SUMS.flatMap((sum, index) => [
    ...[get(FRAMES), loadVector(index * 16)],
    ...[get(ROW), loadVector(index * 16)],
    ...[MULTIPLY_VECTORS, get(sum), ADD_VECTORS, set(sum)],
  ]),
  ...[advance(FRAMES, 64), advance(ROW, 64)],
  ...[get(ROW), get(ROW_END), LESS_UNSIGNED, REPEAT_IF],
  END,

  get(OUTPUT),
  ...[get(SUM_0), get(SUM_1), ADD_VECTORS, get(SUM_2), get(SUM_3), ADD_VECTORS],
  ...[ADD_VECTORS, tee(SUM_0), lane(0), get(SUM_0), lane(1), ADD_F32],
  ...[get(SUM_0), lane(2), get(SUM_0), lane(3), ADD_F32, ADD_F32],
  STORE_F32,

  ...[get(INPUT), get(STEPS), LOAD_I32, ADD, set(INPUT)],
  ...[advance(STEPS, 4), advance(OUTPUT, 4)],
  ...[get(COUNT), constant(1), SUBTRACT, tee(COUNT), REPEAT_IF],
  END,
  END,
].flat();

const text = (name: string) => [name.length, ...Buffer.from(name)];
/** Up to 14 bits, in two bytes of LEB128. */
const size = (bytes: number) => [(bytes & 0x7f) | 0x80, bytes >> 7];
const section = (id: number, ...bytes: number[]) => [id, ...size(bytes.length), ...bytes];

const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  // Type 0: six i32 and no result. Import memory "m" "m" of a page or more. Function 0 is "run".
  ...section(1, 1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0),
  ...section(2, 1, ...text("m"), ...text("m"), 0x02, 0x00, 1),
  ...section(3, 1, 0),
  ...section(7, 1, ...text("run"), 0x00, 0),
  ...section(10, 1, ...size(LOCALS.length + CODE.length), ...LOCALS, ...CODE),
]);
