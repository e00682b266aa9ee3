"""The portal: SPARQL Protocol, linked data and pages over one store, in one process.

How it is put together, from the inside out:

- `settings`: what whoever starts it decides.
- `snapshot`: the build in force. A request takes `snapshot(request)` once and keeps it until its
  end, so that a new build never changes what it sees. It has the graph (open for reading), what is
  known of the build, and the ETag.
- `kept`: what pages work out once for a build, such as the search index; `warm` does so before
  anybody asks.
- `language`, `words`: the language of a page, and how kinds and states are called in both.
- `plans`: whose plans and reports there are.
- `overview`: what the front page shows of some plans.
- `readings`, `names`, `entries`: search over all names, also by pinyin.
- `negotiation`, `formats`: which format a client wants, and which there are.
- `tokens`, `dataset`: what a query or update is made of, as far as a server must know.
- `worker`, `workers`: queries of strangers run in processes that can be ended. Pages ask the
  snapshot's graph itself, by queries that are known to be cheap.
- `operations`, `sparql`, `service`: the SPARQL Protocol at `/sparql`, and its description.
- `asking`, `answers`, `question_words`: the questions of the catalogue, put to these processes
  from pages, and their answers with links and words in two languages.
- `updates`: updates, each a build of its own.
- `addresses`, `responses`, `linked`: every IRI of the graph at its path. `addresses.path_of(iri,
  base)` is what a page links to; `responses.unchanged` and `responses.cached` are for every answer
  that stays the same until there is a new build.
- `description`, `sitemap`: `/dcat`, `/void`, `/sitemap.xml`, `/robots.txt`.
- `openapi`: `/openapi.json`; each route stands in its table, with what can be asked and answered.
- `pages`: HTML. `pages.thing.page(request, iri)` is what `linked` shows to browsers; `pages.ROUTES`
  are further pages, each a Starlette route. `templating.page(request, name, …)` renders a template
  of `templates/`; what scripts and styles need stands in `static/`, since the policy of
  `headers` allows nothing inline and nothing from elsewhere.
- Pages of things: `pages.reader` reads names, values and links of a graph in the page's language,
  `pages.quotes` the sentences that facts stand on, `pages.strands` what ties departments;
  `pages.thing` knows which module (`department`, `task`, `named`, `indicator`, …) tells what a kind
  has, and `facts` has all the rest. `pages.lists` says which lists there are, `pages.list_rows`
  reads them, `pages.browse` shows them; `downloads` makes files of tables.
- `headers`, `hosts`, `limits`, `access_log`, `problems`: what surrounds every request.
- `answer_cache`: what was answered is answered again until there is a new build, if it has an ETag.
- `app` puts these together, `serve` runs them, each connection by `connections`.
"""
