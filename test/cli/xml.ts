/** A strict reader of the XML that reports are: elements, attributes, text. Throws for what is no XML 1.0. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function decoded(raw: string): string {
  return raw.replace(/&([^;]*);?/g, (whole, name: string) => {
    const number = /^#(\d+)$/.exec(name)?.[1];
    const text = number === undefined ? ENTITIES[name] : String.fromCodePoint(Number(number));
    if (text === undefined || !whole.endsWith(";")) throw new Error(`no entity: ${whole}`);
    return text;
  });
}

export function parseXml(xml: string): XmlElement {
  // XML 1.0, section 2.2.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) {
    throw new Error("a character that XML may not hold");
  }
  const heading = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(heading)) throw new Error("no declaration");
  let at = heading.length;
  const take = (pattern: RegExp): RegExpExecArray => {
    const sticky = new RegExp(pattern.source, "yu");
    sticky.lastIndex = at;
    const found = sticky.exec(xml);
    if (found === null) throw new Error(`not XML at ${at}: ${xml.slice(at, at + 40)}`);
    at = sticky.lastIndex;
    return found;
  };
  const element = (): XmlElement => {
    const [, name = "", rawAttributes = "", empty] = take(
      /<([a-z]+)((?: [a-z]+="[^"<\t\n\r]*")*)(\/?)>/,
    );
    const attributes: Record<string, string> = {};
    for (const [, key = "", value = ""] of rawAttributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
      if (key in attributes) throw new Error(`${key} twice`);
      attributes[key] = decoded(value);
    }
    const children: XmlElement[] = [];
    let text = "";
    if (empty === "/") return { name, attributes, children, text };
    for (;;) {
      text += decoded(take(/[^<]*/)[0]);
      if (xml.startsWith(`</${name}>`, at)) {
        at += name.length + 3;
        return { name, attributes, children, text };
      }
      children.push(element());
    }
  };
  const root = element();
  take(/\s*$/);
  return root;
}
