// Elements made by hand. Whatever an export says becomes text here, or the value of an attribute
// that is not obeyed; nothing is ever parsed as markup.

export type Child = Node | string | number | false | null | undefined;

type Handler = (event: Event) => void;
type Props = Record<string, string | number | boolean | Handler | undefined>;

const safeAttributes = /^(class|id|role|type|title|for|tabindex|href|lang|dir|name|value|download|d|x|y|x1|x2|y1|y2|cx|cy|r|rx|width|height|viewBox|placeholder|autocomplete|spellcheck|scope|colspan|aria-[a-z]+|data-[a-z]+|text-anchor|fill|stroke|focusable|hidden|checked|open)$/;

function fill<E extends Element>(element: E, props: Props, children: Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'href' && !/^(#|blob:)/.test(String(value))) {
      throw new Error('a link that leaves the page');
    } else if (safeAttributes.test(name)) {
      element.setAttribute(name, value === true ? '' : String(value));
    } else {
      throw new Error(`attribute ${name}`);
    }
  }
  append(element, children);
  return element;
}

export function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** An element of HTML; `onclick` and the like are functions. Links lead to places in this page. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), props, children);
}

/** A link that leaves the page: to where a tool keeps an item. Nothing but http and https. */
export function outward(address: string, ...children: Child[]): HTMLElement {
  if (!/^https?:\/\/[^\s"'<>\\]+$/i.test(address)) return h('span', {}, ...children);
  const link = h('a', { class: 'to out' }, ...children);
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

export function s(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);
}

export function replaceChildren(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}
