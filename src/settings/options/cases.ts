/** Options: which cases are run, how, and who is compared. */
import { NOT_FROM_FILE, type OptionRow, VERIFY } from "./row.ts";

/** What pays or writes is said with each run; so is what is left out of it. */
const FLAG_ONLY = ["flag"] as const;

export const CASES_OPTIONS = [
  {
    key: "live",
    value: { kind: "boolean" },
    default: false,
    from: FLAG_ONLY,
    help: "ask the vendors, and record their answers anew; costs money, and says how much before",
    group: "Cases",
    commands: VERIFY,
  },
  {
    key: "update",
    value: { kind: "boolean" },
    default: false,
    from: FLAG_ONLY,
    help: "write what is recognised over the expectations that it differs from",
    group: "Cases",
    commands: VERIFY,
  },
  {
    key: "name",
    argument: "GLOB",
    value: { kind: "list", of: { kind: "string" } },
    default: [],
    repeatable: true,
    from: FLAG_ONLY,
    help: "only cases of this name, such as zh/*; repeatable",
    group: "Cases",
    commands: VERIFY,
  },
  {
    key: "tag",
    argument: "TAG",
    value: { kind: "list", of: { kind: "string" } },
    default: [],
    repeatable: true,
    from: FLAG_ONLY,
    help: "only cases with this tag; repeatable",
    group: "Cases",
    commands: VERIFY,
  },
  {
    key: "onlyProvider",
    argument: "LIST",
    value: { kind: "list", of: { kind: "provider" } },
    default: [],
    from: FLAG_ONLY,
    help: "only cases of these providers",
    group: "Cases",
    commands: VERIFY,
  },
  {
    key: "junit",
    argument: "FILE",
    value: { kind: "string" },
    from: NOT_FROM_FILE,
    help: "also write the results as JUnit XML, which CI systems show",
    group: "Cases",
    commands: VERIFY,
  },
  {
    key: "providers",
    argument: "LIST",
    value: { kind: "list", of: { kind: "provider" } },
    default: [],
    from: FLAG_ONLY,
    help: "who is compared: two or more, with commas",
    group: "Cases",
    commands: ["compare"],
  },
] as const satisfies readonly OptionRow[];
