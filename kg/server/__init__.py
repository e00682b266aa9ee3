"""The portal: SPARQL Protocol, linked data and pages over one store, in one process.

The rooms, each of which imports only from those before it:

- `settings`: what the operator of a server decides.
- `data`: what pages read of the graph. A request takes `snapshot(request)` once and keeps it until
  its end, so that a new build never changes what it sees; `cached_result` makes something once for
  a build. Names to search, labels in two languages, plans, the overview of the front page.
- `http`: what surrounds every request: negotiation, media types, language, templates, limits,
  caches, error responses, the log. `not_modified` and `cache_headers` are for every response that
  stays the same until there is a new build. Security headers allow no inline scripts and nothing
  from elsewhere.
- `workers`: processes that answer queries of strangers, so that they can be limited and ended.
- `parts`: what several pages show: `Reader` reads names, values and links in the page's language;
  sentences, ties, rows of tasks, filters, files to download.
- `things`: every IRI of the graph at its path, as data or as a page. The module of each kind has
  `TEMPLATE` and `page_context(reader, iri)`.
- `questions`: the questions of the catalogue, plain questions, and their answers as tables and
  files.
- `desk`: the pages of a planner's desk.
- `pages`: pages about the whole graph: front page, lists, search, comparisons, views.
- `sparql`: the endpoint, updates, its description and the editor.
- `discovery`: descriptions for machines: DCAT, VoID, OpenAPI, sitemaps.
- `routes` lists all routes, `warm` prepares pages for a new build, `app` puts all together, and
  `serve` runs it.

A page is a function from a request to a response, with a route in the `ROUTES` of its module and
its parameters in `discovery.interface`. Templates are in `templates/`, styles and scripts in
`static/`.
"""
