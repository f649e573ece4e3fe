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

-- facts_of_people --
-- Labels, assurance and source of the check-ins of some people, with the label of impossible travel (2048), which depends on two
-- scans. One query for all of them; what was scanned faster than a visitor can (32) was nowhere and makes nothing else impossible
COPY (
    WITH scans AS MATERIALIZED (
        SELECT i.check_in_id, i.person_id, i.venue_id, i.entered_at, i.labels, i.assurance, i.source
        FROM unnest(%(people)s::bigint[]) AS p (person_id)
        JOIN check_in AS i USING (person_id)
        WHERE i.entered_at >= %(start)s - %(window)s AND i.entered_at < %(end)s + %(window)s
    ), impossible AS (
        SELECT DISTINCT one.check_in_id
        FROM scans AS one
        JOIN scans AS other ON other.person_id = one.person_id
        JOIN venues_venue AS here ON here.id = one.venue_id
        JOIN venues_venue AS there ON there.id = other.venue_id
        WHERE other.venue_id <> one.venue_id AND one.labels & 32 = 0 AND other.labels & 32 = 0
          AND other.entered_at > one.entered_at - %(window)s AND other.entered_at < one.entered_at + %(window)s
          AND ledger_metres(here.lat, here.lon, there.lat, there.lon)
              > %(metres)s + %(metres_a_second)s * abs(extract(epoch FROM other.entered_at - one.entered_at))
    )
    SELECT s.person_id, s.entered_at, s.labels::bigint | CASE WHEN m.check_in_id IS NULL THEN 0 ELSE 2048 END,
           s.assurance::bigint, s.source::bigint
    FROM scans AS s
    LEFT JOIN impossible AS m USING (check_in_id)
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
