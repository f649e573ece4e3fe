-- As in 0003. OFFSET 0 keeps each look-up one probe of an index a row: the plans of a door's connection live long, and were made
-- when the tables may have been empty.

-- Exits that an entry of this instant might own, told earlier: unpaired ones, and those that were given to an entry before it.
CREATE OR REPLACE FUNCTION gate_exits_after(person bigint, venue bigint, instant timestamptz, until timestamptz, low uuid, high uuid)
RETURNS TABLE (id uuid, left_at timestamptz, device_at timestamptz, received_at timestamptz, device_id bigint, labels integer)
LANGUAGE sql STABLE AS $$
    SELECT a.attempt_id, a.attempted_at, a.device_at, a.received_at, a.device_id, a.labels
    FROM scan_attempt AS a
    WHERE a.person_id = person AND a.venue_id = venue AND a.reason = 14
      AND a.attempted_at >= instant AND a.attempted_at < until AND gate_since(a.attempted_at) <= instant
      AND a.attempt_id >= low AND a.attempt_id <= high
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
        SELECT c.check_in_id FROM check_in AS c
        WHERE c.person_id = person AND c.venue_id = venue
          AND c.entered_at >= gate_since(instant) AND c.entered_at <= instant
          AND c.check_in_id >= low AND c.check_in_id <= high
        UNION
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
