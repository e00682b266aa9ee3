// Create elements and quotations, with text only: no text of a report is parsed as HTML.
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function button(text, action, attributes = {}) {
  const made = element("button", text, { type: "button", ...attributes });
  made.addEventListener("click", action);
  return made;
}

function svgElement(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// The shape of a kind, as in the picture.
function kindKey(kind) {
  const { path } = shapes.get(kind);
  const color = colorOfKind(kind);
  const made = svgElement("svg", { class: "key", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" });
  made.append(svgElement("path", { d: path, fill: color, stroke: "currentColor", "stroke-width": 0.14 }));
  return made;
}

// The colour of a state of tasks.
function statusKey(status) {
  const made = svgElement("svg", { class: "key", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" });
  made.append(svgElement("path", { d: shapes.get("task").path, fill: statuses.get(status)[state.theme] }));
  return made;
}

function tieKey(tie) {
  const made = svgElement("svg", { class: "key long", viewBox: "0 0 36 16", "aria-hidden": "true" });
  made.append(svgElement("line", { x1: 0, x2: 36, y1: 8, y2: 8, stroke: tieColor(tie), "stroke-width": 3,
    "stroke-dasharray": ties.get(tie).dashes.join(" ") || "none" }));
  return made;
}

/* A quotation: the sentence with the quote marked, and its location. */
function quotation(index) {
  const [sentence, report, task, cell, quote, line] = data.evidence[index];
  const text = data.sentences[sentence];
  const made = element("blockquote", undefined, { lang: "zh-CN" });
  const at = text.indexOf(quote);
  if (at < 0 || !quote) made.append(text);
  else made.append(text.slice(0, at), element("mark", quote), text.slice(at + quote.length));
  const parts = [say("task", task), say("cells")[cell] || cell];
  if (line !== null && line !== undefined) parts.push(say("line", line));
  parts.push(data.reports[report]);
  made.append(element("small", parts.join(" · "), { lang: document.documentElement.lang }));
  return made;
}

// Quotations, grouped by thing if there are several.
function quotations(indexes) {
  const made = element("div");
  const abouts = new Set(indexes.map((index) => data.evidence[index][6]));
  for (const about of abouts) {
    if (about && abouts.size > 1) made.append(element("h4", about));
    const some = indexes.filter((index) => data.evidence[index][6] === about);
    made.append(shortened(some, 20, quotation));
  }
  return made;
}

/* The first items of a list and a button for more: thousands of elements would be slow. */
function shortened(items, most, make, into = document.createDocumentFragment()) {
  const add = (target, from) => {
    for (const item of items.slice(from, from + most)) target.append(make(item));
    const next = from + most;
    if (next >= items.length) return;
    const more = button(say("more", Math.min(most, items.length - next)), () => {
      const rest = document.createDocumentFragment();
      add(rest, next);
      more.replaceWith(rest);
    }, { class: "more" });
    target.append(more);
  };
  add(into, 0);
  return into;
}
