// Labels that never cover each other, at any zoom: the weightiest first, each where there is room.
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

const fontSize = (mark) => (mark.members ? 14 : mark.kind === "department" ? 14.5 : 12.5);

/* Returns the labels to draw, in pixels of the picture. `view` turns places of the network into
   pixels; `first` are marks whose labels come before all others, with their whole names. A label
   may stand on any side of its node, and covers neither a label nor a node. */
function placeLabels(marks, view, width, height, first = []) {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const taken = new Uint8Array(columns * rows);
  const inside = [];
  const urgent = new Set(first);
  for (const mark of [...first, ...marks.filter((one) => !urgent.has(one))]) {
    const x = mark.x * view.scale + view.x;
    const y = mark.y * view.scale + view.y;
    const r = mark.r * view.scale;
    if (x + r < 0 || y + r < 0 || x - r > width || y - r > height) continue;
    inside.push([mark, x, y, r]);
    // Nodes are rounded inwards, labels outwards: labels are sure not to touch.
    // The disc of a folded community is ground to write on.
    if (!mark.members) fill(taken, columns, rows, x - r, y - r, x + r, y + r, 1, -1);
  }
  const labels = [];
  for (const [mark, x, y, r] of inside) {
    if (labels.length >= MOST) break;
    const named = urgent.has(mark);
    const size = fontSize(mark);
    const text = named && !mark.members ? cut(mark.label, 30) : mark.text;
    const wide = widthOf(text, size) + 4;
    const high = size * 1.3;
    const [under, above, right, left] = [y + r + 3, y - r - 3 - high, x + r + 4, x - r - 4 - wide];
    const places = [[x - wide / 2, under], [right, y - high / 2], [left, y - high / 2], [x - wide / 2, above],
      [x - r, under], [x + r - wide, under], [x - r, above], [x + r - wide, above], [right, y], [left, y],
      [right, y - high], [left, y - high]];
    if (mark.members) places.unshift([x - wide / 2, y - high / 2]);
    // What is looked at is named even where nodes are covered; labels still never touch.
    const limit = named ? 2 : 1;
    const place = places.find(([x1, y1]) => x1 >= 0 && y1 >= 0 && x1 + wide <= width && y1 + high <= height
      && free(taken, columns, x1, y1, x1 + wide, y1 + high, limit));
    if (!place) continue;
    fill(taken, columns, rows, place[0], place[1], place[0] + wide, place[1] + high, 2, 1);
    labels.push({ mark, text, size, x: place[0] + wide / 2, y: place[1] + high / 2, wide, high, named });
  }
  return labels;
}

function fill(taken, columns, rows, left, top, right, bottom, value, outwards) {
  const [from, to] = outwards > 0 ? [Math.floor, Math.ceil] : [Math.ceil, Math.floor];
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
