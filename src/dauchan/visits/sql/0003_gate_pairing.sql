-- Which exit ends which entry, whatever the order in which they arrive.
--
-- An exit belongs to the last entry of its person at its venue before it, on this local day or the one before. An entry also ends
-- the one before it: who comes in again was out. Both are written as check-outs, and the earliest one counts (view `visit`);
-- so rows are only ever added: whichever of two scans arrives last adds the row that joins them.
--
-- `low` and `high` bound the identifiers that are looked at: few partitions. What lies outside is in gate_odd_event.

-- The last entry before an instant, or before the entry `before` of that instant.
CREATE FUNCTION gate_entry_before(person bigint, venue bigint, instant timestamptz, before uuid, low uuid, high uuid)
RETURNS TABLE (id uuid, entered_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT found.id, found.entered_at
    FROM (
        (SELECT c.check_in_id AS id, c.entered_at FROM check_in AS c
         WHERE c.person_id = person AND c.venue_id = venue AND c.entered_at >= gate_since(instant) AND c.entered_at <= instant
           AND (before IS NULL OR (c.entered_at, c.check_in_id) < (instant, before))
           AND c.check_in_id >= low AND c.check_in_id <= high
         ORDER BY c.entered_at DESC, c.check_in_id DESC LIMIT 1)
        UNION ALL
        (SELECT o.id, o.at FROM gate_odd_event AS o
         WHERE o.person_id = person AND o.venue_id = venue AND o.at >= gate_since(instant) AND o.at <= instant AND NOT o.is_exit
           AND (before IS NULL OR (o.at, o.id) < (instant, before))
         ORDER BY o.at DESC, o.id DESC LIMIT 1)
    ) AS found
    ORDER BY found.entered_at DESC, found.id DESC LIMIT 1
$$;

-- The first entry after another one, where that one is of the same day or the day before.
CREATE FUNCTION gate_entry_after(person bigint, venue bigint, instant timestamptz, after uuid, low uuid, high uuid)
RETURNS TABLE (id uuid, entered_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT found.id, found.entered_at
    FROM (
        (SELECT c.check_in_id AS id, c.entered_at FROM check_in AS c
         WHERE c.person_id = person AND c.venue_id = venue
           AND c.entered_at >= instant AND c.entered_at < instant + interval '2 days'
           AND (c.entered_at, c.check_in_id) > (instant, after)
           AND c.check_in_id >= low AND c.check_in_id <= high
         ORDER BY c.entered_at, c.check_in_id LIMIT 1)
        UNION ALL
        (SELECT o.id, o.at FROM gate_odd_event AS o
         WHERE o.person_id = person AND o.venue_id = venue
           AND o.at >= instant AND o.at < instant + interval '2 days' AND NOT o.is_exit
           AND (o.at, o.id) > (instant, after)
         ORDER BY o.at, o.id LIMIT 1)
    ) AS found
    WHERE gate_since(found.entered_at) <= instant
    ORDER BY found.entered_at, found.id LIMIT 1
$$;

-- Exits that an entry of this instant might own, told earlier: unpaired ones, and those that were given to an entry before it.
CREATE FUNCTION gate_exits_after(person bigint, venue bigint, instant timestamptz, until timestamptz, low uuid, high uuid)
RETURNS TABLE (id uuid, left_at timestamptz, device_at timestamptz, received_at timestamptz, device_id bigint, labels integer)
LANGUAGE sql STABLE AS $$
    SELECT a.attempt_id, a.attempted_at, a.device_at, a.received_at, a.device_id, a.labels
    FROM scan_attempt AS a
    WHERE a.person_id = person AND a.venue_id = venue AND a.reason = 14
      AND a.attempted_at >= instant AND a.attempted_at < until AND gate_since(a.attempted_at) <= instant
      AND a.attempt_id >= low AND a.attempt_id <= high
    UNION ALL
    SELECT a.attempt_id, a.attempted_at, a.device_at, a.received_at, a.device_id, a.labels
    FROM gate_odd_event AS o JOIN scan_attempt AS a ON a.attempt_id = o.id
    WHERE o.person_id = person AND o.venue_id = venue AND o.is_exit
      AND o.at >= instant AND o.at < until AND gate_since(o.at) <= instant
      AND NOT (o.id >= low AND o.id <= high)
    UNION ALL
    SELECT o.check_out_id, o.left_at, o.device_at, o.received_at, o.device_id, o.labels
    FROM (
        SELECT c.check_in_id FROM check_in AS c
        WHERE c.person_id = person AND c.venue_id = venue
          AND c.entered_at >= gate_since(instant) AND c.entered_at <= instant
          AND c.check_in_id >= low AND c.check_in_id <= high
        UNION
        SELECT e.id FROM gate_odd_event AS e
        WHERE e.person_id = person AND e.venue_id = venue AND NOT e.is_exit AND e.at >= gate_since(instant) AND e.at <= instant
    ) AS earlier
    JOIN check_out AS o ON o.check_in_id = earlier.check_in_id
    WHERE o.closed_by = 2 AND o.venue_id = venue
      AND o.left_at >= instant AND o.left_at < until AND gate_since(o.left_at) <= instant
$$;

-- Labels of an exit by the entry it ends: 128 under a minute, 256 over a day. That it came without its entry (512) is over.
CREATE FUNCTION gate_stay_labels(labels integer, entered_at timestamptz, left_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (labels & ~896) | CASE WHEN left_at < entered_at + interval '1 minute' THEN 128
                                  WHEN left_at > entered_at + interval '24 hours' THEN 256 ELSE 0 END
$$;

-- Joins entries that are new with what is there already, in both directions.
CREATE FUNCTION gate_join_entries(entries gate_event[], low uuid, high uuid) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    WITH neighbours AS MATERIALIZED (
        SELECT e.*, next.id AS next_id, next.entered_at AS next_at, previous.id AS previous_id, previous.entered_at AS previous_at
        FROM unnest(entries) AS e
        LEFT JOIN LATERAL gate_entry_after(e.person_id, e.venue_id, e.at, e.scan_id, low, high) AS next ON true
        LEFT JOIN LATERAL gate_entry_before(e.person_id, e.venue_id, e.at, e.scan_id, low, high) AS previous ON true
    ),
    ends AS (
        SELECT n.scan_id AS entry, n.at AS entered_at, x.id, x.left_at, x.device_at, x.received_at, x.device_id, x.labels, 2 AS closed_by,
               n.venue_id
        FROM neighbours AS n
        CROSS JOIN LATERAL gate_exits_after(n.person_id, n.venue_id, n.at, coalesce(n.next_at, 'infinity'), low, high) AS x
        UNION ALL
        SELECT scan_id, at, next_id, next_at, next_at, received_at, NULL, 0, 4, venue_id
        FROM neighbours WHERE next_id IS NOT NULL
        UNION ALL
        SELECT previous_id, previous_at, scan_id, at, device_at, received_at, NULL, 0, 4, venue_id
        FROM neighbours WHERE previous_id IS NOT NULL
    )
    INSERT INTO check_out (check_in_id, check_out_id, venue_id, left_at, device_at, received_at, device_id, labels, closed_by)
    SELECT entry, id, venue_id, left_at, device_at, received_at, device_id, gate_stay_labels(labels, entered_at, left_at), closed_by
    FROM ends ORDER BY entry, id
    ON CONFLICT (check_in_id, check_out_id) DO NOTHING;
END $$;
