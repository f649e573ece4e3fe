-- scans_of_day --
-- Every check-in of [start, end), without floods: person, venue, entry, device or else the person, position (NaN where not told), its
-- accuracy, source; all eight bytes wide
COPY (
    WITH floods AS MATERIALIZED (SELECT * FROM ledger_floods(%(start)s, %(end)s))
    SELECT i.person_id, i.venue_id, i.entered_at, coalesce(i.device_id, i.person_id),
           coalesce(i.lat, 'NaN')::float8, coalesce(i.lon, 'NaN')::float8, coalesce(i.accuracy_m, 'NaN')::float8, i.source::bigint
    FROM check_in AS i
    LEFT JOIN floods ON floods.person_id = i.person_id AND floods.span = ledger_span(i.entered_at)
    WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s AND floods.person_id IS NULL
) TO STDOUT (FORMAT binary)

-- failed_scans --
-- Venue and instant of every scan of [start, end) whose code could not be read
COPY (
    SELECT venue_id, attempted_at
    FROM scan_attempt
    WHERE attempted_at >= %(start)s AND attempted_at < %(end)s AND venue_id IS NOT NULL AND reason = %(unreadable)s
) TO STDOUT (FORMAT binary)

-- counts_of_days --
-- Of each venue and local day in [start, end): scans without floods; the day counts from 2000-01-01, as PostgreSQL's dates do
COPY (
    WITH floods AS MATERIALIZED (SELECT * FROM ledger_floods(%(start)s, %(end)s))
    SELECT i.venue_id, ((i.entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - date '2000-01-01')::bigint, count(*)
    FROM check_in AS i
    LEFT JOIN floods ON floods.person_id = i.person_id AND floods.span = ledger_span(i.entered_at)
    WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s AND floods.person_id IS NULL
    GROUP BY 1, 2
) TO STDOUT (FORMAT binary)
