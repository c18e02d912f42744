/** The elements that the page was written with. */

/** @throws Error where the page has none: then it is not one of ours */
export function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = optional<Kind>(id);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
}

/** For what a page has only where there is a use for it. */
export function optional<Kind extends HTMLElement = HTMLElement>(id: string): Kind | undefined {
  return (document.getElementById(id) as Kind | null) ?? undefined;
}

/** An element with a class and a text, which is never read as markup. */
export function made(
  name: "span" | "p" | "li" | "ul" | "a",
  className = "",
  text = "",
): HTMLElement {
  const node = document.createElement(name);
  if (className !== "") node.className = className;
  if (text !== "") node.textContent = text;
  return node;
}
