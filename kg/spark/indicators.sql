WITH
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
quotes AS (
  SELECT DISTINCT supports.object AS target, document.object AS document, sentence.text AS quote
  FROM {statements} AS supports
  JOIN {statements} AS document USING (subject)
  JOIN {statements} AS sentence USING (subject)
  WHERE supports.predicate = 'tkg:supports' AND document.predicate = 'tkg:report'
    AND sentence.predicate = 'tkg:sentence' AND supports.object IN (SELECT target FROM targets)
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
