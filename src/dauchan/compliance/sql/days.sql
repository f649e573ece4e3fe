-- doors --
-- The venues of the day: id, their unit's path, whether registered at the end of the day and whether approved on it
SELECT v.id, u.path,
       v.status IN ('approved', 'suspended')
           AND coalesce((v.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s::date, false),
       coalesce((v.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = %(day)s::date, false)
FROM venues_venue AS v
JOIN units_unit AS u ON u.id = v.unit_id
ORDER BY v.id

-- stage_venues --
-- Where a day's counts of venues wait
CREATE TEMPORARY TABLE counted_venue (venue_id bigint, scans bigint, people bigint, failed bigint) ON COMMIT DROP

-- copy_venues --
-- Fills it
COPY counted_venue FROM STDIN (FORMAT binary)

-- drop_venues --
-- Venues that are not among them any more
DELETE FROM compliance_venueday AS d
WHERE d.day = %(day)s AND NOT EXISTS (SELECT FROM counted_venue AS c WHERE c.venue_id = d.venue_id)

-- put_venues --
-- What has not changed is not written again
INSERT INTO compliance_venueday AS d (venue_id, day, scans, people, failed)
SELECT c.venue_id, %(day)s, c.scans, c.people, c.failed FROM counted_venue AS c
ON CONFLICT (venue_id, day) DO UPDATE SET scans = excluded.scans, people = excluded.people, failed = excluded.failed
WHERE (d.scans, d.people, d.failed) IS DISTINCT FROM (excluded.scans, excluded.people, excluded.failed)

-- put_units --
-- The indicators of a day. Once counted after its end, what was registered stays as it stood then: a venue that closes later was open
INSERT INTO compliance_unitday AS d (unit_id, day, registered, new, active, scans, people, failed)
SELECT c.unit_id, %(day)s, c.registered, c.new, c.active, c.scans, c.people, c.failed
FROM unnest(%(unit_id)s::bigint[], %(registered)s::bigint[], %(new)s::bigint[], %(active)s::bigint[], %(scans)s::bigint[],
            %(people)s::bigint[], %(failed)s::bigint[]) AS c (unit_id, registered, new, active, scans, people, failed)
ON CONFLICT (unit_id, day) DO UPDATE SET
    registered = CASE WHEN %(is_settled)s THEN d.registered ELSE excluded.registered END,
    new = CASE WHEN %(is_settled)s THEN d.new ELSE excluded.new END,
    active = CASE WHEN %(is_settled)s THEN least(d.registered, excluded.active) ELSE excluded.active END,
    scans = excluded.scans, people = excluded.people, failed = excluded.failed

-- drop_units --
-- Units that the day's map does not have
DELETE FROM compliance_unitday WHERE day = %(day)s AND unit_id <> ALL(%(unit_id)s::bigint[])

-- counts_between --
-- Counts of venues on days, as whole numbers for COPY; days since 1970
COPY (
    SELECT d.venue_id, (d.day - date '1970-01-01')::bigint, d.scans::bigint, d.people::bigint, d.failed::bigint
    FROM compliance_venueday AS d
    WHERE d.day BETWEEN %(first)s AND %(last)s
) TO STDOUT (FORMAT binary)

-- venues_by_use --
-- Venues in the order of their use; the braces are the venues asked for and the order. What is asked for is found first: of a commune few
-- rows are looked up one by one, of a province all rows of the days are read through
WITH v AS MATERIALIZED (
    {venues}
), d AS (
    SELECT d.venue_id, sum(d.scans) AS scans, sum(d.failed) AS failed
    FROM compliance_venueday AS d
    WHERE d.day BETWEEN %s AND %s AND {narrowed}
    GROUP BY d.venue_id
)
SELECT v.id
FROM (
    SELECT v.id, v.sort_key, coalesce(d.scans, 0) AS scans, coalesce(d.failed, 0) AS failed
    FROM v LEFT JOIN d ON d.venue_id = v.id
) AS v
ORDER BY {order}
