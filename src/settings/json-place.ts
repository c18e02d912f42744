/**
 * Where a text stops being JSON. `JSON.parse` says it only now and then, and repeats a piece of
 * the text, which may be a secret.
 */
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Grammar of RFC 8259, section 2, as a stack of what may come next. */
type Expectation = "value" | "value or ]" | "key" | "key or }" | "colon" | ", or ]" | ", or }";

/** Offset of the first character that can't stand there; undefined where the text is JSON. */
export function offsetOfJsonError(text: string): number | undefined {
  const stack: Expectation[] = ["value"];
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const take = (character: string): boolean => {
    const found = text[at] === character;
    if (found) at += 1;
    return found;
  };
  for (let expected = stack.pop(); expected !== undefined; expected = stack.pop()) {
    skip(SPACE);
    if (expected.endsWith("]") && take("]")) continue;
    if (expected.endsWith("}") && take("}")) continue;
    if (expected === ", or ]") {
      if (!take(",")) return at;
      stack.push(", or ]", "value");
    } else if (expected === ", or }") {
      if (!take(",")) return at;
      stack.push("key");
    } else if (expected === "key" || expected === "key or }") {
      if (!skip(STRING)) return at;
      stack.push(", or }", "value", "colon");
    } else if (expected === "colon") {
      if (!take(":")) return at;
    } else {
      if (expected === "value or ]") stack.push(", or ]");
      if (take("[")) stack.push("value or ]");
      else if (take("{")) stack.push("key or }");
      else if (!skip(STRING) && !skip(NUMBER_OR_WORD)) return at;
    }
  }
  skip(SPACE);
  return at === text.length ? undefined : at;
}
