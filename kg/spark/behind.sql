WITH
behind AS (
  SELECT subject AS task, promises.*
  FROM {derived} JOIN promises ON target = object
  WHERE predicate = 'tkg:target' AND judgement IN ('judgement:behind', 'judgement:not_met')
    AND (size(:department) = 0 OR subject IN (
      SELECT task FROM responsible WHERE array_contains(:department, department)
    ))
),
quotes AS (
  SELECT DISTINCT supports.object AS observation, sentence.text AS quote
  FROM {statements} AS supports JOIN {statements} AS sentence USING (subject)
  WHERE supports.predicate = 'tkg:supports' AND sentence.predicate = 'tkg:sentence'
    AND supports.object IN (SELECT observation FROM behind)
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
