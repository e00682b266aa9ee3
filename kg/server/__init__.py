"""The portal: SPARQL Protocol, linked data and pages over one store, in one process.

How it is put together, from the inside out:

- `settings`: what whoever starts it decides.
- `snapshot`: the build in force. A request takes `snapshot(request)` once and keeps it until its
  end, so that a new build never changes what it sees. It has the graph (open for reading), what is
  known of the build, and the ETag.
- `negotiation`, `formats`: which format a client wants, and which there are.
- `tokens`, `dataset`: what a query or update is made of, as far as a server must know.
- `worker`, `workers`: queries of strangers run in processes that can be ended. Pages ask the
  snapshot's graph itself, by queries that are known to be cheap.
- `operations`, `sparql`, `service`: the SPARQL Protocol at `/sparql`, and its description.
- `updates`: updates, each a build of its own.
- `addresses`, `responses`, `linked`: every IRI of the graph at its path. `addresses.path_of(iri,
  base)` is what a page links to; `responses.unchanged` and `responses.cached` are for every answer
  that stays the same until there is a new build.
- `description`, `sitemap`: `/dcat`, `/void`, `/sitemap.xml`, `/robots.txt`.
- `pages`: HTML. `pages.thing.page(request, iri)` is what `linked` shows to browsers; `pages.ROUTES`
  are further pages, each a Starlette route. `templating.page(request, name, …)` renders a template
  of `templates/`; what scripts and styles need stands in `static/`, since the policy of
  `headers` allows nothing inline and nothing from elsewhere.
- `headers`, `hosts`, `limits`, `access_log`, `problems`: what surrounds every request.
- `app` puts these together, `serve` runs them.
"""
