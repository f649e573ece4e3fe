-- visits --
-- The visits of some identifiers (a table `wanted`), as they are now: an end is what somebody said, never imputed. The revision counts
-- the valid words about the end: the ledger only grows, so of two states the one with the higher number is the later. `bounds` tells the
-- planner which days the identifiers are of: else every probe asks all partitions
SELECT i.check_in_id AS visit_id, 1 + coalesce(o.said, 0) AS revision, i.person_id, i.venue_id, i.entered_at, o.left_at,
       o.closed_by AS left_by, i.labels | coalesce(o.labels, 0) AS labels, i.source, i.assurance, i.party, i.received_at
FROM ({scans}) AS i
LEFT JOIN LATERAL (
    SELECT q.left_at, q.closed_by, q.labels, count(*) OVER () AS said
    FROM check_out AS q
    WHERE q.check_in_id = i.check_in_id {bounds}
      AND q.left_at >= i.entered_at
      AND (q.person_id = i.person_id OR q.venue_id = i.venue_id)
    ORDER BY q.left_at, q.closed_by, q.check_out_id
    LIMIT 1
) AS o ON true

-- attempts --
-- The failed scans of some identifiers. Whoever made them, and what the code said, is not told apart from the person's pseudonym
SELECT i.attempt_id, 1 AS revision, i.person_id, i.venue_id, i.attempted_at, i.reason, i.source, i.labels, i.received_at
FROM ({scans}) AS i

-- of_keys_visits --
-- Probes of the key, never a scan of the ledger; in the key's order, which is that of the tables at both ends
SELECT c.* FROM (SELECT DISTINCT w.id FROM wanted AS w ORDER BY w.id) AS w
CROSS JOIN LATERAL (
    SELECT * FROM check_in AS c
    WHERE c.check_in_id = w.id AND c.check_in_id >= %(lowest)s AND c.check_in_id <= %(highest)s
    OFFSET 0
) AS c

-- of_keys_attempts --
-- The same of failed scans
SELECT c.* FROM (SELECT DISTINCT w.id FROM wanted AS w ORDER BY w.id) AS w
CROSS JOIN LATERAL (
    SELECT * FROM scan_attempt AS c
    WHERE c.attempt_id = w.id AND c.attempt_id >= %(lowest)s AND c.attempt_id <= %(highest)s
    OFFSET 0
) AS c

-- landed_visits --
-- Keys of visits with a check-in or a check-out that the snapshot `until` shows and `seen` did not, from a place on; the tests of
-- numbers are for the index and spare most rows the test of the snapshot
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT k.landed, k.id FROM (
    SELECT c.landed, c.check_in_id AS id FROM check_in AS c WHERE c.landed >= %(at)s AND c.landed < %(before)s
    UNION ALL
    SELECT c.landed, c.check_in_id AS id FROM check_out AS c WHERE c.landed >= %(at)s AND c.landed < %(before)s
) AS k
WHERE (k.landed > %(at)s OR k.id > %(after)s)
  AND (k.landed < %(until_min)s OR pg_visible_in_snapshot(k.landed::text::xid8, %(until)s::pg_snapshot))
  AND (k.landed >= %(seen_max)s OR NOT pg_visible_in_snapshot(k.landed::text::xid8, %(seen)s::pg_snapshot))
ORDER BY k.landed, k.id
LIMIT %(rows)s

-- landed_attempts --
-- The same of failed scans
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT k.landed, k.id FROM (
    SELECT c.landed, c.attempt_id AS id FROM scan_attempt AS c WHERE c.landed >= %(at)s AND c.landed < %(before)s
) AS k
WHERE (k.landed > %(at)s OR k.id > %(after)s)
  AND (k.landed < %(until_min)s OR pg_visible_in_snapshot(k.landed::text::xid8, %(until)s::pg_snapshot))
  AND (k.landed >= %(seen_max)s OR NOT pg_visible_in_snapshot(k.landed::text::xid8, %(seen)s::pg_snapshot))
ORDER BY k.landed, k.id
LIMIT %(rows)s

-- waiting_visits --
-- How many facts wait that the cursor has not reached, and since when
SELECT count(*), min(w.received_at) FROM (
    SELECT c.landed, c.check_in_id AS id, c.received_at FROM check_in AS c WHERE c.landed >= %(at)s
    UNION ALL
    SELECT c.landed, c.check_in_id AS id, c.received_at FROM check_out AS c WHERE c.landed >= %(at)s
) AS w
WHERE (w.landed > %(at)s OR w.id > %(after)s)
  AND (w.landed >= %(seen_max)s OR NOT pg_visible_in_snapshot(w.landed::text::xid8, %(seen)s::pg_snapshot))

-- waiting_attempts --
-- The same of failed scans
SELECT count(*), min(w.received_at) FROM (
    SELECT c.landed, c.attempt_id AS id, c.received_at FROM scan_attempt AS c WHERE c.landed >= %(at)s
) AS w
WHERE (w.landed > %(at)s OR w.id > %(after)s)
  AND (w.landed >= %(seen_max)s OR NOT pg_visible_in_snapshot(w.landed::text::xid8, %(seen)s::pg_snapshot))

-- day_visits --
-- Keys of a day in their order, from a place on: those whose identifiers tell of the day, which is nearly all
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT 0::bigint AS landed, c.check_in_id AS id
FROM check_in AS c
WHERE c.check_in_id > %(after)s AND c.check_in_id >= %(low)s AND c.check_in_id < %(high)s
  AND c.entered_at >= %(start)s AND c.entered_at < %(finish)s
ORDER BY c.check_in_id
LIMIT %(rows)s

-- odd_visits --
-- Keys of a day whose identifiers lie about it
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT 0::bigint AS landed, k.id
FROM (
    SELECT c.check_in_id AS id FROM check_in AS c
    WHERE c.entered_at >= %(start)s AND c.entered_at < %(finish)s AND (c.check_in_id < %(low)s OR c.check_in_id >= %(high)s)
    OFFSET 0
) AS k
WHERE k.id > %(after)s
ORDER BY k.id
LIMIT %(rows)s

-- day_attempts --
-- The same of failed scans, however odd: they are few
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT 0::bigint AS landed, c.attempt_id AS id
FROM scan_attempt AS c
WHERE c.attempt_id > %(after)s AND c.attempt_id >= %(low)s AND c.attempt_id < %(high)s
  AND c.attempted_at >= %(start)s AND c.attempted_at < %(finish)s
ORDER BY c.attempt_id
LIMIT %(rows)s

-- odd_attempts --
-- Keys of a day whose identifiers lie about it
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT 0::bigint AS landed, k.id
FROM (
    SELECT c.attempt_id AS id FROM scan_attempt AS c
    WHERE c.attempted_at >= %(start)s AND c.attempted_at < %(finish)s AND (c.attempt_id < %(low)s OR c.attempt_id >= %(high)s)
    OFFSET 0
) AS k
WHERE k.id > %(after)s
ORDER BY k.id
LIMIT %(rows)s

-- named --
-- Keys that somebody names
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT 0::bigint AS landed, k.id FROM unnest(%(keys)s::uuid[]) AS k (id)

-- venues --
-- Venues with what may be told of them: of sensitive ones neither name nor place. Never the owner, never a telephone number
SELECT v.id AS venue_id,
       CASE WHEN v.sensitive OR c.sensitive THEN NULL ELSE v.name END AS name,
       c.code AS category,
       CASE WHEN v.sensitive OR c.sensitive THEN NULL ELSE v.address END AS address,
       u.code AS unit_code,
       CASE WHEN v.sensitive OR c.sensitive THEN NULL ELSE v.lat END AS lat,
       CASE WHEN v.sensitive OR c.sensitive THEN NULL ELSE v.lon END AS lon,
       v.status, v.registered_at, c.default_stay_minutes AS stay_minutes
FROM venues_venue AS v
JOIN venues_category AS c ON c.id = v.category_id
JOIN units_unit AS u ON u.id = v.unit_id
WHERE v.status NOT IN ('pending', 'refused')
ORDER BY v.id

-- scans_of_day_visits --
-- The check-ins of a day
SELECT c.* FROM check_in AS c WHERE c.entered_at >= %(start)s AND c.entered_at < %(finish)s

-- own_scans_of_day_visits --
-- Those whose identifiers tell of the day, which is nearly all
SELECT c.* FROM check_in AS c
WHERE c.entered_at >= %(start)s AND c.entered_at < %(finish)s AND c.check_in_id >= %(low)s AND c.check_in_id < %(high)s

-- odd_scans_of_day_visits --
-- Those whose identifiers lie about it
SELECT c.* FROM check_in AS c
WHERE c.entered_at >= %(start)s AND c.entered_at < %(finish)s AND (c.check_in_id < %(low)s OR c.check_in_id >= %(high)s)

-- scans_of_day_attempts --
-- The failed scans of a day
SELECT c.* FROM scan_attempt AS c WHERE c.attempted_at >= %(start)s AND c.attempted_at < %(finish)s

-- late_visits --
-- Local days and venues of what a snapshot did not show
SELECT DISTINCT (i.entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, i.venue_id
FROM (
    SELECT c.entered_at, c.venue_id, c.landed FROM check_in AS c WHERE c.landed >= %(at)s
    UNION ALL
    SELECT c.entered_at, c.venue_id, o.landed
    FROM check_out AS o
    CROSS JOIN LATERAL (SELECT c.entered_at, c.venue_id FROM check_in AS c WHERE c.check_in_id = o.check_in_id OFFSET 0) AS c
    WHERE o.landed >= %(at)s
) AS i
WHERE NOT pg_visible_in_snapshot(i.landed::text::xid8, %(seen)s::pg_snapshot)

-- late_attempts --
-- The same of failed scans; 0 stands for no venue
SELECT DISTINCT (c.attempted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, coalesce(c.venue_id, 0)
FROM scan_attempt AS c
WHERE c.landed >= %(at)s AND NOT pg_visible_in_snapshot(c.landed::text::xid8, %(seen)s::pg_snapshot)

-- scans_of_venue_visits --
-- The check-ins of a day at one venue, through its index
SELECT c.* FROM check_in AS c WHERE c.venue_id = %(venue)s AND c.entered_at >= %(start)s AND c.entered_at < %(finish)s

-- scans_of_venue_attempts --
-- The failed scans of a day at one venue, or, of venue 0, at none
SELECT c.* FROM scan_attempt AS c
WHERE (c.venue_id = %(venue)s OR (%(venue)s = 0 AND c.venue_id IS NULL))
  AND c.attempted_at >= %(start)s AND c.attempted_at < %(finish)s

-- scans_of_venues_visits --
-- The check-ins of a day at some venues, through their index
SELECT c.* FROM unnest(%(venues)s::bigint[]) AS v (id)
CROSS JOIN LATERAL (
    SELECT * FROM check_in AS c WHERE c.venue_id = v.id AND c.entered_at >= %(start)s AND c.entered_at < %(finish)s OFFSET 0
) AS c

-- scans_of_venues_attempts --
-- The failed scans of a day at some venues
SELECT c.* FROM scan_attempt AS c
WHERE coalesce(c.venue_id, 0) = ANY(%(venues)s) AND c.attempted_at >= %(start)s AND c.attempted_at < %(finish)s

-- keep_digests --
-- Counts and digests of a day's records by venue, kept; the digests add up modulo 2^64, as halves so that no sum overflows
INSERT INTO national_venuedigest (receiver, kind, day, venue_id, count, digest)
SELECT %(receiver)s, %(kind)s, %(day)s, d.venue_id, d.records, (((d.upper + (d.lower >> 32)) & 4294967295) << 32) | (d.lower & 4294967295)
FROM (
    SELECT coalesce(r.venue_id, 0) AS venue_id, count(*) AS records,
           sum((r.digest >> 32) & 4294967295)::bigint AS upper, sum(r.digest & 4294967295)::bigint AS lower
    FROM (SELECT r.venue_id, {digest} AS digest FROM {records} AS r) AS r
    GROUP BY 1
) AS d

-- digests_of_units --
-- The kept digests of a day by the unit that each venue lies in
SELECT coalesce(v.unit_code, ''), sum(d.count)::bigint, sum(d.digest)
FROM national_venuedigest AS d
LEFT JOIN ({venues}) AS v ON v.venue_id = d.venue_id
WHERE d.receiver = %(receiver)s AND d.kind = %(kind)s AND d.day = %(day)s
GROUP BY 1

-- digests_of_venues --
-- The kept digests of a day for the venues of a unit
SELECT d.venue_id, d.count, d.digest
FROM national_venuedigest AS d
LEFT JOIN ({venues}) AS v ON v.venue_id = d.venue_id
WHERE d.receiver = %(receiver)s AND d.kind = %(kind)s AND d.day = %(day)s AND coalesce(v.unit_code, '') = %(unit)s
