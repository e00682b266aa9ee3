// The legend is also the filter: each kind, tie and status with its shape, count and checkbox.
const legend = document.getElementById("legend");

function counts(list, key) {
  const found = new Map();
  for (const item of list) for (const name of [].concat(key(item) || [])) found.set(name, (found.get(name) || 0) + 1);
  return found;
}

const occurring = {
  kinds: counts(nodes, (node) => node.kind),
  ties: counts(edges, (edge) => edge.tie),
  statuses: counts(nodes, (node) => node.statuses),
};
const departmentNames = [...new Set([
  ...nodes.flatMap((node) => node.departments || []),
  ...nodes.filter((node) => node.kind === "department").map((node) => node.label),
])].sort(new Intl.Collator("zh-CN-u-co-pinyin").compare);
// Created once, since there may be thousands.
const departmentChoice = element("select", undefined, { id: "department" });
departmentChoice.append(element("option", "", { value: "" }),
  ...departmentNames.map((name) => element("option", cut(name, 20), { value: name })));
departmentChoice.addEventListener("change", () => {
  state.department = departmentChoice.value;
  refilter();
});
// Thresholds of the weight that each hide at least one tie.
const weights = [...new Set(edges.map((edge) => edge.weight))].sort((a, b) => a - b);
const steps = [0, ...(weights.length <= 20 ? weights.slice(1)
  : Array.from({ length: 20 }, (_, index) => weights[Math.floor(((index + 1) * (weights.length - 1)) / 20)]))];

function boxes(name, map, title, key) {
  const found = [...map.keys()].filter((one) => occurring[name].has(one));
  if (!found.length) return null;
  const made = element("fieldset");
  made.append(element("legend", title));
  for (const one of found) {
    const label = element("label");
    const box = element("input", undefined, { type: "checkbox", name, value: one });
    box.checked = !state[name].has(one);
    box.addEventListener("change", () => {
      if (box.checked) state[name].delete(one);
      else state[name].add(one);
      refilter();
    });
    label.append(box, ...(key ? [key(one)] : []), called(map, one), element("small", occurring[name].get(one)));
    const item = element("span", undefined, { class: "item" });
    item.append(label);
    made.append(item);
    if (found.length < 2) continue;
    item.append(button(say("only"), () => {
      state[name] = new Set(found.filter((other) => other !== one));
      refilter();
    }, { class: "only", "aria-label": say("onlyThis", called(map, one)) }));
  }
  return made;
}

// The legend of the colours and sizes of nodes.
function choice(name, values) {
  const label = element("label", `${say(name)} `);
  const select = element("select", undefined, { id: `${name}-choice` });
  select.append(...values.map((value) => element("option", say(`${name}Names`)[value], { value })));
  select.value = state[name];
  select.addEventListener("change", () => {
    state[name] = select.value;
    refresh();
  });
  label.append(select);
  return label;
}

// The legend of the colours of departments: the share of their tasks that is late or behind.
function lateKey() {
  const made = element("span", `${say("lateShare")} `, { class: "late-key" });
  LATE.forEach(([, color], index) => {
    const dot = svgElement("svg", { class: "key", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" });
    dot.append(svgElement("circle", { r: 1, fill: color }));
    made.append(dot, element("small", say("lateSteps")[index]), " ");
  });
  return made;
}

function showControls() {
  const parts = [boxes("kinds", kinds, say("kind"), kindKey), boxes("ties", ties, say("tie"), tieKey),
    boxes("statuses", statuses, say("status"), state.color === "state" && occurring.kinds.has("task") ? statusKey : null)];
  if (departmentNames.length > 1) {
    const label = element("label", `${say("department")} `);
    departmentChoice.options[0].textContent = say("allDepartments");
    departmentChoice.value = state.department;
    label.append(departmentChoice);
    parts.push(label);
  }
  if (steps.length > 1) {
    const label = element("label", `${say("least")} `);
    const range = element("input", undefined, { type: "range", id: "least", min: 0, max: steps.length - 1, step: 1 });
    range.value = Math.max(steps.findLastIndex((step) => step <= state.least), 0);
    const output = element("output", number(state.least));
    range.setAttribute("aria-valuetext", number(state.least));
    range.addEventListener("input", () => {
      state.least = steps[range.value];
      output.textContent = number(state.least);
      range.setAttribute("aria-valuetext", output.textContent);
      refilter({ controls: false });
    });
    label.append(range, output);
    parts.push(label);
  }
  parts.push(choice("color", COLORS), choice("size", SIZES));
  if (state.color === "state" && occurring.kinds.has("department")) parts.push(lateKey());
  // Keep the focus on the checkbox that was used.
  const at = document.activeElement;
  const used = legend.contains(at) && (at.id ? `#${at.id}` : `[name="${at.name}"][value="${at.value}"]`);
  legend.replaceChildren(...parts.filter(Boolean));
  if (used) legend.querySelector(used)?.focus();
}

function showWords() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.theme = state.theme;
  document.title = data.title[state.lang];
  document.getElementById("title").textContent = data.title[state.lang];
  document.getElementById("source").textContent = data.source ? `${say("source")} ${data.source}` : "";
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = say(one.dataset.t);
  for (const one of document.querySelectorAll("[data-t-label]")) one.setAttribute("aria-label", say(one.dataset.tLabel));
  searchBox.placeholder = say("searchHint");
  const language = document.getElementById("language");
  language.textContent = say("language");
  language.lang = state.lang === "zh" ? "en" : "zh-CN";
  document.getElementById("theme").textContent = say(state.theme === "dark" ? "toLight" : "toDark");
  const list = document.getElementById("keys");
  list.replaceChildren(...say("keyList").flatMap(([keys, meaning]) => {
    const term = element("dt");
    term.append(element("kbd", keys));
    return [term, element("dd", meaning)];
  }));
}
