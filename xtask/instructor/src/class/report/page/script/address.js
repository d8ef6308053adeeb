// The address: which students are shown, in which order, and which one is open. It can be kept, sent, and gone back from.

/** What an address doesn't say. */
const PLAIN = { find: "", show: "", in: "", sort: "name", order: "up", student: "", task: "" };

/** What the address says now. */
function here() {
  const given = new URLSearchParams(location.hash.slice(1));
  const state = { ...PLAIN };
  for (const name of Object.keys(PLAIN)) state[name] = given.get(name) ?? PLAIN[name];
  return state;
}

/** The address of a state. */
function address(state) {
  const given = Object.entries(state).filter(([name, value]) => String(value) !== PLAIN[name]);
  return `#${new URLSearchParams(given)}`;
}

/** Goes to what is here with these changes. `quietly`: as a part of the step before, so that Back skips it. */
function go(changes, quietly = false) {
  const next = address({ ...here(), ...changes });
  if (next === (location.hash || "#")) return;
  history[quietly ? "replaceState" : "pushState"](null, "", next);
  show();
}

/** A link to a student, or to a student's task. A click keeps the filter that is set. */
function studentLink(name, task, attributes, ...children) {
  const to = { student: name, task: task ?? "" };
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return element("a", { href: address(to), click: follow, ...attributes }, ...children);
}

/** A link to the students that a filter lets through. */
function filterLink(filter, ...children) {
  const to = { find: "", show: "", in: "", ...filter };
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
    byId("students").focus();
  };
  return element("a", { href: address(filter), click: follow }, ...children);
}

/** A link to a part of this page, which leaves the address alone. */
function partLink(id, ...children) {
  return element("a", { href: `#${id}`, click: (event) => toPart(event, id) }, ...children);
}

function toPart(event, id) {
  event.preventDefault();
  byId(id).scrollIntoView();
  byId(id).focus();
}
