// Puts YASGUI in the place of the plain form. It asks nobody but this server.
const { prefixes, base, language, columns: told } = JSON.parse(document.getElementById("told").textContent);
const { Yasgui } = window;
const endpoint = `${location.origin}/sparql`;
const plain = document.getElementById("plain");
const place = document.getElementById("yasgui");
const editorHeight = "22rem";
const isChinese = language === "zh";

// What YASGUI says in its own words.
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
// Columns of an example, and of statements.
const columns = { subject: "主语", predicate: "谓语", object: "宾语", ...told };
// What the server says to programs, in English (kg/server/problems.py).
const FAULTS = [
  [/^SPARQL syntax error/, "查询语句有语法错误，请按下面的提示修改。", "quoted"],
  [/^(SERVICE|LOAD) is off here/, "这里不能使用 $1：本服务器不会替您访问其他服务器。"],
  [/^This takes longer than (\S+) seconds/, "超过 $1 秒仍未完成，请缩小范围，或在查询中加上 LIMIT。"],
  [/^The answer is larger than (\S+) KiB/, "结果超过 $1 KiB，请在查询末尾加上 LIMIT。"],
  [/^This needs more memory/, "内存不足，无法完成，请缩小范围。"],
  [/^The graph is being built/, "图谱正在重新生成，请稍后再试。"],
  [/(busy|more often|queries).*try again/, "服务器繁忙，请稍后再试。"],
  [/^A request may have (\S+) bytes/, "查询不能超过 $1 字节，请缩短。"],
  [/^There is neither a query/, "请先写好查询语句。"],
  [/fetch|network/i, "无法连接服务器，请检查网络后重试。"],
  [/^/, "查询未能完成。", "quoted"],
];

function inChinese(text) {
  const found = WORDS[text.trim()];
  if (found) return text.replace(text.trim(), found);
  const told = /^(?:(\d+) results?|Response)(?: in (\S+) seconds?)?$/.exec(text);
  if (!told) return text.replace(/^Prefix '(.*)' is not defined$/, "前缀 $1 没有声明");
  return [told[1] ? `${told[1]} 条结果` : "", told[2] ? `用时 ${told[2]} 秒` : ""].filter(Boolean).join("，");
}

// Puts Chinese in the place of what YASGUI has written since; never into queries and results.
function translate() {
  const own = ".yasr_header *, .yasqe_buttons *, .yasqe_tooltip, .booleanResult span, .overlay *, nav";
  for (const element of place.querySelectorAll(own)) {
    for (const name of ["title", "aria-label", "placeholder"]) {
      const told = element.getAttribute(name);
      if (told && inChinese(told) !== told) element.setAttribute(name, inChinese(told));
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && inChinese(node.data) !== node.data) {
        node.data = inChinese(node.data);
      }
    }
  }
  // A column is called by its variable; those of an example have names.
  for (const column of place.querySelectorAll("thead th")) {
    const title = column.querySelector(".dt-column-title");
    const name = title?.textContent;
    if (Object.hasOwn(columns, name) && !column.title) {
      column.title = `?${name}`;
      title.textContent = columns[name];
    }
    const order = column.querySelector(".dt-column-order");
    const told = order?.getAttribute("aria-label");
    if (column.title && told?.startsWith(`${column.title.slice(1)}：`)) {
      order.setAttribute("aria-label", told.replace(/^.*?：/, `${title.textContent}：`));
    }
  }
  for (const told of place.querySelectorAll(".yasr_fallback_info p")) {
    const text = "结果不是表格，按原文显示。";
    if (told.textContent !== text) told.textContent = text;
  }
}

function fault({ text = "" }) {
  const [pattern, chinese, quoted] = FAULTS.find(([form]) => form.test(text));
  const shown = document.createElement("div");
  const told = document.createElement("p");
  const found = pattern.exec(text);
  told.textContent = chinese.replace("$1", found[1]);
  shown.append(told);
  if (quoted && text) {
    const original = document.createElement("pre");
    original.lang = "en";
    original.textContent = text.trim();
    shown.append(original);
  }
  return shown;
}

// Of things of the graph the pages are here, wherever their IRIs lead to.
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
  // What is written stays in the page, unless it is shared as a link.
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
// The server knows these prefixes without their being declared.
const mode = yasgui.getTab().getYasqe().getMode();
const start = mode.startState;
mode.startState = (...given) => ({ ...start(...given), prefixes: { ...prefixes } });
yasgui.getTab().getYasr().on("drawn", () => {
  // YASGUI writes its name beside it, but not as its label.
  place.querySelector(".tableSizer")?.setAttribute("aria-label", isChinese ? "每页行数" : "Page size");
});
