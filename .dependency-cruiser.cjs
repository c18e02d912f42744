// One direction of imports: which room may import which. Everyone may import errors.ts.
const rooms = {
  settings: [],
  // What lies beside the code, and the packages that may be missing.
  installation: [],
  audio: ["installation"],
  jobs: ["providers/contract\\.ts", "audio", "transcript", "http"],
  live: ["providers/contract\\.ts", "audio", "transcript", "http"],
  http: [],
  queue: ["jobs", "http", "audio", "transcript", "providers/contract\\.ts"],
  transcript: [],
  chinese: [],
  subtitles: ["transcript", "chinese"],
  // Readers say where JSON is broken.
  formats: ["transcript", "subtitles", "chinese", "settings/json-place\\.ts"],
  scoring: ["transcript", "chinese"],
  // A case holds settings, as a settings file does.
  verify: ["settings", "scoring", "formats", "transcript"],
  completion: ["settings"],
  terminal: ["transcript"],
  // What the commands do, without their world: functions for other programs.
  library: [
    "jobs",
    "live",
    "audio",
    "formats",
    "subtitles",
    "scoring",
    "chinese",
    "settings",
    "transcript",
    "http",
    "providers/registry\\.ts",
    "providers/contract\\.ts",
  ],
  "ai-sdk": ["library", "audio/types\\.ts", "transcript"],
  commands: [
    "library",
    "jobs",
    "queue",
    "live",
    "audio",
    "formats",
    "subtitles",
    "scoring",
    "verify",
    "chinese",
    "completion",
    "installation",
    "settings",
    "terminal",
    "transcript",
    "providers/registry\\.ts",
    "providers/describe\\.ts",
    "providers/contract\\.ts",
  ],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  severity: "error",
  comment: `src/${room} may import ${allowed.join(", ") || "nothing"} (and errors.ts)`,
  from: { path: `^src/${room}/` },
  to: {
    path: "^src/",
    pathNot: ["^src/errors\\.ts$", `^src/${room}/`, ...allowed.map((name) => `^src/${name}`)],
  },
}));

/** Modules of ours that a vendor's folder may import, beside its own. */
const providerAllows = [
  "^src/errors\\.ts$",
  "^src/providers/contract\\.ts$",
  "^src/http/",
  "^src/transcript/",
  "^src/audio/types\\.ts$",
];

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: "vendor-own-folder",
      severity: "error",
      comment: "a vendor never imports another, and of ours only the contract's world",
      from: { path: "^src/providers/(tencent|feishu|stepfun)/" },
      to: { path: "^src/", pathNot: [...providerAllows, "^src/providers/$1/"] },
    },
    {
      name: "local-own-folder",
      severity: "error",
      comment: "local decodes audio itself, and may be installed or not",
      from: { path: "^src/providers/local/" },
      to: {
        path: "^src/",
        pathNot: [...providerAllows, "^src/(audio|installation)/", "^src/providers/local/"],
      },
    },
    {
      name: "contract-is-types",
      severity: "error",
      from: { path: "^src/providers/contract\\.ts$" },
      to: {
        path: "^src/",
        pathNot: ["^src/errors\\.ts$", "^src/http/", "^src/transcript/", "^src/audio/types\\.ts$"],
      },
    },
    {
      name: "errors-import-nothing",
      severity: "error",
      from: { path: "^src/errors\\.ts$" },
      to: { path: "." },
    },
    {
      name: "terminal-libraries",
      severity: "error",
      comment: "nobody else touches a terminal",
      from: { path: "^src/", pathNot: "^src/terminal/" },
      to: { path: "node_modules/(ora|chalk)/" },
    },
    {
      name: "types-of-the-ai-sdk",
      severity: "error",
      comment: "whoever uses the adapter brings the SDK: nothing of it is loaded here",
      from: { path: "^src/" },
      to: { path: "node_modules/(ai|@ai-sdk)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "one-http-client",
      severity: "error",
      comment: "audio/fifo.ts reads named pipes through net, the one way that can be aborted",
      from: { path: "^src/", pathNot: ["^src/http/", "^src/audio/fifo\\.ts$"] },
      to: { path: "node_modules/undici/|^(node:)?(http|https|net|tls)$" },
    },
    {
      name: "one-queue",
      severity: "error",
      comment: "who has no queue loads nothing of it",
      from: { path: "^src/", pathNot: "^src/queue/" },
      to: { path: "node_modules/(ioredis|bullmq)/" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-test-code",
      severity: "error",
      from: { path: "^(src|bin)/" },
      to: { path: "^(test|scripts|fixtures)/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node"] },
  },
};
