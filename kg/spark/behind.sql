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
responsible AS (
  SELECT DISTINCT subject AS task, object AS department FROM {statements}
  WHERE predicate = 'tkg:responsible'
),
behind AS (
  SELECT subject AS task, promises.*
  FROM {derived} JOIN promises ON target = object
  WHERE predicate = 'tkg:target' AND judgement IN ('judgement:behind', 'judgement:not_met')
    AND (size(:department) = 0 OR subject IN (
      SELECT task FROM responsible WHERE array_contains(:department, department)
    ))
),
answering AS (
  SELECT task, array_join(sort_array(collect_set(text)), '、') AS departments
  FROM responsible JOIN {statements} ON subject = department
  WHERE predicate = 'skos:prefLabel'
  GROUP BY task
),
numbers AS (
  SELECT DISTINCT subject AS task, CAST(text AS BIGINT) AS number FROM {statements}
  WHERE predicate = 'tkg:number'
),
latest AS (
  SELECT DISTINCT state.subject AS task, identifier.text AS report
  FROM {derived} AS state
  JOIN {statements} AS document ON document.subject = state.object
  JOIN {statements} AS identifier ON identifier.subject = document.object
  WHERE state.predicate = 'tkg:latestState' AND document.predicate = 'tkg:report'
    AND identifier.predicate = 'dcterms:identifier'
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
quotes AS (
  SELECT DISTINCT supports.object AS observation, sentence.text AS quote
  FROM {statements} AS supports JOIN {statements} AS sentence USING (subject)
  WHERE supports.predicate = 'tkg:supports' AND sentence.predicate = 'tkg:sentence'
    AND supports.object IN (SELECT observation FROM behind)
),
labels AS (
  SELECT DISTINCT subject AS indicator, text AS label FROM {statements}
  WHERE predicate = 'rdfs:label'
),
notations AS (
  SELECT subject AS comparator, text AS notation FROM {ontology}
  WHERE predicate = 'skos:notation'
)
SELECT DISTINCT
  report,
  number AS task,
  departments,
  label AS indicator,
  notation AS comparator,
  promised.value AS target,
  promised.unit AS unit,
  actual.value AS actual,
  actual.unit AS actual_unit,
  actual.as_of AS as_of,
  regexp_extract(judgement, '/judgement/(.+)>', 1) AS judgement,
  reason,
  quote
FROM behind
JOIN answering USING (task)
JOIN numbers USING (task)
JOIN latest USING (task)
JOIN measures AS promised ON promised.measure = target
JOIN labels USING (indicator)
JOIN notations ON notations.comparator = promised.comparator
LEFT JOIN measures AS actual ON actual.measure = observation
LEFT JOIN quotes USING (observation)
ORDER BY report, task, indicator, target, quote, comparator, unit
