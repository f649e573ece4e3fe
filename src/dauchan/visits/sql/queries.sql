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

-- scans_by_day --
-- Check-ins and people of a venue for each local day
SELECT (i.entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, count(*), count(DISTINCT i.person_id), sum(i.party)
FROM check_in AS i
WHERE i.venue_id = %(venue_id)s
  AND i.entered_at >= %(start)s
  AND i.entered_at < %(end)s
GROUP BY day
ORDER BY day

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
