"""Two questions as SPARQL without derived statements: tasks are joined with tasks."""

from __future__ import annotations

from collections.abc import Iterable

# Things that two tasks of a plan name, one of which has a department that the other lacks. A
# project with the name of its place ties only departments that the place does not tie
# (docs/ties.md).
_SHARED = """{ SELECT DISTINCT ?thing ?plan WHERE {
  VALUES ?class { tkg:Project tkg:Place tkg:Road tkg:Organization tkg:Policy tkg:Event }
  ?thing a ?class .
  ?first tkg:mentions ?thing ; tkg:responsible ?some .
  ?second tkg:mentions ?thing ; tkg:responsible ?any .
  BIND(REPLACE(STR(?first), "[^/]*$", "") AS ?plan)
  FILTER(STRSTARTS(STR(?second), ?plan))
  FILTER NOT EXISTS { ?second tkg:responsible ?some }
  ?thing skos:prefLabel ?called .
  BIND(STRLANG(REPLACE(STR(?called), "(建设)?(项目|工程)$", ""), "zh") AS ?bare)
  FILTER NOT EXISTS {
    ?thing a tkg:Project .
    ?place a tkg:Place ; skos:prefLabel ?bare .
    ?both tkg:mentions ?thing, ?place .
    FILTER(STRSTARTS(STR(?both), ?plan))
    FILTER NOT EXISTS {
      ?only tkg:mentions ?thing FILTER(STRSTARTS(STR(?only), ?plan))
      FILTER NOT EXISTS { ?only tkg:mentions ?place }
    }
  }
} }"""
# Subdistricts also tie departments, but are not shared projects.
_TYING = _SHARED.replace("tkg:Event }", "tkg:Event tkg:Subdistrict }", 1)
_OF_TASKS = """?{task} tkg:mentions ?{thing} ; tkg:responsible ?{who} .
  FILTER(STRSTARTS(STR(?{task}), ?plan))"""

SHARED_PROJECTS = f"""SELECT ?name ?kind ?tie
  (GROUP_CONCAT(DISTINCT STR(?department); separator = "、") AS ?departments)
  (GROUP_CONCAT(DISTINCT STR(?number); separator = ", ") AS ?tasks)
  (COUNT(DISTINCT ?department) AS ?count)
WHERE {{
  {{
    ?task tkg:mentions ?thing ; tkg:responsible ?who, ?other .
    FILTER(?who != ?other)
    BIND("joint" AS ?tie)
  }} UNION {{
    {_SHARED}
    {_OF_TASKS.format(task="task", thing="thing", who="who")}
    BIND("shared" AS ?tie)
  }}
  ?task tkg:number ?number .
  ?who skos:prefLabel ?department .
  ?thing a ?class ; skos:prefLabel ?name .
  FILTER(?class IN (tkg:Project, tkg:Place, tkg:Road, tkg:Organization, tkg:Policy, tkg:Event))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
}} GROUP BY ?thing ?name ?kind ?tie"""


def dependencies_query(departments: Iterable[str]) -> str:
    """Return the query for the departments to which some are tied, directly or through another.

    Direct ties do not include waiting ties, which cannot be found by joining tasks.

    Args:
        departments: Their IRIs.
    """
    these = " ".join(f"<{iri}>" for iri in departments)
    return f"""SELECT DISTINCT ?department ?steps ?tie ?through WHERE {{
  {{
    VALUES ?self {{ {these} }}
    ?task tkg:responsible ?self, ?other ; rdfs:label ?through .
    FILTER(?other != ?self && LANG(?through) = "zh")
    BIND(1 AS ?steps) BIND("joint" AS ?tie)
  }} UNION {{
    VALUES ?self {{ {these} }}
    {_TYING}
    {_OF_TASKS.format(task="one", thing="thing", who="self")}
    {_OF_TASKS.format(task="two", thing="thing", who="other")}
    FILTER(?one != ?two && ?other != ?self)
    ?thing skos:prefLabel ?through .
    FILTER NOT EXISTS {{
      ?part geo:sfWithin|dcterms:isPartOf|dcterms:spatial ?thing .
      ?of tkg:mentions ?part ; tkg:responsible ?self .
      ?too tkg:mentions ?part ; tkg:responsible ?other .
    }}
    BIND(1 AS ?steps) BIND("shared" AS ?tie)
  }} UNION {{
    VALUES ?self {{ {these} }}
    {_edges_pattern("self", "middle")}
    {_edges_pattern("middle", "other")}
    FILTER(?other != ?self && ?middle != ?self && ?other != ?middle)
    MINUS {{ {_edges_pattern("self", "other")} }}
    BIND(2 AS ?steps) BIND("" AS ?tie) BIND("" AS ?through)
  }}
  ?other skos:prefLabel ?department .
}}"""


def _edges_pattern(one: str, other: str) -> str:
    """Return a pattern for pairs of tied departments, each once."""
    return f"""{{ SELECT DISTINCT ?{one} ?{other} WHERE {{
      {{ ?task tkg:responsible ?{one}, ?{other} }} UNION {{
        {_TYING}
        {_OF_TASKS.format(task="of", thing="thing", who=one)}
        {_OF_TASKS.format(task="too", thing="thing", who=other)}
      }} UNION {{ ?wait a tkg:WaitingTie ; tkg:connects ?{one}, ?{other} }}
    }} }}"""
