WITH
promises AS (
  SELECT
    subject AS target,
    max(object) FILTER (WHERE predicate = 'tkg:judgement') AS judgement,
    max(object) FILTER (WHERE predicate = 'tkg:observation') AS observation
  FROM {derived}
  WHERE predicate IN ('tkg:judgement', 'tkg:observation')
  GROUP BY subject
),
responsible AS (
  SELECT DISTINCT subject AS task, object AS department FROM {statements}
  WHERE predicate = 'tkg:responsible'
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
targets AS (
  SELECT subject AS task, promises.*, value, unit, indicator, comparator
  FROM {derived}
  JOIN promises ON target = object
  JOIN measures ON measure = target
  WHERE predicate = 'tkg:target'
    AND (size(:indicator) = 0 OR array_contains(:indicator, indicator))
    AND (size(:judgement) = 0 OR array_contains(:judgement, judgement))
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
  SELECT DISTINCT state.subject AS task, document.object AS document, identifier.text AS report
  FROM {derived} AS state
  JOIN {statements} AS document ON document.subject = state.object
  JOIN {statements} AS identifier ON identifier.subject = document.object
  WHERE state.predicate = 'tkg:latestState' AND document.predicate = 'tkg:report'
    AND identifier.predicate = 'dcterms:identifier'
),
quotes AS (
  SELECT DISTINCT supports.object AS target, document.object AS document, sentence.text AS quote
  FROM {statements} AS supports
  JOIN {statements} AS document USING (subject)
  JOIN {statements} AS sentence USING (subject)
  WHERE supports.predicate = 'tkg:supports' AND document.predicate = 'tkg:report'
    AND sentence.predicate = 'tkg:sentence' AND supports.object IN (SELECT target FROM targets)
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
  label AS indicator,
  report,
  number AS task,
  departments,
  notation AS comparator,
  targets.value AS target,
  targets.unit AS unit,
  actual.value AS actual,
  actual.unit AS actual_unit,
  actual.as_of AS as_of,
  regexp_extract(judgement, '/judgement/(.+)>', 1) AS judgement,
  quote
FROM targets
JOIN numbers USING (task)
JOIN latest USING (task)
JOIN quotes USING (target, document)
JOIN labels USING (indicator)
JOIN notations ON notations.comparator = targets.comparator
LEFT JOIN answering USING (task)
LEFT JOIN measures AS actual ON actual.measure = observation
ORDER BY report, task, indicator, target, quote, comparator, unit
