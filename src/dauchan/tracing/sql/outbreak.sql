-- contacts_of_cases --
-- Everybody on the latest list of each case: case, person, generation, first exposure in microseconds, category of the place; all rows
-- as one string of big-endian numbers of eight bytes, since a hundred thousand rows one by one would cost more than finding them
WITH latest AS (
    SELECT DISTINCT ON (r.case_id) r.id, r.case_id
    FROM tracing_tracerun AS r
    WHERE r.case_id = ANY(%(cases)s::bigint[])
    ORDER BY r.case_id, r.started_at DESC
)
SELECT string_agg(
    int8send(latest.case_id) || int8send(c.person_id) || int8send(c.generation::bigint)
        || int8send(date_part('epoch', c.first_at)::bigint) || int8send(coalesce(v.category_id, 0)::bigint),
    ''::bytea
)
FROM latest
JOIN tracing_contact AS c ON c.run_id = latest.id
LEFT JOIN venues_venue AS v ON v.id = c.venue_id

-- work_on_contacts --
-- How far the team came with the people on the latest list of each case: of each step the number of people, and in minutes from the step
-- before the median, nine of ten, and of how many. A step written before its predecessor took no time; reached is who was verified, too
WITH latest AS (
    SELECT DISTINCT ON (r.case_id) r.id, r.case_id, r.finished_at
    FROM tracing_tracerun AS r
    WHERE r.case_id = ANY(%(cases)s::bigint[])
    ORDER BY r.case_id, r.started_at DESC
), positive AS (
    SELECT k.person_id, max(k.registered_at) AS registered_at
    FROM tracing_case AS k
    WHERE k.disease_id = %(disease)s AND k.status = 'confirmed'
    GROUP BY k.person_id
), work AS (
    SELECT coalesce(i.found_at, latest.finished_at) AS found_at,
           coalesce(i.reached_at, i.verified_at) AS reached_at,
           i.verified_at,
           i.tested_at,
           CASE WHEN p.registered_at >= c.first_at THEN p.registered_at
                WHEN i.result = 'positive' THEN i.tested_at
           END AS positive_at
    FROM latest
    JOIN tracing_contact AS c ON c.run_id = latest.id
    LEFT JOIN interviews_contactinterview AS i ON i.id = c.interview_id
    LEFT JOIN positive AS p ON p.person_id = c.person_id
), taken AS (
    SELECT *,
           greatest(0, date_part('epoch', reached_at - found_at)) / 60 AS to_reached,
           greatest(0, date_part('epoch', verified_at - reached_at)) / 60 AS to_verified,
           greatest(0, date_part('epoch', tested_at - verified_at)) / 60 AS to_tested,
           greatest(0, date_part('epoch', positive_at - tested_at)) / 60 AS to_positive
    FROM work
)
SELECT count(*),
       count(reached_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY to_reached) FILTER (WHERE reached_at IS NOT NULL),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY to_reached) FILTER (WHERE reached_at IS NOT NULL), count(reached_at - found_at),
       count(verified_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY to_verified) FILTER (WHERE verified_at - reached_at IS NOT NULL),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY to_verified) FILTER (WHERE verified_at - reached_at IS NOT NULL),
       count(verified_at - reached_at),
       count(tested_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY to_tested) FILTER (WHERE tested_at - verified_at IS NOT NULL),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY to_tested) FILTER (WHERE tested_at - verified_at IS NOT NULL),
       count(tested_at - verified_at),
       count(positive_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY to_positive) FILTER (WHERE positive_at - tested_at IS NOT NULL),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY to_positive) FILTER (WHERE positive_at - tested_at IS NOT NULL),
       count(positive_at - tested_at)
FROM taken

-- pairs_of_cases --
-- Of the latest list of each case the people who became cases themselves: source, contact and the exposure beside that of reference
WITH latest AS (
    SELECT DISTINCT ON (r.case_id) r.id, r.case_id
    FROM tracing_tracerun AS r
    WHERE r.case_id = ANY(%(cases)s::bigint[])
    ORDER BY r.case_id, r.started_at DESC
)
SELECT k.person_id, c.person_id, c.overlap_seconds, c.people_present, c.outdoor_share
FROM latest
JOIN tracing_case AS k ON k.id = latest.case_id
JOIN tracing_contact AS c ON c.run_id = latest.id AND c.generation = 1
WHERE c.person_id = ANY(%(people)s::bigint[])

-- places_of_cases --
-- How often each case was at which place within its own window: number of the case in the list, place, visits; without what was scanned
-- faster than a visitor can
SELECT p.number, i.venue_id, count(*)
FROM unnest(%(people)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
    WITH ORDINALITY AS p (person_id, start_at, end_at, number)
JOIN check_in AS i ON i.person_id = p.person_id AND i.entered_at >= p.start_at AND i.entered_at < p.end_at
WHERE i.labels & 32 = 0
GROUP BY p.number, i.venue_id

-- traffic_of_places --
-- All visits of some places in a period
SELECT i.venue_id, count(*)
FROM check_in AS i
WHERE i.venue_id = ANY(%(venues)s::bigint[]) AND i.entered_at >= %(start)s AND i.entered_at < %(end)s
GROUP BY i.venue_id

-- ledger_rows --
-- About how many rows the ledger has, as the planner knows; -1 where it does not
SELECT coalesce(sum(c.reltuples), -1)::bigint
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'check_in'::regclass AND c.reltuples >= 0

-- all_traffic --
-- All visits in a period
SELECT count(*) FROM check_in AS i WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s

-- sampled_traffic --
-- The same of a share of the ledger's pages, in per cent: for a ledger too large to be counted while somebody waits
SELECT count(*) FROM check_in AS i TABLESAMPLE SYSTEM (%(percent)s) WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s
