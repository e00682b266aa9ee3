// The main module: each change goes through `state`, from which everything is rendered.
const byId = (id) => document.getElementById(id);
const speak = (text) => { byId("spoken").textContent = text; };

/* Render everything. Without `structure`, only the selection has changed. */
function refresh({ structure = true, controls = true } = {}) {
  if (structure) {
    computeShown();
    giveMarks(shown.marks);
    computeStrokes();
    pointer.cursor = shown.byId.get(pointer.cursor?.id) || null;
    pointer.hover = null;
  }
  if (controls) {
    showWords();
    readLook();
    showControls();
  }
  light();
  document.body.classList.toggle("chosen", Boolean(state.node || state.edge));
  showPanel();
  showCounts();
  byId("network").hidden = state.mode !== "network";
  tables.hidden = state.mode !== "table";
  for (const mode of ["network", "table"]) byId(`as-${mode}`).setAttribute("aria-pressed", String(state.mode === mode));
  if (state.mode === "table" && structure) showTables();
  network.redraw();
  writeAddress();
}

// After filtering, fit the rest into the picture.
function refilter(what) {
  refresh(what);
  fitAll();
}

// Dim everything except the selection and its neighbours.
function light() {
  const mark = shown.byKey.get(state.node);
  const link = shown.linkByKey.get(state.edge);
  lit.chosen = mark || null;
  lit.links = new Set(mark ? mark.links : link ? [link] : []);
  lit.marks = new Set(mark ? [mark] : []);
  for (const { from, to } of lit.links) lit.marks.add(from).add(to);
  lit.strokes = strokesOf(lit.links);
}

function showCounts() {
  const folded = shown.marks.filter((mark) => mark.members).length;
  byId("count").textContent = say("count", shown.nodes.length, shown.edges.length, nodes.length)
    + (folded ? say("groupsShown", folded) : "");
  byId("reset").hidden = !filtered();
  const weak = edges.filter((edge) => edge.weight < state.least).length;
  const alone = nodes.length - new Set(shown.edges.flatMap((edge) => [edge.from, edge.to])).size;
  byId("left-out").hidden = !data.least || (state.least !== data.least && state.least !== 0);
  byId("left-out-words").textContent = state.least ? say("leftOut", weak, filtered() ? 0 : alone) : say("allShown");
  byId("all-ties").textContent = say(state.least ? "showAllTies" : "showStrongest");
  document.querySelector(".zoom").hidden = state.mode !== "network";
  document.querySelector(".folds").hidden = !groups.length || state.mode !== "network";
  byId("unfold").disabled = state.open.size === groups.length;
  byId("fold").disabled = state.open.size === 0;
  pictureBox.setAttribute("aria-label", say("pictureLabel", data.title[state.lang], shown.nodes.length, shown.edges.length));
  const message = !nodes.length ? "empty" : !shown.nodes.length ? "allHidden"
    : nodes.length === 1 ? "single" : !edges.length ? "noTies" : "";
  byId("message").hidden = !message;
  byId("message").textContent = message ? say(message) : "";
}

/* Select a node, a tie or nothing. Unfold it if needed; with `look`, move the picture to it. */
function choose({ node = "", edge = "", look: go = false } = {}) {
  const found = edge ? edges.find((one) => one.key === edge) : null;
  const ends = nodeByKey.has(node) ? [nodeByKey.get(node)] : found ? [nodes[found.from], nodes[found.to]] : [];
  const folded = ends.filter((one) => groups.length && !state.open.has(one.group));
  for (const one of folded) state.open.add(one.group);
  Object.assign(state, { node, edge });
  const hidden = ends.some((one) => !shown.byKey.has(one.key));
  refresh({ structure: folded.length > 0 || hidden, controls: hidden });
  if (go && ends.length) lookAt(ends);
  if (node && lit.chosen) speakOf(lit.chosen);
}

function speakOf(mark) {
  speak(say("spokenNode", mark.label, mark.members ? say("group") : called(kinds, mark.kind), mark.links.length));
}

function unfold(group) {
  state.open.add(group);
  Object.assign(state, { node: "", edge: "" });
  refresh();
  const { x, y, radius } = groups[group];
  const room = Math.min(pictureBox.clientWidth, pictureBox.clientHeight);
  network.moveTo({ position: { x, y }, scale: Math.min(room / (2.4 * radius), 1.2) });
  pointer.cursor = document.activeElement === pictureBox ? shown.marks.find((mark) => mark.node?.group === group) : null;
  rememberPlace();
}

function unfoldAll() {
  state.open = new Set(groups.keys());
  refresh();
}

function foldAll() {
  state.open.clear();
  Object.assign(state, { node: "", edge: "", at: null });
  refresh();
  fitAll();
}

function showAs(mode) {
  state.mode = mode;
  refresh();
  if (mode === "network") restorePlace();
}

function restore() {
  readAddress();
  searchBox.value = state.q;
  const chosen = edges.find((edge) => edge.key === state.edge);
  for (const node of [nodeByKey.get(state.node), ...(chosen ? [nodes[chosen.from], nodes[chosen.to]] : [])]) {
    if (node && groups.length) state.open.add(node.group);
  }
  refresh();
  restorePlace();
}

network.on("click", ({ pointer: { DOM: place } }) => {
  pictureBox.focus();
  pointer.cursor = null;
  const mark = markAt(place);
  const link = mark ? null : linkAt(place);
  choose({ node: mark?.key, edge: link?.key });
});
network.on("doubleClick", ({ pointer: { DOM: place } }) => {
  const mark = markAt(place);
  if (mark?.members) unfold(mark.group);
});
pictureBox.addEventListener("mousemove", (event) => {
  if (event.buttons) return;
  const box = pictureBox.getBoundingClientRect();
  const mark = markAt({ x: event.clientX - box.left, y: event.clientY - box.top });
  if (mark === pointer.hover) return;
  pointer.hover = mark;
  pictureBox.style.cursor = mark ? "pointer" : "";
  network.redraw();
});
network.on("zoom", rememberPlace);
network.on("dragEnd", rememberPlace);
network.on("resize", () => { if (!state.at) fitAll(); });

byId("as-network").addEventListener("click", () => showAs("network"));
byId("as-table").addEventListener("click", () => showAs("table"));
byId("language").addEventListener("click", () => {
  state.lang = state.lang === "zh" ? "en" : "zh";
  refresh();
});
byId("theme").addEventListener("click", () => {
  state.theme = state.theme === "dark" ? "light" : "dark";
  refresh();
});
byId("all-ties").addEventListener("click", () => {
  state.least = state.least ? 0 : data.least;
  refilter();
});
byId("reset").addEventListener("click", () => {
  clearFilters();
  refilter();
  searchBox.focus();
});
byId("copy").addEventListener("click", async () => {
  const link = location.href.split("#")[0] + address();
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    // Not every browser allows a local file to copy; the address bar has the same text.
    const field = element("textarea", link);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  byId("copy").textContent = say("copied");
  setTimeout(() => { byId("copy").textContent = say("copy"); }, 1500);
});
byId("unfold").addEventListener("click", unfoldAll);
byId("fold").addEventListener("click", foldAll);
byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => fitAll());
byId("help-open").addEventListener("click", () => helpShown(byId("help").hidden));
byId("help-close").addEventListener("click", () => {
  helpShown(false);
  byId("help-open").focus();
});
// Links within the page would overwrite the address with the state of the view.
for (const link of document.querySelectorAll("[data-skip]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (link.dataset.skip === "tables") showAs("table");
    if (link.dataset.skip === "picture") showAs("network");
    byId(link.dataset.skip).focus();
  });
}
document.addEventListener("click", (event) => {
  if (!byId("exports").contains(event.target)) byId("exports").open = false;
});
window.addEventListener("hashchange", restore);
window.addEventListener("beforeprint", () => {
  showTables(Infinity);
  byId("printed").src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg())}`;
});
window.addEventListener("afterprint", () => showTables());

byId("filters").open = innerWidth > 1000;
// After two frames the picture is on the screen.
network.once("afterDrawing", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.body.dataset.drawn = "true";
})));
restore();

// For tests: the position of a node in the picture.
window.kgView = {
  state,
  shown,
  network,
  labels: () => {
    const corner = network.canvasToDOM({ x: 0, y: 0 });
    const view = { scale: network.getScale(), x: corner.x, y: corner.y };
    return placeLabels(shown.marks, view, pictureBox.clientWidth, pictureBox.clientHeight)
      .map(({ text, x, y, wide, high }) => ({ text, x, y, wide, high }));
  },
};
