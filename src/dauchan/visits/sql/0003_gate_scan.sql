-- What gates hand in: a group of scans, each a fact. The door may call door_gate_scan; the console the rest.

-- Sets aside what must wait for a person, and answers which items that were (all that the device had handed in before as well).
CREATE FUNCTION gate_set_aside(items door_gate_item[], released boolean) RETURNS smallint[] LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    whys smallint[];
BEGIN
    SELECT array_agg(CASE WHEN released THEN 0
                          WHEN d.id IS NULL OR d.revoked_at IS NOT NULL OR d.venue_id <> s.venue_id THEN 1
                          ELSE s.quarantine END::smallint ORDER BY s.ordinality)
    INTO whys
    FROM unnest(items) WITH ORDINALITY AS s
    LEFT JOIN venues_gatedevice AS d ON d.id = s.device_id;

    IF 0 < ANY (whys) THEN
        INSERT INTO gate_quarantine (scan_id, device_id, venue_id, scanned_at, device_at, received_at, undoes, sealed, labels,
                                     direction, failed, reason)
        SELECT s.scan_id, s.device_id, s.venue_id, s.at, s.device_at, s.received_at, s.undoes, s.sealed, s.labels, s.direction,
               CASE s.direction WHEN 4 THEN s.reason ELSE 0 END, whys[s.ordinality]
        FROM unnest(items) WITH ORDINALITY AS s WHERE whys[s.ordinality] > 0
        ON CONFLICT (device_id, scan_id) DO NOTHING;
    END IF;
    RETURN whys;
END $$;

-- Writes entries; answers those that are new, with the labels their venue gives them.
CREATE FUNCTION gate_enter(events gate_event[]) RETURNS gate_event[] LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    landed gate_event[];
BEGIN
    WITH new AS (
        INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, device_id, labels, source, assurance)
        SELECT e.scan_id, e.person_id, e.venue_id, e.at, e.device_at, e.received_at, e.device_id,
               e.labels | CASE v.status WHEN 'suspended' THEN 8 WHEN 'closed' THEN 16 ELSE 0 END
                        | ledger_labels(e.at, v.scan_hours, NULL, NULL, NULL, NULL, NULL),
               4, e.assurance
        FROM unnest(events) AS e
        CROSS JOIN LATERAL (SELECT w.status, w.scan_hours FROM venues_venue AS w WHERE w.id = e.venue_id OFFSET 0) AS v
        WHERE v.status IN ('approved', 'suspended', 'closed')
        ON CONFLICT (check_in_id) DO NOTHING
        RETURNING check_in_id, person_id, venue_id, device_id, entered_at, device_at, received_at, labels, assurance
    )
    SELECT array_agg(ROW(0, check_in_id, device_id, venue_id, person_id, entered_at, device_at, received_at, labels, 1, assurance, 0,
                         NULL, 1)::gate_event)
    INTO landed FROM new;

    INSERT INTO gate_odd_event (person_id, venue_id, at, id, is_exit)
    SELECT e.person_id, e.venue_id, e.at, e.scan_id, false FROM unnest(landed) AS e WHERE gate_is_odd(e.scan_id, e.at);
    RETURN coalesce(landed, '{}');
END $$;

-- Writes exits, each to the entry it ends, or, where there is none yet, as a scan attempt (14, not inside). Answers which are new,
-- and which of those have no entry.
CREATE FUNCTION gate_leave(events gate_event[], low uuid, high uuid, OUT landed uuid[], OUT lonely uuid[]) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    WITH paired AS MATERIALIZED (
        SELECT e.*, p.id AS entry, p.entered_at
        FROM unnest(events) AS e
        LEFT JOIN LATERAL gate_entry_before(e.person_id, e.venue_id, e.at, NULL, low, high) AS p ON true
    ),
    ended AS (
        INSERT INTO check_out (check_in_id, check_out_id, venue_id, left_at, device_at, received_at, device_id, labels, closed_by)
        SELECT entry, scan_id, venue_id, at, device_at, received_at, device_id, gate_stay_labels(labels, entered_at, at), 2
        FROM paired WHERE entry IS NOT NULL
        ON CONFLICT (check_in_id, check_out_id) DO NOTHING
        RETURNING check_out_id AS id
    ),
    alone AS (
        INSERT INTO scan_attempt (attempt_id, person_id, venue_id, attempted_at, device_at, received_at, device_id, labels, reason, source)
        SELECT scan_id, person_id, venue_id, at, device_at, received_at, device_id, labels | 512, 14, 4
        FROM paired WHERE entry IS NULL
        ON CONFLICT (attempt_id) DO NOTHING
        RETURNING attempt_id AS id, person_id, venue_id, attempted_at AS at
    ),
    odd AS (
        INSERT INTO gate_odd_event (person_id, venue_id, at, id, is_exit)
        SELECT person_id, venue_id, at, id, true FROM alone WHERE gate_is_odd(id, at)
    )
    SELECT ARRAY(SELECT id FROM ended UNION ALL SELECT id FROM alone), ARRAY(SELECT id FROM alone) INTO landed, lonely;
END $$;

-- Takes back scans of the same device. An entry is ended at the instant it began, so that the visit is empty and meets nobody; after
-- an exit the person enters again. Closed by the venue (3), so that nobody takes it for an exit. Answers the entries that this makes; what was taken back stands in `done`, what was
-- taken back only now and without an entry in `fresh`.
CREATE FUNCTION gate_undo(events gate_event[], OUT entries gate_event[], OUT done uuid[], OUT fresh uuid[]) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    WITH found AS MATERIALIZED (
        SELECT u.*, i.check_in_id AS entry, i.entered_at,
               coalesce(a.person_id, x.person_id) AS left_by, coalesce(x.assurance, 1) AS left_assurance
        FROM unnest(events) AS u
        LEFT JOIN LATERAL (
            SELECT c.check_in_id, c.entered_at FROM check_in AS c
            WHERE c.check_in_id = u.undoes AND c.device_id = u.device_id OFFSET 0
        ) AS i ON true
        LEFT JOIN LATERAL (
            SELECT s.person_id FROM scan_attempt AS s
            WHERE s.attempt_id = u.undoes AND s.device_id = u.device_id AND s.reason = 14 OFFSET 0
        ) AS a ON true
        LEFT JOIN LATERAL (
            SELECT c.person_id, c.assurance FROM check_out AS o JOIN check_in AS c ON c.check_in_id = o.check_in_id
            WHERE o.device_id = u.device_id AND o.check_out_id = u.undoes AND o.closed_by = 2
              AND o.left_at >= u.at - interval '2 days' AND o.left_at <= u.at + interval '2 days'
            ORDER BY c.entered_at DESC LIMIT 1
        ) AS x ON i.check_in_id IS NULL
    ),
    emptied AS (
        INSERT INTO check_out (check_in_id, check_out_id, venue_id, left_at, device_at, received_at, device_id, labels, closed_by)
        SELECT entry, scan_id, venue_id, entered_at, device_at, received_at, device_id, labels | 128, 3
        FROM found WHERE entry IS NOT NULL
        ON CONFLICT (check_in_id, check_out_id) DO NOTHING
        RETURNING check_out_id
    )
    SELECT array_agg(ROW(nth, scan_id, device_id, venue_id, left_by, at, device_at, received_at, labels, 1, left_assurance, 0, NULL, 0
                        )::gate_event) FILTER (WHERE entry IS NULL AND left_by IS NOT NULL),
           coalesce(array_agg(scan_id) FILTER (WHERE entry IS NOT NULL OR left_by IS NOT NULL), '{}'),
           (SELECT coalesce(array_agg(check_out_id), '{}') FROM emptied)
    INTO entries, done, fresh FROM found;
    entries := coalesce(entries, '{}');
END $$;
