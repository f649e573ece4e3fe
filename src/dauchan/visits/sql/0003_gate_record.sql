-- Scans that become scan attempts: those the gate refused (direction 4), and those whose reason makes them worth no visit. Answers
-- which are new.
CREATE FUNCTION gate_keep_attempts(events gate_event[]) RETURNS uuid[] LANGUAGE sql AS $$
    WITH new AS (
        INSERT INTO scan_attempt (attempt_id, person_id, venue_id, attempted_at, device_at, received_at, device_id, labels, reason, source)
        SELECT e.scan_id, e.person_id, e.venue_id, e.at, e.device_at, e.received_at, e.device_id, e.labels, e.reason, 4
        FROM unnest(events) AS e WHERE e.reason <> 0
        ON CONFLICT (attempt_id) DO NOTHING
        RETURNING attempt_id
    )
    SELECT coalesce(array_agg(attempt_id), '{}') FROM new
$$;

-- Undoing, also of what waited for the scan it takes back. Answers the new entries, what was undone and what only now.
CREATE FUNCTION gate_take_back(events gate_event[], OUT entries gate_event[], OUT done uuid[], OUT fresh uuid[]) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    undoing gate_event[];
    again   gate_event[];
BEGIN
    SELECT array_agg(u) INTO undoing FROM (
        SELECT e.* FROM unnest(events) AS e WHERE e.direction = 3 AND e.reason = 0
        UNION ALL
        SELECT 0, q.scan_id, q.device_id, q.venue_id, NULL, q.scanned_at, q.device_at, q.received_at, q.labels, 3, 1, 0, q.undoes, 0
        FROM unnest(events) AS e JOIN gate_quarantine AS q ON q.undoes = e.scan_id
        WHERE q.reason = 4 AND q.decided_at IS NULL AND e.direction IN (1, 2)
    ) AS u;
    entries := '{}'; done := '{}'; fresh := '{}';
    IF undoing IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO again, done, fresh FROM gate_undo(undoing);
    entries := gate_enter(again);

    DELETE FROM gate_quarantine AS q USING unnest(undoing) AS u
        WHERE q.scan_id = u.scan_id AND q.device_id = u.device_id AND u.scan_id = ANY (done) AND q.reason = 4 AND q.decided_at IS NULL;
    INSERT INTO gate_quarantine (scan_id, device_id, venue_id, scanned_at, device_at, received_at, undoes, labels, direction, failed, reason)
        SELECT u.scan_id, u.device_id, u.venue_id, u.at, u.device_at, u.received_at, u.undoes, u.labels, 3, 0, 4
        FROM unnest(undoing) AS u WHERE u.scan_id <> ALL (done)
        ON CONFLICT (device_id, scan_id) DO NOTHING;
END $$;

-- Records a group of scans, an answer for each: outcome 1 recorded, 2 repeated, 3 refused with an AttemptReason (and kept as a scan
-- attempt), 4 set aside with its reason. `released`: a person has decided that these count. `nameless` is the encrypted empty name of a new person.
-- Groups of one venue queue here, so that whichever of two scans is second sees the first.
CREATE FUNCTION gate_record(items door_gate_item[], nameless bytea, released boolean)
RETURNS TABLE (nth integer, outcome smallint, labels integer, reason smallint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    whys    smallint[] := gate_set_aside(items, released);
    events  gate_event[];
    entries gate_event[];
    again   gate_event[];
    done    uuid[];
    fresh   uuid[];
    news    uuid[];
    lonely  uuid[];
    low     uuid;
    high    uuid;
BEGIN
    PERFORM pg_advisory_xact_lock(7255, (queue.venue_id % 2147483647)::integer)
    FROM (SELECT DISTINCT s.venue_id FROM unnest(items) AS s ORDER BY s.venue_id OFFSET 0) AS queue;

    PERFORM gate_make_people(items, whys, nameless);
    events := gate_events(items, whys);
    SELECT gate_id(gate_since(min(e.at)) - interval '20 hours'), gate_id(max(e.at) + interval '68 hours')
    INTO low, high FROM unnest(events) AS e WHERE e.reason = 0;

    entries := gate_enter(ARRAY(SELECT e FROM unnest(events) AS e WHERE e.direction = 1 AND e.reason = 0));
    SELECT t.landed, t.lonely INTO news, lonely
    FROM gate_leave(ARRAY(SELECT e FROM unnest(events) AS e WHERE e.direction = 2 AND e.reason = 0), low, high) AS t;
    SELECT t.entries, t.done, t.fresh INTO again, done, fresh FROM gate_take_back(events) AS t;
    PERFORM gate_join_entries(entries || again, low, high);
    news := news || fresh || gate_keep_attempts(events)
                 || ARRAY(SELECT e.scan_id FROM unnest(entries || again) AS e);

    RETURN QUERY
    WITH judged AS MATERIALIZED (
        SELECT s.ordinality AS place, e.*, c.person_id AS stored_person, 
               coalesce(l.labels, c.labels, e.labels, 0) | CASE WHEN e.scan_id = ANY (lonely) THEN 512 ELSE 0 END AS said,
               n.id IS NOT NULL AND row_number() OVER (PARTITION BY s.scan_id ORDER BY s.ordinality) = 1 AS is_new,
               e.scan_id = ANY (done) AS is_done
        FROM unnest(items) WITH ORDINALITY AS s
        LEFT JOIN unnest(events) AS e ON e.nth = s.ordinality
        LEFT JOIN unnest(entries) AS l ON l.scan_id = e.scan_id AND l.person_id = e.person_id
        LEFT JOIN unnest(news) AS n (id) ON n.id = e.scan_id
        LEFT JOIN LATERAL (
            SELECT i.person_id, i.labels FROM check_in AS i
            WHERE e.direction = 1 AND e.reason = 0 AND l.scan_id IS NULL AND i.check_in_id = e.scan_id OFFSET 0
        ) AS c ON true
    ),
    ruled AS (
        SELECT j.*,
               CASE WHEN j.nth IS NULL THEN 4
                    WHEN j.direction < 4 AND j.reason <> 0 THEN 3
                    WHEN j.direction = 3 AND NOT j.is_done THEN 4
                    WHEN j.direction = 1 AND NOT j.is_new AND j.stored_person IS DISTINCT FROM j.person_id
                         AND NOT EXISTS (SELECT FROM unnest(entries) AS l WHERE l.scan_id = j.scan_id) THEN 3
                    WHEN j.is_new THEN 1 ELSE 2 END AS verdict,
               CASE WHEN j.reason <> 0 THEN j.reason WHEN j.stored_person IS NULL THEN 5 ELSE 8 END AS why
        FROM judged AS j
    ),
    kept AS (
        INSERT INTO scan_attempt (attempt_id, person_id, venue_id, attempted_at, device_at, received_at, device_id, labels, reason, source)
        SELECT scan_id, person_id, venue_id, at, device_at, received_at, device_id, labels, why, 4
        FROM ruled WHERE verdict = 3 AND reason = 0
        ON CONFLICT (attempt_id) DO NOTHING
    )
    SELECT place::integer, verdict::smallint, said, CASE verdict WHEN 3 THEN why WHEN 4 THEN coalesce(nullif(whys[place], 0), 4)
                                                                ELSE 0 END::smallint
    FROM ruled ORDER BY place;
END $$;

-- The door's way in: nothing of a revoked device counts.
CREATE FUNCTION door_gate_scan(items door_gate_item[], nameless bytea)
RETURNS TABLE (nth integer, outcome smallint, labels integer, reason smallint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM gate_record(items, nameless, false)
$$;

REVOKE ALL ON FUNCTION door_gate_scan(door_gate_item[], bytea), gate_record(door_gate_item[], bytea, boolean) FROM PUBLIC;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dauchan_door') THEN
        GRANT EXECUTE ON FUNCTION door_gate_scan(door_gate_item[], bytea) TO dauchan_door;
    END IF;
END $$;
