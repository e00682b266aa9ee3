"""The portal: SPARQL Protocol, linked data and pages over one store, in one process.

The rooms, each of which imports only from those before it:

- `settings`: settings that the operator chooses.
- `data`: data that pages read from the graph: names for the search, labels in two languages, plans,
  the overview of the front page. `snapshot(request)` returns the same build until the end of a
  request, so that a new build never changes what it sees; `cached_result` computes something once
  for a build.
- `http`: HTTP for all requests: negotiation, media types, language, templates, limits, caches,
  error responses, access log. Every response that does not change until there is a new build uses
  `not_modified` and `cache_headers`. Security headers forbid inline scripts and content from
  other servers.
- `workers`: processes that run queries of clients, so that memory and time can be limited.
- `parts`: parts that several pages share: `Reader` reads names, values and links in the page's
  language; sentences, ties, rows of tasks, filters, files to download.
- `things`: every IRI of the graph at its path, as data or as a page. The module of each kind has
  `TEMPLATE` and `page_context(reader, iri)`.
- `questions`: the questions of the catalogue, plain questions, and their answers as tables and
  files.
- `desk`: the pages for planners: coordination, targets, deadlines, subdistricts, briefings.
- `pages`: pages about the whole graph: front page, lists, search, comparisons, views.
- `sparql`: the endpoint, updates, its description and the editor.
- `discovery`: machine-readable descriptions: DCAT, VoID, OpenAPI, sitemaps.
- `routes` lists all routes, `warm` prepares pages for a new build, `app` creates the application,
  and `serve` runs it.

A page is a function from a request to a response, with a route in the `ROUTES` of its module and
its parameters in `discovery.interface`. Templates are in `templates/`, styles and scripts in
`static/`.
"""
