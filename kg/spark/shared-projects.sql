WITH
ties AS (
  SELECT
    subject AS node,
    max(object) FILTER (WHERE predicate = 'rdf:type') AS class,
    max(object) FILTER (WHERE predicate = 'tkg:through') AS through
  FROM {all_derived}
  WHERE predicate = 'tkg:through'
    OR predicate = 'rdf:type' AND object IN ('tkg:JointTie', 'tkg:SharedTie')
  GROUP BY subject
),
connects AS (
  SELECT subject AS node, object AS department FROM {all_derived}
  WHERE predicate = 'tkg:connects'
),
concerns AS (
  SELECT subject AS node, object AS task FROM {all_derived} WHERE predicate = 'tkg:task'
),
mentions AS (
  SELECT DISTINCT subject AS task, object AS thing FROM {all_statements}
  WHERE predicate = 'tkg:mentions'
),
all_numbers AS (
  SELECT DISTINCT subject AS task, CAST(text AS BIGINT) AS number FROM {all_statements}
  WHERE predicate = 'tkg:number'
),
all_names AS (
  SELECT DISTINCT subject, text AS label FROM {all_statements}
  WHERE predicate = 'skos:prefLabel'
),
named AS (
  SELECT node, 'shared' AS tie, through AS thing, task
  FROM ties JOIN concerns USING (node)
  WHERE class = 'tkg:SharedTie'
  UNION ALL
  SELECT node, 'joint' AS tie, thing, task
  FROM ties JOIN concerns USING (node) JOIN mentions USING (task)
  WHERE class = 'tkg:JointTie'
),
-- A thing with a shared tie of the department is listed with all its joint ties too.
asked AS (
  SELECT * FROM named
  WHERE size(:department) = 0 OR EXISTS (
    SELECT 1
    FROM named AS its JOIN connects USING (node)
    WHERE its.thing = named.thing AND its.tie IN ('shared', named.tie)
      AND array_contains(:department, department)
  )
),
tied AS (
  SELECT
    thing,
    tie,
    sort_array(collect_set(label)) AS departments,
    sort_array(collect_set(number)) AS tasks
  FROM asked
  JOIN connects USING (node)
  JOIN all_names ON all_names.subject = department
  JOIN all_numbers USING (task)
  GROUP BY thing, tie
),
classes AS (
  SELECT DISTINCT subject AS thing, object AS class FROM {all_statements}
  WHERE predicate = 'rdf:type' AND object IN
    ('tkg:Project', 'tkg:Place', 'tkg:Road', 'tkg:Organization', 'tkg:Policy', 'tkg:Event')
)
SELECT
  label AS name,
  regexp_extract(class, '#(.+)>', 1) AS kind,
  tie,
  array_join(departments, '、') AS departments,
  array_join(CAST(tasks AS ARRAY<STRING>), ', ') AS tasks,
  size(departments) AS count
FROM tied
JOIN classes USING (thing)
JOIN all_names ON all_names.subject = thing
WHERE size(:kind) = 0 OR array_contains(:kind, class)
ORDER BY tie DESC, count DESC, kind, name, tasks, departments
