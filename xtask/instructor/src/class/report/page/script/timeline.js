// A timeline: what happened over what was expected, on one scale. Every row says in words what it shows.

function timeline(drawing) {
  const { call, scenario, timelines, divergence, legend } = drawing;
  return element(
    "figure",
    { class: "timeline" },
    element(
      "figcaption",
      {},
      element("code", {}, call),
      element("span", { class: "soft" }, ` scenario ${scenario}`),
    ),
    timelines.map((drawn, i) => [
      element("p", { class: "run" }, drawn.title),
      plot(drawn, drawing, i === 0),
      i === 0 && divergence && divergenceNote(divergence),
    ]),
    legend.length > 0 && element("p", { class: "soft legend" }, legend.join(" · ")),
  );
}

function plot(drawn, { ticks, divergence }, first) {
  const grid = ticks.map(({ at }) => across("grid", at));
  const lines = [grid, across("end", drawn.end.at), first && divergence && across("divergence", divergence.at)];
  const more = drawn.more > 0 && element("li", { class: "soft" }, `… ${drawn.more} more`);
  const none = drawn.rows.length === 0 && element("li", { class: "soft" }, "(nothing waits)");
  return element(
    "div",
    { class: "plot" },
    element("div", { class: "lines", "aria-hidden": "true" }, lines),
    element("ul", { class: "plain" }, drawn.rows.map(timelineRow), more, none),
    element(
      "div",
      { class: "axis", "aria-hidden": "true" },
      ticks.map(({ at, label }) => across("tick", at, label)),
    ),
    element("p", { class: "ends" }, [drawn.end.label, drawn.returned].filter(Boolean).join("; ")),
  );
}

function timelineRow({ index, name, note, bars, blocks }) {
  const bar = ({ from, to, state }) => {
    const node = element("i", { class: state });
    node.style.left = percent(from);
    node.style.width = percent(to - from);
    return node;
  };
  const track = element(
    "div",
    { class: `track colour-${index % 5}`, "aria-hidden": "true" },
    bars.map(bar),
    blocks && element("i", { class: "blocks" }),
  );
  return element(
    "li",
    {},
    element("span", { class: "who" }, name),
    track,
    element("span", { class: "note" }, note),
  );
}

/** A line (or words) across the rows, at an instant. */
function across(kind, at, words) {
  const node = element("i", { class: kind }, words);
  node.style.left = percent(at);
  return node;
}

function divergenceNote({ at, label }) {
  const note = element("p", { class: "divergence-note" }, element("span", { "aria-hidden": "true" }, "▲ "), label);
  // words right of the middle stand to the left of their mark
  note.classList.toggle("late", at > 500);
  note.style.setProperty("--at", at / 1000);
  return note;
}

const percent = (units) => `${units / 10}%`;
