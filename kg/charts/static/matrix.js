// Show the cell of a matrix under the pointer or selected with arrow keys, and open it.
const NS = "http://www.w3.org/2000/svg";

function prepare(figure) {
  const svg = figure.querySelector("svg");
  const [{ names, cells }, paths] = [...figure.querySelectorAll("script")].map((one) => JSON.parse(one.textContent));
  const reading = figure.querySelector(".reading");
  const { left, top, size } = Object.fromEntries(["left", "top", "size"].map((name) => [name, Number(svg.dataset[name])]));
  const count = names.length;
  const bars = ["row", "column", "cell"].map((name) => {
    const bar = document.createElementNS(NS, "rect");
    bar.setAttribute("class", `cross ${name}`);
    bar.setAttribute("visibility", "hidden");
    return svg.appendChild(bar);
  });
  let chosen = null;

  const about = (row, column) => cells[row < column ? `${row},${column}` : `${column},${row}`];
  const place = (bar, x, y, width, height) => {
    for (const [name, value] of Object.entries({ x, y, width, height })) bar.setAttribute(name, value);
    bar.setAttribute("visibility", "visible");
  };
  const address = (row, column) => figure.dataset.link
    .replace("{a}", encodeURIComponent(paths ? paths[row] : Math.min(row, column)))
    .replace("{b}", encodeURIComponent(paths ? paths[column] : Math.max(row, column)));

  function choose(row, column) {
    chosen = [row, column];
    place(bars[0], left, top + row * size, count * size, size);
    place(bars[1], left + column * size, top, size, count * size);
    place(bars[2], left + column * size, top + row * size, size, size);
    const told = about(row, column);
    const link = document.createElement("a");
    link.href = address(row, column);
    link.textContent = figure.dataset.open;
    const title = row === column ? names[row] : `${names[row]} × ${names[column]}`;
    reading.replaceChildren(told
      ? `${title} · ${figure.dataset.strength} ${told[0]} · ${told[1]} · ${told[2]} `
      : title, ...(told ? [link] : []));
    svg.style.cursor = told ? "pointer" : "default";
  }
  function at(event) {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const [column, row] = [((event.clientX - box.left) * scale - left) / size, ((event.clientY - box.top) * scale - top) / size].map(Math.floor);
    return row >= 0 && column >= 0 && row < count && column < count ? [row, column] : null;
  }
  function open(row, column) {
    if (!about(row, column)) return;
    const target = address(row, column);
    const fold = target.startsWith("#") && document.getElementById(target.slice(1));
    if (fold) fold.open = true;
    location.href = target;
  }
  // Move to the next non-empty cell in a direction, or else to the next cell.
  function step(down, right) {
    let [row, column] = chosen ?? [0, 0];
    const start = [row, column];
    do { row += down; column += right; }
    while (row >= 0 && column >= 0 && row < count && column < count && !about(row, column));
    if (row < 0 || column < 0 || row >= count || column >= count) {
      row = Math.min(Math.max(start[0] + down, 0), count - 1);
      column = Math.min(Math.max(start[1] + right, 0), count - 1);
    }
    choose(row, column);
  }

  svg.setAttribute("tabindex", "0");
  svg.addEventListener("pointermove", (event) => { const cell = at(event); if (cell) choose(...cell); });
  svg.addEventListener("click", (event) => {
    const cell = at(event);
    if (!cell) return;
    const again = chosen && cell.join() === chosen.join();
    choose(...cell);
    // On touch screens the first touch shows a cell, the second opens it.
    if (event.pointerType === "mouse" || again) open(...cell);
  });
  svg.addEventListener("focus", () => { if (!chosen) step(0, 1); });
  svg.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (moves[event.key]) step(...moves[event.key]);
    else if (event.key === "Enter" && chosen) open(...chosen);
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("figure.matrix").forEach(prepare);
