WITH
ties AS (
  SELECT
    subject AS tie,
    lower(regexp_extract(
      max(object) FILTER (WHERE predicate = 'rdf:type'), '#(.+)Tie>', 1)) AS kind,
    CAST(max(text) FILTER (WHERE predicate = 'tkg:weight') AS DECIMAL(18, 9)) AS weight,
    max(object) FILTER (WHERE predicate = 'tkg:through') AS thing
  FROM {derived}
  WHERE predicate IN ('tkg:weight', 'tkg:through')
    OR predicate = 'rdf:type' AND object IN ('tkg:JointTie', 'tkg:SharedTie', 'tkg:WaitingTie')
  GROUP BY subject
),
connects AS (
  SELECT subject AS tie, object AS department FROM {derived} WHERE predicate = 'tkg:connects'
),
concerns AS (
  SELECT subject AS tie, object AS task FROM {derived} WHERE predicate = 'tkg:task'
),
-- Organisations above the districts may be named in any of them, also as parts of others.
things AS (
  SELECT /*+ BROADCAST(ties) */ DISTINCT subject AS thing, text AS name
  FROM {all_statements} LEFT SEMI JOIN ties ON thing = subject
  WHERE predicate = 'rdfs:label' AND object LIKE '%"@zh'
),
parts AS (
  SELECT /*+ BROADCAST(ties) */ subject AS part, object AS whole
  FROM (SELECT * FROM {all_statements} UNION ALL SELECT * FROM {all_derived})
  LEFT SEMI JOIN ties ON thing = subject
  WHERE predicate IN ('geo:sfWithin', 'dcterms:isPartOf', 'dcterms:spatial')
),
-- Each tie as a step of a path, from one department to another.
steps AS (
  SELECT
    ties.*,
    one.department AS department,
    one_name.name AS begin,
    another.department AS other,
    concat(' —', things.name, '— ', another_name.name) AS step
  FROM ties
  JOIN connects AS one USING (tie)
  JOIN connects AS another USING (tie)
  JOIN names AS one_name ON one_name.department = one.department
  JOIN names AS another_name ON another_name.department = another.department
  JOIN things USING (thing)
  WHERE one.department != another.department
),
its AS (SELECT * FROM steps WHERE array_contains(:department, department)),
direct AS (
  SELECT * FROM its
  -- Departments are not tied by a thing that only a joint task of both names.
  WHERE (kind != 'shared' OR EXISTS (
      SELECT 1
      FROM concerns AS one
      JOIN concerns AS another ON another.tie = one.tie AND another.task != one.task
      JOIN responsible AS of_one ON of_one.task = one.task
      JOIN responsible AS of_another ON of_another.task = another.task
      WHERE one.tie = its.tie
        AND of_one.department = its.department AND of_another.department = its.other
    ))
    -- Departments that wait for the same department do not wait for each other.
    AND (kind != 'waiting' OR EXISTS (
      SELECT 1 FROM {derived}
      WHERE predicate = 'tkg:awaits' AND subject = tie AND object IN (department, other)
    ))
    -- A tie through a part of a thing does not count again for the whole thing.
    AND NOT EXISTS (
      SELECT 1 FROM parts JOIN its AS closer ON closer.thing = part
      WHERE whole = its.thing
        AND closer.department = its.department AND closer.other = its.other
    )
),
indirect AS (
  SELECT
    first.department,
    second.other,
    concat(first.begin, first.step, second.step) AS path,
    concat(first.kind, ', ', second.kind) AS kind,
    first.weight * second.weight AS weight,
    max(first.weight * second.weight) OVER (PARTITION BY first.department, second.other) AS best,
    first.other AS middle,
    first.tie AS tie,
    second.tie AS next
  FROM its AS first
  JOIN steps AS second
    ON second.department = first.other AND second.other != first.department
  WHERE NOT EXISTS (
    SELECT 1 FROM its AS known
    WHERE known.department = first.department AND known.other = second.other
  )
),
-- Each path with its ties, and the departments that each of them ties.
paths AS (
  SELECT
    department, other, 1 AS steps, concat(begin, step) AS path, kind, weight,
    explode(array(struct(tie, department AS one, other AS another))) AS tied
  FROM direct
  UNION ALL
  SELECT
    department, other, 2 AS steps, path, kind, weight,
    explode(array(
      struct(tie, department AS one, middle AS another),
      struct(next AS tie, middle AS one, other AS another)
    )) AS tied
  FROM indirect
  WHERE weight = best
),
proofs AS (
  SELECT proof.subject AS tie, task.object AS task, sentence.text AS sentence
  FROM {derived} AS proof
  JOIN {statements} AS task ON task.subject = proof.object
  JOIN {statements} AS sentence ON sentence.subject = proof.object
  WHERE proof.predicate = 'prov:wasDerivedFrom' AND task.predicate = 'tkg:task'
    AND sentence.predicate = 'tkg:sentence'
),
proven AS (
  SELECT
    paths.department, other, steps, path, kind, weight,
    sort_array(collect_set(struct(number, sentence))) AS proofs
  FROM paths
  JOIN proofs ON proofs.tie = tied.tie
  JOIN responsible
    ON responsible.task = proofs.task AND responsible.department IN (tied.one, tied.another)
  JOIN numbers ON numbers.task = proofs.task
  GROUP BY paths.department, other, steps, path, kind, weight
)
SELECT
  name AS department,
  steps,
  path,
  kind AS tie,
  weight,
  array_join(CAST(array_distinct(proofs.number) AS ARRAY<STRING>), ', ') AS tasks,
  array_join(array_distinct(proofs.sentence), ' | ') AS evidence
FROM proven JOIN names ON names.department = other
ORDER BY steps, weight DESC, department, path, tasks, evidence, tie
