// Export of the visible picture as SVG and PNG with title and legend, and of the tables as CSV.
const escapeXml = (text) => String(text)
  // Remove characters that XML 1.0 does not allow, then escape markup.
  .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�")
  .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function toSvg() {
  const { clientWidth: width, clientHeight: height } = pictureBox;
  const top = 54;
  const scale = network.getScale();
  const corner = network.canvasToDOM({ x: 0, y: 0 });
  const view = { scale, x: corner.x, y: corner.y };
  const thick = Math.max(scale, 0.55);
  const spot = (x, y) => `${(x * scale + view.x).toFixed(1)} ${(y * scale + view.y).toFixed(1)}`;
  const faint = (thing) => (lit.marks.size && !lit.marks.has(thing) && !lit.links.has(thing) ? 0.15 : 1);
  const parts = [];
  for (const link of shown.links) {
    const color = link.summed ? look.quiet : tieColor(link.tie);
    const control = bendOf(link);
    const { from, to } = link;
    const path = from === to
      ? `M${spot(from.x, from.y - from.r)}a${from.r * scale} ${from.r * scale} 0 1 1 0.1 0`
      : `M${spot(from.x, from.y)}${control ? `Q${spot(...control)} ` : "L"}${spot(to.x, to.y)}`;
    const dashes = link.summed ? "" : ties.get(link.tie).dashes.map((dash) => dash * thick).join(" ");
    parts.push(`<path d="${path}" fill="none" stroke="${color}" stroke-width="${(widthOfLink(link) * thick).toFixed(2)}"`
      + `${dashes ? ` stroke-dasharray="${dashes}"` : ""} opacity="${(tieAlpha() * faint(link)).toFixed(3)}"/>`);
    if (hasArrow(link)) {
      const [tip, left, right] = arrowHead(link).map((place) => spot(...place));
      parts.push(`<path d="M${tip}L${left}L${right}Z" fill="${color}" opacity="${0.8 * faint(link)}"/>`);
    }
  }
  for (const mark of shown.marks) {
    const r = Math.max(mark.r * scale, leastRadius());
    const shape = shapes.get(mark.kind);
    if (mark.members) parts.push(`<path d="${shape.path}" transform="translate(${spot(mark.x, mark.y)}) scale(${r.toFixed(2)})" fill="${look.paper}"/>`);
    parts.push(`<path d="${shape.path}" transform="translate(${spot(mark.x, mark.y)}) scale(${r.toFixed(2)})" `
      + `fill="${colorOf(mark)}"${mark.members ? ' fill-opacity="0.35"' : ""} stroke="${look.ink}" `
      + `stroke-width="${(1.2 / r).toFixed(3)}" opacity="${faint(mark)}"><title>${escapeXml(mark.label)}</title></path>`);
  }
  const candidates = lit.marks.size ? shown.marks.filter((mark) => lit.marks.has(mark)) : shown.marks;
  for (const { mark, text, size, x, y } of placeLabels(candidates, view, width, height, lit.chosen ? [lit.chosen] : [])) {
    parts.push(svgText(text, x, y + size * 0.35, size, 'text-anchor="middle" paint-order="stroke" '
      + `stroke="${look.paper}" stroke-width="3.5" stroke-linejoin="round"`
      + `${mark.kind === "department" ? ' font-weight="bold"' : ""}`));
  }
  for (const { text, size, x, y } of waitingLabels(view, [])) {
    parts.push(svgText(text, x, y + size * 0.35, size, `text-anchor="middle" paint-order="stroke" stroke="${look.paper}" stroke-width="3.5"`));
  }
  const [keys, rows] = svgLegend(width, top + height + 22);
  const all = top + height + 14 + rows * 24;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${all}" `
    + `viewBox="0 0 ${width} ${all}" font-family="${escapeXml(FONT)}">\n<title>${escapeXml(document.title)}</title>\n`
    + `<rect width="${width}" height="${all}" fill="${look.paper}"/>\n${svgText(document.title, 16, 26, 19, 'font-weight="bold"')}\n`
    + `${svgText(cut(data.source, Math.floor(width / 13)), 16, 45, 12)}\n`
    + `<svg y="${top}" width="${width}" height="${height}" overflow="hidden">\n${parts.join("\n")}\n</svg>\n${keys}\n</svg>\n`;
}

const svgText = (text, x, y, size, more = "") => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" `
  + `fill="${look.ink}" ${more}>${escapeXml(text)}</text>`;

// The legend of the kinds and ties in the picture, in rows of its width.
function svgLegend(width, top) {
  const inPicture = (name) => shown.marks.some((mark) => mark.kind === name || mark.members?.some((node) => node.kind === name));
  const items = [...kinds.keys()].filter(inPicture).map((name) => [called(kinds, name), (x, y) =>
    `<path d="${shapes.get(name).path}" transform="translate(${x + 12} ${y}) scale(7)" fill="${colorOfKind(name)}" `
    + `stroke="${look.ink}" stroke-width="0.15"/>`]);
  for (const name of ties.keys()) {
    if (!shown.edges.some((edge) => edge.tie === name)) continue;
    items.push([called(ties, name), (x, y) => `<line x1="${x}" x2="${x + 24}" y1="${y}" y2="${y}" stroke="${tieColor(name)}" `
      + `stroke-width="3" stroke-dasharray="${ties.get(name).dashes.join(" ") || "none"}"/>`]);
  }
  let [x, row] = [16, 0];
  const made = items.map(([text, key]) => {
    const wide = 34 + widthOf(text, 12.5) + 18;
    if (x + wide > width && x > 16) [x, row] = [16, row + 1];
    const drawn = key(x, top + row * 24) + svgText(text, x + 30, top + row * 24 + 4.5, 12.5);
    x += wide;
    return drawn;
  });
  return [made.join("\n"), items.length ? row + 1 : 0];
}

// The SVG at twice its size, for print and high-resolution screens.
async function toPng() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

function download(blob, ending) {
  const link = element("a", undefined, { href: URL.createObjectURL(blob), download: `${data.name}${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const exporters = {
  png: async () => download(await toPng(), ".png"),
  svg: () => download(new Blob([toSvg()], { type: "image/svg+xml" }), ".svg"),
  // With a byte order mark, so that spreadsheets use UTF-8.
  "csv-nodes": () => download(new Blob(["\ufeff", tableCsv("nodes")], { type: "text/csv" }), "-nodes.csv"),
  "csv-ties": () => download(new Blob(["\ufeff", tableCsv("ties")], { type: "text/csv" }), "-ties.csv"),
};
for (const one of document.querySelectorAll("[data-export]")) {
  one.addEventListener("click", () => {
    exporters[one.dataset.export]();
    document.getElementById("exports").open = false;
  });
}
