// Text only: whatever a report holds is shown as text and never read as HTML.
const panel = document.getElementById("panel");
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
options.nodes.font.color = dark ? "#e6ebf1" : "#1d2733";

const shown = { kind: new Set(), tie: new Set() };
const visibleNodes = new vis.DataView(nodes, { filter: (node) => shown.kind.has(node.kind) });
const visibleEdges = new vis.DataView(edges, { filter: (edge) => shown.tie.has(edge.tie) });

function readControls() {
  for (const name of ["kind", "tie"]) {
    const boxes = document.querySelectorAll(`input[name=${name}]:checked`);
    shown[name] = new Set(Array.from(boxes, (box) => box.value));
  }
  visibleNodes.refresh();
  visibleEdges.refresh();
}
readControls();

const network = new vis.Network(
  document.getElementById("mynetwork"), { nodes: visibleNodes, edges: visibleEdges }, options);
network.once("afterDrawing", () => { document.body.dataset.drawn = "true"; });
network.once("afterDrawing", () => network.fit());

function element(name, text) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
}

function quotation(evidence) {
  const made = element("blockquote");
  const at = evidence.sentence.indexOf(evidence.quote);
  if (at < 0) {
    made.textContent = evidence.sentence;
  } else {
    made.append(evidence.sentence.slice(0, at), element("mark", evidence.quote),
      evidence.sentence.slice(at + evidence.quote.length));
  }
  const cell = { task: "工作任务", progress: "进展情况", departments: "责任部门" }[evidence.cell];
  const line = evidence.line ? ` · 第 ${evidence.line} 行 line` : "";
  made.append(element("small", `任务 ${evidence.task} · ${cell}${line} · ${evidence.report}`));
  return made;
}

function showEdges(title, chosen) {
  panel.replaceChildren(element("h2", title));
  for (const edge of chosen) {
    panel.append(element("h3", `${nodes.get(edge.from).label} — ${nodes.get(edge.to).label}`));
    for (const evidence of edge.evidence) panel.append(quotation(evidence));
  }
  if (!chosen.length) panel.append(element("p", "没有与其他部门的联系。 No tie to other departments."));
}

function showNode(id) {
  const touching = edges.get({ filter: (edge) => edge.from === id || edge.to === id });
  showEdges(nodes.get(id).label, touching);
}

network.on("click", (event) => {
  if (event.nodes.length) {
    showNode(event.nodes[0]);
  } else if (event.edges.length) {
    const edge = edges.get(event.edges[0]);
    showEdges(nodes.get(edge.to).label, [edge]);
  }
});

for (const node of nodes.get({ order: "label" })) {
  const option = element("option");
  option.value = node.label;
  document.getElementById("names").append(option);
}

document.getElementById("controls").addEventListener("change", readControls);
document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("search").addEventListener("input", (event) => {
  const wanted = event.target.value.trim();
  const all = nodes.get({ order: "label" });
  const found = all.find((node) => node.label === wanted)
    || (wanted && all.find((node) => node.label.includes(wanted)));
  if (!found || !visibleNodes.get(found.id)) return;
  network.selectNodes([found.id]);
  network.focus(found.id, { scale: 1.1 });
  showNode(found.id);
});
