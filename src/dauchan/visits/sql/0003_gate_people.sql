-- Who was shown at a gate: people by the keyed hash of a document or a phone, made at first sight.

-- Makes whoever is not there yet; `whys` are 0 for items that count. Rows go in by the order of their hash, so that two gates never wait for each other in a circle.
CREATE FUNCTION gate_make_people(items door_gate_item[], whys smallint[], nameless bytea) RETURNS void LANGUAGE plpgsql AS $$
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
        WHERE NOT EXISTS (SELECT FROM people_credential AS c WHERE c.subject_hash = w.subject_hash)
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
        WHERE NOT EXISTS (SELECT FROM people_identity AS i WHERE i.phone_hash = w.subject_hash)
        ORDER BY w.subject_hash
        ON CONFLICT (phone_hash) DO NOTHING
        RETURNING person_id
    )
    INSERT INTO people_person (id, created_at) SELECT person_id, now() FROM made;
END $$;

-- The items with their people. Whoever is nobody gets the reason: 12 no such card, 13 no such person. The reason of 11, a revoked
-- card, is a mark (65536) and no refusal: the person was there.
CREATE FUNCTION gate_events(items door_gate_item[], whys smallint[]) RETURNS gate_event[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(ROW(
               s.ordinality, s.scan_id, s.device_id, s.venue_id, coalesce(p.id, c.person_id, i.person_id, h.person_id), s.at,
               s.device_at, s.received_at,
               s.labels | CASE WHEN h.revoked_at <= s.at THEN 65536 ELSE 0 END,
               s.direction, s.assurance,
               CASE WHEN s.reason <> 0 THEN s.reason
                    WHEN s.subject = 4 AND h.person_id IS NULL THEN 12
                    WHEN s.subject = 1 AND p.id IS NULL THEN 13 ELSE 0 END,
               s.undoes, 0)::gate_event ORDER BY s.ordinality)
    FROM unnest(items) WITH ORDINALITY AS s
    LEFT JOIN LATERAL (SELECT q.id FROM people_person AS q WHERE s.subject = 1 AND q.id = s.subject_number OFFSET 0) AS p ON true
    LEFT JOIN LATERAL (
        SELECT q.person_id FROM people_credential AS q WHERE s.subject = 2 AND q.subject_hash = s.subject_hash OFFSET 0
    ) AS c ON true
    LEFT JOIN LATERAL (
        SELECT q.person_id FROM people_identity AS q WHERE s.subject = 3 AND q.phone_hash = s.subject_hash OFFSET 0
    ) AS i ON true
    LEFT JOIN LATERAL (
        SELECT q.person_id, q.revoked_at FROM people_controlcard AS q WHERE s.subject = 4 AND q.id = s.subject_number OFFSET 0
    ) AS h ON true
    WHERE whys[s.ordinality] = 0
$$;
