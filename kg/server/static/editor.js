// Replaces the plain form with YASGUI, which sends requests only to this server.
const data = JSON.parse(document.getElementById("editor-data").textContent);
const { prefixes, base, language, columns: labels } = data;
const { Yasgui } = window;
const endpoint = `${location.origin}/sparql`;
const plain = document.getElementById("plain");
const place = document.getElementById("yasgui");
const editorHeight = "22rem";
const isChinese = language === "zh";

// Texts of YASGUI and their translations.
const WORDS = {
  "Run query": "运行查询",
  "Share query": "分享查询",
  Table: "表格",
  Response: "原文",
  "Shows Table view": "显示为表格",
  "Shows Response view": "显示原文",
  "Simple view": "简洁显示",
  Ellipse: "截断长文本",
  "Filter query results": "筛选结果",
  "Page size:": "每页行数：",
  All: "全部",
  "Download result": "下载结果",
  "Download Results": "下载结果",
  "Download not supported": "不能下载",
  "Show all": "显示全部",
  True: "是",
  False: "否",
  "This line is invalid. Expected:": "此行有语法错误，此处可以是：",
  pagination: "翻页",
};
const TABLE = {
  emptyTable: "没有结果",
  zeroRecords: "没有符合的行",
  info: "第 _START_–_END_ 行，共 _TOTAL_ 行",
  infoEmpty: "共 0 行",
  infoFiltered: "（筛选前共 _MAX_ 行）",
  aria: {
    orderable: "：点击排序",
    orderableReverse: "：点击反向排序",
    orderableRemove: "：点击取消排序",
    paginate: { first: "第一页", previous: "上一页", next: "下一页", last: "最后一页" },
  },
};
// Labels of the columns of statements, and of the example.
const columns = { subject: "主语", predicate: "谓语", object: "宾语", ...labels };
// Error messages of the server, which are in English for programs (kg/server/http/problems.py,
// kg/server/http/rate_limits.py, kg/server/workers, kg/server/sparql), and their translations.
const FAULTS = [
  [/^SPARQL syntax error/, "查询语句有语法错误，请按下面的提示修改。", "quoted"],
  [/^(SERVICE|LOAD) is not allowed here/, "这里不能使用 $1：本服务器不会替您访问其他服务器。"],
  [/^This takes longer than (\S+) seconds/, "超过 $1 秒仍未完成，请缩小范围，或在查询中加上 LIMIT。"],
  [/^The answer is larger than (\S+) KiB/, "结果超过 $1 KiB，请在查询末尾加上 LIMIT。"],
  [/^This needs more memory/, "内存不足，无法完成，请缩小范围。"],
  [/^The graph is being rebuilt/, "图谱正在重新生成，请稍后再试。"],
  [/(busy|requests|queries).*try again/, "服务器繁忙，请稍后再试。"],
  [/^A request may have at most (\S+) bytes/, "查询不能超过 $1 字节，请缩短。"],
  [/^The request has neither a query/, "请先写好查询语句。"],
  [/fetch|network/i, "无法连接服务器，请检查网络后重试。"],
  [/^/, "查询未能完成。", "quoted"],
];

function inChinese(text) {
  const found = WORDS[text.trim()];
  if (found) return text.replace(text.trim(), found);
  const summary = /^(?:(\d+) results?|Response)(?: in (\S+) seconds?)?$/.exec(text);
  if (!summary) return text.replace(/^Prefix '(.*)' is not defined$/, "前缀 $1 没有声明");
  const [, count, seconds] = summary;
  return [count ? `${count} 条结果` : "", seconds ? `用时 ${seconds} 秒` : ""].filter(Boolean).join("，");
}

// Translates the texts that YASGUI has added to the page, except in queries and results.
function translate() {
  const own = ".yasr_header *, .yasqe_buttons *, .yasqe_tooltip, .booleanResult span, .overlay *, nav";
  for (const element of place.querySelectorAll(own)) {
    for (const name of ["title", "aria-label", "placeholder"]) {
      const value = element.getAttribute(name);
      if (value && inChinese(value) !== value) element.setAttribute(name, inChinese(value));
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && inChinese(node.data) !== node.data) {
        node.data = inChinese(node.data);
      }
    }
  }
  // The heading of a column is its variable; columns of the example have labels.
  for (const column of place.querySelectorAll("thead th")) {
    const title = column.querySelector(".dt-column-title");
    const name = title?.textContent;
    if (Object.hasOwn(columns, name) && !column.title) {
      column.title = `?${name}`;
      title.textContent = columns[name];
    }
    const order = column.querySelector(".dt-column-order");
    const label = order?.getAttribute("aria-label");
    if (column.title && label?.startsWith(`${column.title.slice(1)}：`)) {
      order.setAttribute("aria-label", label.replace(/^.*?：/, `${title.textContent}：`));
    }
  }
  for (const note of place.querySelectorAll(".yasr_fallback_info p")) {
    const text = "结果不是表格，按原文显示。";
    if (note.textContent !== text) note.textContent = text;
  }
}

function fault({ text = "" }) {
  const [pattern, chinese, quoted] = FAULTS.find(([form]) => form.test(text));
  const shown = document.createElement("div");
  const message = document.createElement("p");
  const found = pattern.exec(text);
  message.textContent = chinese.replace("$1", found[1]);
  shown.append(message);
  if (quoted && text) {
    const original = document.createElement("pre");
    original.lang = "en";
    original.textContent = text.trim();
    shown.append(original);
  }
  return shown;
}

// Links to things of the graph lead to their pages on this server.
const { table } = Yasgui.Yasr.plugins;
const link = table.prototype.getUriLinkFromBinding;
table.prototype.getUriLinkFromBinding = function (...given) {
  return link.apply(this, given).replace(`"${base}/`, '"/');
};
if (isChinese) {
  Object.assign(table.defaults.tableConfig.language, TABLE);
  Yasgui.Yasr.defaults.errorRenderers = [fault];
  const changes = { childList: true, characterData: true, attributeFilter: ["title", "aria-label"] };
  new MutationObserver(translate).observe(place, { subtree: true, ...changes });
}

plain.hidden = true;
place.hidden = false;
const yasgui = new Yasgui(place, {
  requestConfig: { endpoint },
  endpointCatalogueOptions: { getData: () => [] },
  // The query is not saved in the browser; it can be shared as a link.
  persistenceId: null,
  populateFromUrl: (found) => ({
    ...found,
    requestConfig: { ...found.requestConfig, endpoint },
    yasqe: { ...found.yasqe, editorHeight },
  }),
  autoAddOnInit: false,
  autofocus: false,
  tabName: isChinese ? "查询" : "Query",
  yasqe: {
    autocompleters: ["variables"],
    screenReaderLabel: isChinese ? "查询语句" : "Query",
  },
  yasr: { prefixes },
});
if (!yasgui.getTab()) {
  const settings = { selectedPlugin: "table", pluginsConfig: { table: { compact: true } } };
  yasgui.addTab(true, {
    yasqe: { value: document.getElementById("query").value, editorHeight },
    yasr: { settings },
  });
}
// On the server these prefixes need not be declared.
const mode = yasgui.getTab().getYasqe().getMode();
const start = mode.startState;
mode.startState = (...given) => ({ ...start(...given), prefixes: { ...prefixes } });
yasgui.getTab().getYasr().on("drawn", () => {
  // YASGUI shows a label for this field, but does not connect it to the field.
  place.querySelector(".tableSizer")?.setAttribute("aria-label", isChinese ? "每页行数" : "Page size");
});
