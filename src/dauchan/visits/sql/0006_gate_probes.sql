-- As in 0003, and sure to look up by person and by key. The plans of a door's connection live long and may have been made when the
-- tables were empty or never analysed: venue_id + 0 keeps the search for one person out of the index of the whole venue, OFFSET 0 keeps
-- each look-up one probe a row, and within gate_record no table is read from end to end, nor is anything sorted that an index has in order:
-- that takes the index by person and not the primary key, whose range only chooses the partitions.

-- The last entry before an instant, or before the entry `before` of that instant.
CREATE OR REPLACE FUNCTION gate_entry_before(person bigint, venue bigint, instant timestamptz, before uuid, low uuid, high uuid)
RETURNS TABLE (id uuid, entered_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT found.id, found.entered_at
    FROM (
        (SELECT c.check_in_id AS id, c.entered_at FROM check_in AS c
         WHERE c.person_id = person AND c.venue_id + 0 = venue AND c.entered_at >= gate_since(instant) AND c.entered_at <= instant
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
CREATE OR REPLACE FUNCTION gate_entry_after(person bigint, venue bigint, instant timestamptz, after uuid, low uuid, high uuid)
RETURNS TABLE (id uuid, entered_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT found.id, found.entered_at
    FROM (
        (SELECT c.check_in_id AS id, c.entered_at FROM check_in AS c
         WHERE c.person_id = person AND c.venue_id + 0 = venue
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
CREATE OR REPLACE FUNCTION gate_exits_after(person bigint, venue bigint, instant timestamptz, until timestamptz, low uuid, high uuid)
RETURNS TABLE (id uuid, left_at timestamptz, device_at timestamptz, received_at timestamptz, device_id bigint, labels integer)
LANGUAGE sql STABLE AS $$
    (SELECT a.attempt_id, a.attempted_at, a.device_at, a.received_at, a.device_id, a.labels
     FROM scan_attempt AS a
     WHERE a.person_id = person AND a.venue_id + 0 = venue AND a.reason = 14
       AND a.attempted_at >= instant AND a.attempted_at < until AND gate_since(a.attempted_at) <= instant
       AND a.attempt_id >= low AND a.attempt_id <= high
     ORDER BY a.attempted_at OFFSET 0)
    UNION ALL
    SELECT a.attempt_id, a.attempted_at, a.device_at, a.received_at, a.device_id, a.labels
    FROM gate_odd_event AS o
    CROSS JOIN LATERAL (SELECT q.* FROM scan_attempt AS q WHERE q.attempt_id = o.id OFFSET 0) AS a
    WHERE o.person_id = person AND o.venue_id = venue AND o.is_exit
      AND o.at >= instant AND o.at < until AND gate_since(o.at) <= instant
      AND NOT (o.id >= low AND o.id <= high)
    UNION ALL
    SELECT o.check_out_id, o.left_at, o.device_at, o.received_at, o.device_id, o.labels
    FROM (
        (SELECT c.check_in_id FROM check_in AS c
         WHERE c.person_id = person AND c.venue_id + 0 = venue
           AND c.entered_at >= gate_since(instant) AND c.entered_at <= instant
           AND c.check_in_id >= low AND c.check_in_id <= high
         ORDER BY c.entered_at DESC OFFSET 0)
        UNION ALL
        SELECT e.id FROM gate_odd_event AS e
        WHERE e.person_id = person AND e.venue_id = venue AND NOT e.is_exit AND e.at >= gate_since(instant) AND e.at <= instant
    ) AS earlier
    CROSS JOIN LATERAL (SELECT q.* FROM check_out AS q WHERE q.check_in_id = earlier.check_in_id OFFSET 0) AS o
    WHERE o.closed_by = 2 AND o.venue_id = venue
      AND o.left_at >= instant AND o.left_at < until AND gate_since(o.left_at) <= instant
$$;

-- Makes whoever is not there yet; `whys` are 0 for items that count. Rows go in by the order of their hash, so that two gates never wait for each other in a circle.
CREATE OR REPLACE FUNCTION gate_make_people(items door_gate_item[], whys smallint[], nameless bytea) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    WITH wanted AS (
        SELECT DISTINCT ON (s.subject_hash) s.subject_hash, s.subject_kind, s.new_person_id, s.received_at
        FROM unnest(items) WITH ORDINALITY AS s WHERE s.subject = 2 AND s.reason = 0 AND whys[s.ordinality] = 0
        ORDER BY s.subject_hash
    ),
    made AS (
        INSERT INTO people_credential (person_id, kind, subject_hash, first_seen_at)
        SELECT w.new_person_id, w.subject_kind, w.subject_hash, w.received_at FROM wanted AS w
        WHERE NOT EXISTS (SELECT FROM people_credential AS c WHERE c.subject_hash = w.subject_hash OFFSET 0)
        ORDER BY w.subject_hash
        ON CONFLICT (subject_hash) DO NOTHING
        RETURNING person_id
    )
    INSERT INTO people_person (id, created_at) SELECT person_id, now() FROM made;

    WITH wanted AS (
        SELECT DISTINCT ON (s.subject_hash) s.subject_hash, s.phone, s.new_person_id
        FROM unnest(items) WITH ORDINALITY AS s WHERE s.subject = 3 AND s.reason = 0 AND whys[s.ordinality] = 0
        ORDER BY s.subject_hash
    ),
    made AS (
        INSERT INTO people_identity (person_id, full_name, phone, phone_hash)
        SELECT w.new_person_id, nameless, w.phone, w.subject_hash FROM wanted AS w
        WHERE NOT EXISTS (SELECT FROM people_identity AS i WHERE i.phone_hash = w.subject_hash OFFSET 0)
        ORDER BY w.subject_hash
        ON CONFLICT (phone_hash) DO NOTHING
        RETURNING person_id
    )
    INSERT INTO people_person (id, created_at) SELECT person_id, now() FROM made;
END $$;

ALTER FUNCTION gate_record(door_gate_item[], bytea, boolean) SET enable_seqscan TO off;
ALTER FUNCTION gate_record(door_gate_item[], bytea, boolean) SET enable_sort TO off;
