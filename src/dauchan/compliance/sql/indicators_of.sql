-- The indicators of units on one local day: id, registered, new, active, scans, people.
-- Floods, scans faster than any visitor's, count for nothing (visits/sql/0002_rules.sql).
-- The ledger's partitions are chosen by the identifiers' time, a day wider on both sides than the day asked for: clocks err.
WITH area AS (
    SELECT top.id AS top_id, v.id AS venue_id,
           v.status IN ('approved', 'suspended')
               AND (v.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s::date AS is_registered,
           (v.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = %(day)s::date AS is_new
    FROM units_unit AS top
    JOIN units_unit AS u ON u.id = top.id OR u.path LIKE top.path || '.%%'
    JOIN venues_venue AS v ON v.unit_id = u.id
    WHERE top.id = ANY(%(ids)s)
), floods AS MATERIALIZED (
    SELECT f.person_id, f.span
    FROM ledger_floods(%(day)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
                       (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') AS f
), scanned AS (
    SELECT i.venue_id, i.person_id
    FROM check_in AS i
    LEFT JOIN floods AS f ON f.person_id = i.person_id AND f.span = ledger_span(i.entered_at)
    WHERE i.check_in_id >= ledger_day_floor(%(day)s::date - 1) AND i.check_in_id < ledger_day_floor(%(day)s::date + 2)
      AND i.entered_at >= %(day)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND i.entered_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND f.person_id IS NULL
), used AS (
    SELECT a.top_id, count(DISTINCT s.venue_id) FILTER (WHERE a.is_registered) AS active, count(*) AS scans,
           count(DISTINCT s.person_id) AS people
    FROM area AS a JOIN scanned AS s USING (venue_id)
    GROUP BY a.top_id
), venues AS (
    SELECT top_id, count(*) FILTER (WHERE is_registered) AS registered, count(*) FILTER (WHERE is_registered AND is_new) AS new
    FROM area GROUP BY top_id
)
SELECT top.id, coalesce(venues.registered, 0), coalesce(venues.new, 0),
       coalesce(used.active, 0), coalesce(used.scans, 0), coalesce(used.people, 0)
FROM units_unit AS top
LEFT JOIN venues ON venues.top_id = top.id
LEFT JOIN used ON used.top_id = top.id
WHERE top.id = ANY(%(ids)s)
