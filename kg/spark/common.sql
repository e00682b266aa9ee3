-- Tables that several questions use; the SQL of a question follows after them.
WITH
promises AS (
  SELECT
    subject AS target,
    max(object) FILTER (WHERE predicate = 'tkg:judgement') AS judgement,
    max(text) FILTER (WHERE predicate = 'tkg:judgementReason') AS reason,
    max(object) FILTER (WHERE predicate = 'tkg:observation') AS observation
  FROM {derived}
  WHERE predicate IN ('tkg:judgement', 'tkg:judgementReason', 'tkg:observation')
  GROUP BY subject
),
measures AS (
  SELECT
    subject AS measure,
    CAST(max(text) FILTER (WHERE predicate = 'tkg:value') AS DECIMAL(38, 18)) AS value,
    max(text) FILTER (WHERE predicate = 'tkg:unit') AS unit,
    max(text) FILTER (WHERE predicate = 'tkg:asOf') AS as_of,
    max(object) FILTER (WHERE predicate = 'tkg:indicator') AS indicator,
    max(object) FILTER (WHERE predicate = 'tkg:comparator') AS comparator
  FROM {statements}
  WHERE predicate IN ('tkg:value', 'tkg:unit', 'tkg:asOf', 'tkg:indicator', 'tkg:comparator')
  GROUP BY subject
),
latest AS (
  SELECT DISTINCT state.subject AS task, document.object AS document, identifier.text AS report
  FROM {derived} AS state
  JOIN {statements} AS document ON document.subject = state.object
  JOIN {statements} AS identifier ON identifier.subject = document.object
  WHERE state.predicate = 'tkg:latestState' AND document.predicate = 'tkg:report'
    AND identifier.predicate = 'dcterms:identifier'
),
numbers AS (
  SELECT DISTINCT subject AS task, CAST(text AS BIGINT) AS number FROM {statements}
  WHERE predicate = 'tkg:number'
),
responsible AS (
  SELECT DISTINCT subject AS task, object AS department FROM {statements}
  WHERE predicate = 'tkg:responsible'
),
names AS (
  SELECT DISTINCT subject AS department, text AS name FROM {statements}
  WHERE predicate = 'skos:prefLabel'
),
answering AS (
  SELECT task, array_join(sort_array(collect_set(name)), '、') AS departments
  FROM responsible JOIN names USING (department)
  GROUP BY task
),
labels AS (
  SELECT DISTINCT subject AS indicator, text AS label FROM {statements}
  WHERE predicate = 'rdfs:label'
),
notations AS (
  SELECT subject AS comparator, text AS notation FROM {ontology}
  WHERE predicate = 'skos:notation'
)
