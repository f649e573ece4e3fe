-- late --
-- Who was checked in or out by rows that a snapshot did not show, and when the visit began; entries in [start, end)
COPY (SELECT person_id, entered_at FROM ledger_late(%(seen)s::pg_snapshot, %(start)s, %(end)s)) TO STDOUT (FORMAT binary)

-- late_on --
-- The same for the visits of one day: entries up to %(after)s, and ends of those that began before %(finish)s
COPY (
    SELECT person_id, entered_at
    FROM ledger_late_on(%(seen)s::pg_snapshot, %(start)s, %(finish)s, %(after)s, %(low)s, %(high)s, %(last)s)
) TO STDOUT (FORMAT binary)

-- visits_of_people --
-- As visits_between, without floods, for some people. Identifiers that tell of the days around are looked up person by person, however
-- many there are; of all other identifiers, which lie about their day, the few whose entry is in [start, end)
COPY (
    WITH asked AS MATERIALIZED (
        SELECT DISTINCT a.person_id FROM unnest(%(people)s::bigint[]) AS a (person_id)
    ), scans AS MATERIALIZED (
        SELECT i.*
        FROM asked AS a
        CROSS JOIN LATERAL (
            SELECT c.check_in_id, c.person_id, c.venue_id, c.entered_at, c.labels
            FROM check_in AS c
            WHERE c.person_id = a.person_id AND c.entered_at >= %(start)s AND c.entered_at < %(end)s
              AND c.check_in_id >= %(low)s AND c.check_in_id < %(high)s
            OFFSET 0
        ) AS i
        UNION ALL
        SELECT o.check_in_id, o.person_id, o.venue_id, o.entered_at, o.labels
        FROM (
            SELECT c.check_in_id, c.person_id, c.venue_id, c.entered_at, c.labels
            FROM check_in AS c
            WHERE c.entered_at >= %(start)s AND c.entered_at < %(end)s
              AND (c.check_in_id < %(low)s OR c.check_in_id >= %(high)s)
            OFFSET 0
        ) AS o
        JOIN asked USING (person_id)
    ), floods AS MATERIALIZED (
        SELECT DISTINCT s.person_id, ledger_span(s.entered_at) AS span
        FROM scans AS s
        WHERE s.labels & 32 = 32 OR s.labels & 9216 = 9216
    )
    SELECT s.person_id, s.venue_id, s.entered_at, coalesce(o.left_at, '-infinity'), coalesce(c.default_stay_minutes, 60)::bigint
    FROM scans AS s
    LEFT JOIN venues_venue AS v ON v.id = s.venue_id
    LEFT JOIN venues_category AS c ON c.id = v.category_id
    LEFT JOIN floods ON floods.person_id = s.person_id AND floods.span = ledger_span(s.entered_at)
    CROSS JOIN LATERAL (
        SELECT min(q.left_at) AS left_at
        FROM check_out AS q
        WHERE q.check_in_id = s.check_in_id
          AND q.left_at >= s.entered_at
          AND (q.person_id = s.person_id OR q.venue_id = s.venue_id)
        OFFSET 0
    ) AS o
    WHERE floods.person_id IS NULL
) TO STDOUT (FORMAT binary)

-- usual_stays --
-- The usual stay at every venue, in minutes
SELECT v.id, c.default_stay_minutes FROM venues_venue AS v JOIN venues_category AS c ON c.id = v.category_id ORDER BY v.id

-- people_and_venues --
-- Person and venue of the check-ins of a stretch of time, without floods
COPY (
    WITH floods AS MATERIALIZED (
        SELECT * FROM ledger_floods(%(start)s, %(end)s)
    )
    SELECT i.person_id, i.venue_id
    FROM check_in AS i
    LEFT JOIN floods ON floods.person_id = i.person_id AND floods.span = ledger_span(i.entered_at)
    WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s
      AND floods.person_id IS NULL
) TO STDOUT (FORMAT binary)

-- failed_scans --
-- Venues and their scans of a stretch of time that became no check-in
COPY (
    SELECT a.venue_id, count(*)
    FROM scan_attempt AS a
    WHERE a.venue_id IS NOT NULL AND a.attempted_at >= %(start)s AND a.attempted_at < %(end)s
    GROUP BY a.venue_id
    ORDER BY a.venue_id
) TO STDOUT (FORMAT binary)
