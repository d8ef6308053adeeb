// Elements. Whatever is shown goes through here, as text and never as markup, whoever wrote it.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id, which the page's frame has. */
const byId = (id) => document.getElementById(id);

/** A new element. Attributes that are functions listen to the event of their name; null and false are left out. */
function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** A new element of a drawing. */
function shape(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, visible(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : visible(child));
  }
  return node;
}

/**
 * Text in which nothing hides: controls, and signs that turn the order of what follows, are named and not obeyed.
 * (With those, code can look different from what the compiler reads.)
 */
function visible(text) {
  return String(text)
    .replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, named);
}

const named = (sign) => `\\u{${sign.codePointAt(0).toString(16)}}`;

/** Text for screen readers only. */
const aside = (text) => element("span", { class: "aside" }, text);

/** What a click or Enter unfolds; its contents are made then. */
function folded(summary, contents, attributes = {}) {
  const details = element("details", attributes, element("summary", {}, summary));
  const make = () => details.open && details.childElementCount === 1 && details.append(...[contents()].flat());
  details.addEventListener("toggle", make);
  make();
  return details;
}
