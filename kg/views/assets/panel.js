// The panel with the facts about the selection and the sentences that are their evidence.
const panel = document.getElementById("panel");

function showPanel() {
  const mark = shown.byKey.get(state.node);
  const node = nodeByKey.get(state.node);
  const link = shown.linkByKey.get(state.edge);
  panel.replaceChildren();
  if (node) nodePanel(node);
  else if (mark) groupPanel(mark);
  else if (link) linkPanel(link);
  else if (!data.embedded) overview();
  panel.scrollTop = 0;
}

function heading(text, key) {
  const made = element("h2");
  if (key) made.append(key);
  made.append(element("span", text, { lang: "zh-CN" }));
  made.append(button("✕", () => choose(), { class: "close", "aria-label": say("close") }));
  panel.append(made);
}

function facts(pairs) {
  const list = element("dl");
  for (const [name, value] of pairs) {
    if (value !== "" && value !== undefined) list.append(element("dt", name), element("dd", value));
  }
  panel.append(list);
}

function nodePanel(node) {
  heading(node.label, kindKey(node.kind));
  panel.append(element("p", [called(kinds, node.kind), node.label_en].filter(Boolean).join(" · "), { class: "kind" }));
  const visible = node.edges.filter((edge) => passingEdges().has(edge));
  // In a portal things have their own pages.
  if (node.key.startsWith(`${data.pages}/`)) {
    panel.append(element("a", say("ownPage"), { class: "own-page", href: node.key.slice(data.pages.length), target: "_top" }));
  }
  facts([
    ...(node.facts || []).map((fact) => [fact[state.lang] || fact.zh || fact.en, fact.value]),
    [say("weight"), number(node.weight)],
    [say("ties"), visible.length],
    [say("statuses"), (node.statuses || []).map((name) => called(statuses, name)).join(say("semicolon"))],
    [say("departments"), (node.departments || []).join(say("semicolon"))],
  ]);
  if (node.tasks) taskList(node.tasks);
  if (node.evidence) panel.append(element("h3", say("quotes")), quotations(node.evidence));
  if (!visible.length) return;
  panel.append(element("h3", `${say("tiedTo")} (${visible.length})`));
  const sorted = [...visible].sort((a, b) => b.weight - a.weight || a.id - b.id);
  // The first ties are open if there is little to read.
  let room = node.evidence ? 0 : 6;
  shortened(sorted, 40, (edge) => {
    room -= Math.max((edge.evidence || []).length, 1);
    return tieDetails(edge, otherEnd(edge, node), room >= 0);
  }, panel);
}

// The tasks of a department: number, promise and state, late ones first.
const LATE_STATES = ["delayed", "cancelled"];
function taskList(tasks) {
  panel.append(element("h3", `${say("tasksOf")} (${tasks.length})`));
  const late = (task) => (LATE_STATES.includes(task[3]) ? 0 : 1);
  const sorted = [...tasks].sort((a, b) => late(a) - late(b) || a[1] - b[1]);
  const list = element("ul", undefined, { class: "tasks" });
  shortened(sorted, 12, ([key, number, promise, status]) => {
    const item = element("li");
    const text = `${number} ${cut(promise, 34)}`;
    if (statuses.has(status)) item.append(statusKey(status), " ");
    item.append(nodeByKey.has(key) ? button(text, () => choose({ node: key, look: true }), { class: "link", lang: "zh-CN" })
      : key.startsWith(`${data.pages}/`) ? element("a", text, { href: key.slice(data.pages.length), target: "_top", lang: "zh-CN" })
        : element("span", text, { lang: "zh-CN" }));
    if (statuses.has(status)) item.append(" ", element("small", called(statuses, status)));
    return item;
  }, list);
  panel.append(list);
}

// A tie under the name of its other end; its sentences are created when it is opened.
function tieDetails(edge, other, open) {
  const made = element("details");
  const summary = element("summary");
  summary.append(kindKey(other.kind), ` ${other.label} `,
    element("small", `${called(ties, edge.tie)} · ${number(edge.weight)}`));
  made.append(summary);
  const fill = () => {
    if (made.childElementCount > 1) return;
    const body = element("div");
    body.append(button(say("goTo"), () => choose({ node: other.key, look: true }), { class: "link" }));
    tieBody(edge, body);
    made.append(body);
  };
  made.addEventListener("toggle", fill);
  if (open) {
    fill();
    made.open = true;
  }
  return made;
}

function tieBody(edge, body) {
  if (edge.awaited !== undefined) {
    const what = (edge.things || []).map((thing) => thing.name).join(say("comma"));
    body.append(element("p", say("waiting", waiterOf(edge).label, awaitedOf(edge).label, what), { class: "waiting" }));
  }
  if (edge.things) {
    body.append(element("h4", say("things")));
    const list = element("ul");
    shortened(edge.things, 20, (thing) => {
      const item = element("li");
      if (kinds.has(thing.kind)) item.append(kindKey(thing.kind), " ");
      const told = [called(kinds, thing.kind), number(thing.weight || 0)];
      if ((thing.tasks || []).length) told.push(`${say("tasks")} ${thing.tasks.join(", ")}`);
      item.append(thing.name, " ", element("small", told.join(" · ")));
      return item;
    }, list);
    body.append(list);
  }
  body.append(edge.evidence ? quotations(edge.evidence) : element("p", say("noQuotes"), { class: "more" }));
}

function linkPanel(link) {
  heading(endsOf(link.edges[0], link.summed));
  const names = [...new Set(link.edges.map((edge) => called(ties, edge.tie)))].join(say("semicolon"));
  panel.append(element("p", link.edges.length > 1 ? `${say("summed", link.edges.length)} · ${names}` : names,
    { class: "kind" }));
  facts([[say("weight"), number(link.weight)]]);
  if (!link.summed) {
    const ends = element("p");
    for (const mark of [link.from, link.to]) {
      ends.append(button(mark.label, () => choose({ node: mark.key, look: true }), { class: "link" }), " ");
    }
    panel.append(ends);
    for (const edge of link.edges) tieBody(edge, panel);
    return;
  }
  const sorted = [...link.edges].sort((a, b) => b.weight - a.weight || a.id - b.id);
  shortened(sorted, 30, (edge) => tieLine(edge), panel);
}

function endsOf(edge, summed) {
  if (edge.awaited !== undefined && !summed) return say("waiting", waiterOf(edge).label, awaitedOf(edge).label, "");
  return `${nodes[edge.from].label} — ${nodes[edge.to].label}`;
}

const tieLine = (edge) => {
  const made = element("div");
  made.append(button(endsOf(edge), () => choose({ edge: edge.key, look: true }),
    { class: "link" }), " ", element("small", `${called(ties, edge.tie)} · ${number(edge.weight)}`));
  return made;
};

const nodeLine = (node) => {
  const made = element("div");
  made.append(kindKey(node.kind), " ", button(node.label, () => choose({ node: node.key, look: true }),
    { class: "link" }), " ", element("small", `${called(kinds, node.kind)} · ${number(node.weight)}`));
  return made;
};

function groupPanel(mark) {
  heading(mark.label, kindKey("group"));
  panel.append(element("p", say("group"), { class: "kind" }));
  facts([[say("members"), mark.members.length], [say("weight"), number(mark.weight)]]);
  panel.append(button(say("unfoldOne"), () => unfold(mark.group)), element("h3", say("members")));
  shortened(mark.members, 30, nodeLine, panel);
}

function overview() {
  panel.append(element("h2", say("overview")), element("p", say("overviewHint"), { class: "kind" }));
  const heavy = [...shown.nodes].sort((a, b) => b.weight - a.weight || a.id - b.id).slice(0, 8);
  if (heavy.length) panel.append(element("h3", say("heaviest")), ...heavy.map(nodeLine));
  const strong = [...shown.edges].sort((a, b) => b.weight - a.weight || a.id - b.id).slice(0, 6);
  // With equal weights there is no strongest one.
  if (strong.length && weights.length > 1) panel.append(element("h3", say("strongest")), ...strong.map(tieLine));
}

let passed = { of: null, edges: new Set() };
function passingEdges() {
  if (passed.of !== shown.edges) passed = { of: shown.edges, edges: new Set(shown.edges) };
  return passed.edges;
}
