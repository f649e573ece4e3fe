-- visits_between --
-- Person, venue, entry, recorded end ('-infinity' where there is none) and the category's usual stay, for COPY; without floods unless asked
COPY (
    WITH closed AS (
        SELECT i.check_in_id, min(o.left_at) AS left_at
        FROM check_in AS i
        JOIN check_out AS o USING (check_in_id)
        WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s
          AND o.left_at >= i.entered_at
          AND (o.person_id = i.person_id OR o.venue_id = i.venue_id)
        GROUP BY i.check_in_id
    ), floods AS MATERIALIZED (
        SELECT * FROM ledger_floods(%(start)s, %(end)s) WHERE NOT %(floods)s
    )
    SELECT i.person_id, i.venue_id, i.entered_at, coalesce(closed.left_at, '-infinity'),
           coalesce(c.default_stay_minutes, 60)::bigint
    FROM check_in AS i
    LEFT JOIN closed USING (check_in_id)
    LEFT JOIN venues_venue AS v ON v.id = i.venue_id
    LEFT JOIN venues_category AS c ON c.id = v.category_id
    LEFT JOIN floods ON floods.person_id = i.person_id AND floods.span = ledger_span(i.entered_at)
    WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s
      AND floods.person_id IS NULL
) TO STDOUT (FORMAT binary)

-- long_visits --
-- Visits that began before one instant and whose recorded end lies after a later one; rows as of visits_between, without floods.
-- Only the check-outs of days up to %(before)s, an identifier, are looked through, and few of those lie so late
COPY (
    WITH late AS MATERIALIZED (
        SELECT DISTINCT o.check_in_id
        FROM check_out AS o
        WHERE o.check_in_id < %(before)s AND o.left_at > %(ended_after)s
    )
    SELECT i.person_id, i.venue_id, i.entered_at, min(o.left_at), coalesce(min(c.default_stay_minutes), 60)::bigint
    FROM late
    JOIN check_in AS i USING (check_in_id)
    JOIN check_out AS o USING (check_in_id)
    LEFT JOIN venues_venue AS v ON v.id = i.venue_id
    LEFT JOIN venues_category AS c ON c.id = v.category_id
    WHERE i.entered_at < %(began_before)s
      AND o.left_at >= i.entered_at
      AND (o.person_id = i.person_id OR o.venue_id = i.venue_id)
      AND NOT EXISTS (
          SELECT FROM ledger_floods(i.entered_at, i.entered_at) AS f
          WHERE f.person_id = i.person_id AND f.span = ledger_span(i.entered_at)
      )
    GROUP BY i.check_in_id, i.person_id, i.venue_id, i.entered_at
    HAVING min(o.left_at) > %(ended_after)s
) TO STDOUT (FORMAT binary)

-- facts_of_visits --
-- Labels, assurance and source of single check-ins by their place in what is asked for, with the label of impossible travel (2048), which
-- depends on two scans; what was scanned faster than a visitor can (32) was nowhere and makes nothing else impossible. No plan can spoil
-- it, however wrong the planner guesses how many scans a person has: people are looked up one by one in the index (OFFSET keeps that
-- from becoming a join of whole days), and the scans about a scan, and which of them are asked for, come from two sortings instead of
-- joins of all scans with all others. Identifiers as in visits_of_people
COPY (
    WITH asked AS MATERIALIZED (
        SELECT a.person_id, a.venue_id, to_timestamp(a.entered) AS entered_at, a.n
        FROM unnest(%(people)s::bigint[], %(venues)s::bigint[], %(entries)s::bigint[])
            WITH ORDINALITY AS a (person_id, venue_id, entered, n)
    ), about AS MATERIALIZED (
        SELECT a.person_id, min(a.entered_at) - %(window)s AS since, max(a.entered_at) + %(window)s + interval '1 second' AS until
        FROM asked AS a
        GROUP BY a.person_id
    ), scans AS MATERIALIZED (
        SELECT i.*
        FROM about AS a
        CROSS JOIN LATERAL (
            SELECT c.person_id, c.venue_id, c.entered_at, c.labels, c.assurance, c.source
            FROM check_in AS c
            WHERE c.person_id = a.person_id AND c.entered_at >= a.since AND c.entered_at < a.until
              AND c.check_in_id >= %(low)s AND c.check_in_id < %(high)s
            OFFSET 0
        ) AS i
        UNION ALL
        SELECT o.*
        FROM (
            SELECT c.person_id, c.venue_id, c.entered_at, c.labels, c.assurance, c.source
            FROM check_in AS c
            WHERE c.entered_at >= %(start)s AND c.entered_at < %(end)s
              AND (c.check_in_id < %(low)s OR c.check_in_id >= %(high)s)
            OFFSET 0
        ) AS o
        JOIN about AS a USING (person_id)
    ), nearby AS (
        SELECT s.*, here.lat, here.lon,
               max(s.n) OVER (PARTITION BY s.person_id, s.venue_id, date_trunc('second', s.entered_at)) AS place,
               array_agg(s.venue_id) FILTER (WHERE s.labels & 32 = 0) OVER about AS venues,
               array_agg(here.lat) FILTER (WHERE s.labels & 32 = 0) OVER about AS lats,
               array_agg(here.lon) FILTER (WHERE s.labels & 32 = 0) OVER about AS lons,
               array_agg(s.entered_at) FILTER (WHERE s.labels & 32 = 0) OVER about AS entries
        FROM (
            SELECT i.*, NULL::bigint AS n FROM scans AS i
            UNION ALL
            SELECT a.person_id, a.venue_id, a.entered_at, NULL, NULL, NULL, a.n FROM asked AS a
        ) AS s
        LEFT JOIN venues_venue AS here ON here.id = s.venue_id
        WINDOW about AS (
            PARTITION BY s.person_id ORDER BY s.entered_at
            RANGE BETWEEN %(window)s PRECEDING AND %(window)s FOLLOWING
        )
    )
    SELECT s.place,
           s.labels::bigint | CASE WHEN s.labels & 32 = 0 AND EXISTS (
               SELECT
               FROM unnest(s.venues, s.lats, s.lons, s.entries) AS other (venue_id, lat, lon, entered_at)
               WHERE other.venue_id <> s.venue_id
                 AND other.entered_at > s.entered_at - %(window)s AND other.entered_at < s.entered_at + %(window)s
                 AND ledger_metres(s.lat, s.lon, other.lat, other.lon)
                     > %(metres)s + %(metres_a_second)s * abs(extract(epoch FROM other.entered_at - s.entered_at))
           ) THEN 2048 ELSE 0 END,
           s.assurance::bigint, s.source::bigint
    FROM nearby AS s
    WHERE s.place IS NOT NULL AND s.n IS NULL
) TO STDOUT (FORMAT binary)

-- scans_by_day --
-- Check-ins and people of venues for each local day, without floods: the spans in which one of their people scanned faster than a
-- visitor can, or with a crowd at a closed venue, wherever that was
WITH scans AS MATERIALIZED (
    SELECT i.venue_id, i.person_id, i.entered_at, i.party
    FROM check_in AS i
    WHERE i.venue_id = ANY(%(venue_ids)s)
      AND i.entered_at >= %(start)s
      AND i.entered_at < %(end)s
), floods AS (
    SELECT DISTINCT i.person_id, ledger_span(i.entered_at) AS span
    FROM check_in AS i
    WHERE i.person_id IN (SELECT s.person_id FROM scans AS s)
      AND i.entered_at >= %(start)s - interval '10 minutes'
      AND i.entered_at < %(end)s + interval '10 minutes'
      AND (i.labels & 32 = 32 OR i.labels & 9216 = 9216)
)
SELECT s.venue_id, (s.entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, count(*), count(DISTINCT s.person_id), sum(s.party)
FROM scans AS s
LEFT JOIN floods AS f ON f.person_id = s.person_id AND f.span = ledger_span(s.entered_at)
WHERE f.person_id IS NULL
GROUP BY s.venue_id, day
ORDER BY s.venue_id, day

-- stage --
-- Where loaded visits wait, so that those already in the ledger are left out
CREATE TEMPORARY TABLE loaded_visit (
    check_in_id uuid, person_id bigint, venue_id bigint, entered_at timestamptz, left_at timestamptz, received_at timestamptz
) ON COMMIT DROP

-- copy_stage --
-- Fills it
COPY loaded_visit FROM STDIN (FORMAT binary)

-- load_check_ins --
-- Moves staged visits into the ledger; those that are there already stay as they are
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, source, assurance)
SELECT check_in_id, person_id, venue_id, entered_at, entered_at, received_at, %(source)s, %(assurance)s
FROM loaded_visit
ON CONFLICT (check_in_id) DO NOTHING

-- load_check_outs --
-- The ends of staged visits; the check-out bears the check-in's number, so that loading twice changes nothing
INSERT INTO check_out (check_in_id, check_out_id, person_id, left_at, device_at, received_at, closed_by)
SELECT check_in_id, check_in_id, person_id, left_at, left_at, greatest(left_at, received_at), %(closed_by)s
FROM loaded_visit
WHERE left_at > '-infinity'
ON CONFLICT (check_in_id, check_out_id) DO NOTHING
