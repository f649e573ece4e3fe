-- As ledger_late, for one day [start, finish): entries up to `after`, ends of visits that began on the day. Looks through what bears an
-- identifier of the day, however much has landed on the days since; of all other identifiers, which lie about their day, through the
-- few whose entry is in question. `low`, `high` and `last` are the first identifiers from start, finish and after on.
CREATE FUNCTION ledger_late_on(seen pg_snapshot, start timestamptz, finish timestamptz, after timestamptz, low uuid, high uuid, last uuid)
RETURNS TABLE (person_id bigint, entered_at timestamptz)
LANGUAGE sql STABLE SET enable_seqscan TO off SET enable_hashjoin TO off SET enable_mergejoin TO off AS $$
    SELECT i.person_id, i.entered_at
    FROM check_in AS i
    WHERE i.check_in_id >= low AND i.check_in_id < last AND i.entered_at >= start AND i.entered_at < after
      AND i.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(i.landed::text::xid8, seen)
    UNION ALL
    SELECT i.person_id, i.entered_at
    FROM (
        SELECT c.person_id, c.entered_at, c.landed
        FROM check_in AS c
        WHERE c.entered_at >= start AND c.entered_at < after AND (c.check_in_id < low OR c.check_in_id >= last)
        OFFSET 0
    ) AS i
    WHERE i.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(i.landed::text::xid8, seen)
    UNION ALL
    SELECT i.person_id, i.entered_at
    FROM check_out AS o
    CROSS JOIN LATERAL (SELECT c.person_id, c.entered_at FROM check_in AS c WHERE c.check_in_id = o.check_in_id OFFSET 0) AS i
    WHERE o.check_in_id >= low AND o.check_in_id < high AND i.entered_at >= start AND i.entered_at < finish
      AND o.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(o.landed::text::xid8, seen)
    UNION ALL
    SELECT i.person_id, i.entered_at
    FROM (
        SELECT c.check_in_id, c.person_id, c.entered_at
        FROM check_in AS c
        WHERE c.entered_at >= start AND c.entered_at < finish AND (c.check_in_id < low OR c.check_in_id >= high)
        OFFSET 0
    ) AS i
    CROSS JOIN LATERAL (
        SELECT o.landed
        FROM check_out AS o
        WHERE o.check_in_id = i.check_in_id
          AND o.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(o.landed::text::xid8, seen)
        LIMIT 1
    ) AS found
$$;
