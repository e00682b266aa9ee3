// Place labels without overlaps at any zoom, those with the largest weight first.
const CELL = 4; // pixels of the picture that one cell of the map of taken room stands for
const MOST = 400; // labels in one picture
const FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif';
const widths = new Map();
const pen = document.createElement("canvas").getContext("2d");

function widthOf(text, size) {
  let width = widths.get(text);
  if (width === undefined) {
    pen.font = `100px ${FONT}`;
    width = (pen.measureText(text).width / 100) * 1.05; // bold letters are wider
    widths.set(text, width);
  }
  return width * size;
}

/* Labels of waiting ties along the arrows, if there are few or if they are selected. */
function waitingLabels(view, placed) {
  // If the obstacle is a node, it has its own label.
  const waiting = shown.links.filter((link) => link.awaited !== undefined && !link.summed
    && link.from.kind === "department" && link.to.kind === "department");
  const some = lit.links.size ? waiting.filter((link) => lit.links.has(link)) : waiting.length <= 6 ? waiting : [];
  const texts = some.map((link) => {
    const [edge] = link.edges;
    const what = (edge.things || []).map((thing) => thing.name).join(say("comma"));
    const control = bendOf(link);
    const x = control ? (link.from.x + 2 * control[0] + link.to.x) / 4 : (link.from.x + link.to.x) / 2;
    const y = control ? (link.from.y + 2 * control[1] + link.to.y) / 4 : (link.from.y + link.to.y) / 2;
    const text = cut(`${say("waits")}${what}`, 16);
    return { mark: null, text, size: 12, wide: widthOf(text, 12), high: 16, x: x * view.scale + view.x, y: y * view.scale + view.y };
  });
  const covers = (one, other) => Math.abs(one.x - other.x) < (one.wide + other.wide) / 2
    && Math.abs(one.y - other.y) < (one.high + other.high) / 2;
  return texts.filter((text) => lit.links.size || !placed.some((label) => covers(text, label)));
}

const fontSize = (mark) => (mark.members ? 14 : mark.kind === "department" ? 14.5 : 12.5);

/* Return the labels to draw, in pixels of the picture. `view` converts positions of the network to
   pixels; the marks in `first` are labelled before all others, with full names. A label may be on
   any side of its node, and overlaps no other label or node. */
function placeLabels(marks, view, width, height, first = []) {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const taken = new Uint8Array(columns * rows);
  const inside = [];
  const urgent = new Set(first);
  for (const mark of [...first, ...marks.filter((one) => !urgent.has(one))]) {
    const x = mark.x * view.scale + view.x;
    const y = mark.y * view.scale + view.y;
    const r = Math.max(mark.r * view.scale, leastRadius());
    if (x + r < 0 || y + r < 0 || x - r > width || y - r > height) continue;
    inside.push([mark, x, y, r]);
    // Labels are rounded up, so that they do not touch; nodes are rounded to the nearest cell.
    // Labels may be placed on the disc of a folded community.
    if (!mark.members) fill(taken, columns, rows, x - r, y - r, x + r, y + r, 1, Math.round, Math.round);
  }
  const labels = [];
  for (const [mark, x, y, r] of inside) {
    if (labels.length >= MOST) break;
    const named = urgent.has(mark);
    const size = fontSize(mark);
    const high = size * 1.3;
    // Selected marks are labelled even over nodes, but not over other labels.
    const limit = named ? 2 : 1;
    const whole = named && !mark.members ? cut(mark.label, 30) : mark.text;
    // In small networks a shortened name is better than none.
    const texts = marks.length <= 300 && !mark.members ? [whole, cut(mark.label, 7)] : [whole];
    for (const text of new Set(texts)) {
      const wide = widthOf(text, size) + 4;
      const place = around(mark, x, y, r, wide, high).find(([left, top]) => left >= 0 && top >= 0
        && left + wide <= width && top + high <= height
        && free(taken, columns, left, top, left + wide, top + high, limit));
      if (!place) continue;
      const [left, top] = place;
      fill(taken, columns, rows, left, top, left + wide, top + high, 2, Math.floor, Math.ceil);
      labels.push({ mark, text, size, x: left + wide / 2, y: top + high / 2, wide, high });
      break;
    }
  }
  return labels;
}

// The positions for a label, the best first; on the disc of a folded community, its centre.
function around(mark, x, y, r, wide, high) {
  const [under, above] = [y + r + CELL, y - r - CELL - high];
  const [right, left] = [x + r + CELL, x - r - CELL - wide];
  const places = [[x - wide / 2, under], [right, y - high / 2], [left, y - high / 2], [x - wide / 2, above],
    [x - r, under], [x + r - wide, under], [x - r, above], [x + r - wide, above], [right, y], [left, y],
    [right, y - high], [left, y - high]];
  return mark.members ? [[x - wide / 2, y - high / 2], ...places] : places;
}

function fill(taken, columns, rows, left, top, right, bottom, value, from, to) {
  const endColumn = Math.min(to(right / CELL), columns);
  const endRow = Math.min(to(bottom / CELL), rows);
  for (let row = Math.max(from(top / CELL), 0); row < endRow; row += 1) {
    for (let column = Math.max(from(left / CELL), 0); column < endColumn; column += 1) {
      taken[row * columns + column] = value;
    }
  }
}

function free(taken, columns, left, top, right, bottom, limit) {
  const endColumn = Math.min(Math.ceil(right / CELL), columns);
  const endRow = Math.ceil(bottom / CELL);
  for (let row = Math.floor(top / CELL); row < endRow; row += 1) {
    for (let column = Math.floor(left / CELL); column < endColumn; column += 1) {
      if (taken[row * columns + column] >= limit) return false;
    }
  }
  return true;
}
