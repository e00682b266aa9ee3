// Puts YASGUI in the place of the plain form. It asks nobody but this server.
const { prefixes, base, language } = JSON.parse(document.getElementById("told").textContent);
const { Yasgui } = window;
const endpoint = `${location.origin}/sparql`;
const plain = document.getElementById("plain");
const place = document.getElementById("yasgui");

// Of things of the graph the pages are here, wherever their IRIs lead to.
const table = Yasgui.Yasr.plugins.table.prototype;
const link = table.getUriLinkFromBinding;
table.getUriLinkFromBinding = function (...given) {
  return link.apply(this, given).replace(`"${base}/`, '"/');
};

plain.hidden = true;
place.hidden = false;
const yasgui = new Yasgui(place, {
  requestConfig: { endpoint },
  endpointCatalogueOptions: { getData: () => [] },
  // What is written stays in the page, unless it is shared as a link.
  persistenceId: null,
  populateFromUrl: (found) => ({ ...found, requestConfig: { ...found.requestConfig, endpoint } }),
  autoAddOnInit: false,
  autofocus: false,
  tabName: language === "zh" ? "查询" : "Query",
  yasqe: {
    autocompleters: ["variables"],
    editorHeight: "22rem",
    screenReaderLabel: language === "zh" ? "查询语句" : "Query",
  },
  yasr: { prefixes },
});
if (!yasgui.getTab()) {
  const settings = { selectedPlugin: "table", pluginsConfig: { table: { compact: true } } };
  yasgui.addTab(true, {
    yasqe: { value: document.getElementById("query").value },
    yasr: { settings },
  });
}
yasgui.getTab().getYasr().on("drawn", () => {
  // YASGUI writes its name beside it, but not as its label.
  place.querySelector(".tableSizer")?.setAttribute("aria-label", language === "zh" ? "每页行数" : "Page size");
});
