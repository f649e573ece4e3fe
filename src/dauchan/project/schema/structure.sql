-- Written by `make schema`; what the migrations lead to. Do not edit.
SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
        CREATE ROLE dauchan_door LOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN RAISE NOTICE 'no right to create the role dauchan_door';
    WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was faster
END $$;
CREATE TYPE public.door_gate_item AS (
	scan_id uuid,
	device_id bigint,
	venue_id bigint,
	at timestamp with time zone,
	device_at timestamp with time zone,
	received_at timestamp with time zone,
	labels integer,
	direction smallint,
	subject smallint,
	assurance smallint,
	reason smallint,
	quarantine smallint,
	subject_number bigint,
	new_person_id bigint,
	subject_kind text,
	subject_hash bytea,
	phone bytea,
	undoes uuid,
	sealed bytea
);
CREATE TYPE public.door_leaving AS (
	check_out_id uuid,
	check_in_id uuid,
	person_id bigint,
	venue_id bigint,
	left_at timestamp with time zone,
	device_at timestamp with time zone,
	received_at timestamp with time zone,
	labels integer,
	closed_by smallint,
	device_id bigint
);
CREATE TYPE public.door_scan AS (
	check_in_id uuid,
	person_id bigint,
	venue_id bigint,
	entered_at timestamp with time zone,
	device_at timestamp with time zone,
	received_at timestamp with time zone,
	labels integer,
	poster_version smallint,
	source smallint,
	assurance smallint,
	party smallint,
	reason smallint,
	code_hash bigint,
	device_id bigint,
	lat real,
	lon real,
	accuracy_m real
);
CREATE TYPE public.gate_event AS (
	nth integer,
	scan_id uuid,
	device_id bigint,
	venue_id bigint,
	person_id bigint,
	at timestamp with time zone,
	device_at timestamp with time zone,
	received_at timestamp with time zone,
	labels integer,
	direction smallint,
	assurance smallint,
	reason smallint,
	undoes uuid,
	outcome smallint
);
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.accountability_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what was signed stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.audit_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE FUNCTION public.door_changed_venues(known pg_snapshot) RETURNS SETOF bigint
    LANGUAGE sql STABLE
    AS $$
    SELECT venue_id FROM door_venue_change
    WHERE changed_in >= pg_snapshot_xmin(known) AND NOT pg_visible_in_snapshot(changed_in, known)
$$;
CREATE FUNCTION public.door_check_in(scans public.door_scan[]) RETURNS TABLE(nth integer, outcome smallint, venue_id bigint, entered_at timestamp with time zone, received_at timestamp with time zone, labels integer, reason smallint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    stored uuid[];
    marked bigint;
BEGIN
    -- OFFSET 0 keeps the look-up one index probe a row; as a join it may turn into a scan of all venues.
    WITH landed AS (
        INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, device_id, labels,
                              lat, lon, accuracy_m, poster_version, source, assurance, party)
        SELECT s.check_in_id, s.person_id, s.venue_id, s.entered_at, s.device_at, s.received_at, s.device_id,
               s.labels | CASE v.status WHEN 'suspended' THEN 8 WHEN 'closed' THEN 16 ELSE 0 END
                        | ledger_labels(s.entered_at, v.scan_hours, s.lat, s.lon, s.accuracy_m, v.lat, v.lon),
               s.lat, s.lon, s.accuracy_m, s.poster_version, s.source, s.assurance, s.party
        FROM unnest(scans) AS s
        CROSS JOIN LATERAL (
            SELECT w.status, w.lat, w.lon, w.scan_hours FROM venues_venue AS w WHERE w.id = s.venue_id OFFSET 0
        ) AS v
        WHERE s.reason = 0 AND v.status IN ('approved', 'suspended', 'closed')
        ON CONFLICT (check_in_id) DO NOTHING
        RETURNING check_in_id, labels
    )
    SELECT array_agg(check_in_id), count(*) FILTER (WHERE labels & 5144 <> 0) INTO stored, marked FROM landed;

    IF cardinality(stored) = cardinality(scans) AND marked = 0 THEN
        RETURN;
    END IF;

    RETURN QUERY
    WITH judged AS MATERIALIZED (
        SELECT s.*, c.person_id AS stored_person_id, c.venue_id AS stored_venue_id, c.entered_at AS stored_entered_at,
               c.received_at AS stored_received_at, c.labels AS stored_labels,
               CASE WHEN c.person_id IS DISTINCT FROM s.person_id THEN 3
                    WHEN s.check_in_id = ANY (stored) AND s.turn = 1 THEN 1
                    ELSE 2 END AS verdict,
               CASE WHEN s.reason <> 0 THEN s.reason
                    WHEN c.person_id IS NOT NULL THEN 8
                    WHEN v.status IS NULL THEN 4
                    ELSE 5 END AS why
        FROM (SELECT u.*, row_number() OVER (PARTITION BY u.check_in_id, u.person_id ORDER BY u.ordinality) AS turn
              FROM unnest(scans) WITH ORDINALITY AS u) AS s
        LEFT JOIN LATERAL (
            SELECT i.* FROM check_in AS i WHERE i.check_in_id = s.check_in_id AND s.reason = 0 OFFSET 0
        ) AS c ON true
        LEFT JOIN LATERAL (SELECT w.status FROM venues_venue AS w WHERE w.id = s.venue_id OFFSET 0) AS v ON true
    ),
    kept AS (
        INSERT INTO scan_attempt (attempt_id, person_id, venue_id, attempted_at, device_at, received_at, device_id,
                                  code_hash, labels, reason, source)
        SELECT check_in_id, person_id, nullif(venue_id, 0), entered_at, device_at, received_at, device_id,
               nullif(code_hash, 0), labels, why, source
        FROM judged WHERE verdict = 3
        ON CONFLICT (attempt_id) DO NOTHING
    )
    SELECT ordinality::integer, verdict::smallint, CASE WHEN verdict < 3 THEN stored_venue_id END,
           CASE WHEN verdict < 3 THEN stored_entered_at END, CASE WHEN verdict < 3 THEN stored_received_at END,
           CASE WHEN verdict < 3 THEN stored_labels END, CASE WHEN verdict = 3 THEN why END::smallint
    FROM judged ORDER BY ordinality;
END $$;
CREATE FUNCTION public.door_check_in_known(scans public.door_scan[], known pg_snapshot) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM door_changed_venues(known)) THEN
        RETURN false;
    END IF;
    -- Without ON CONFLICT, whose tentative insertion costs a fifth of a row. A repetition fails at its first row and is rare.
    INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, device_id, labels,
                          lat, lon, accuracy_m, poster_version, source, assurance, party)
    SELECT s.check_in_id, s.person_id, s.venue_id, s.entered_at, s.device_at, s.received_at, s.device_id, s.labels,
           s.lat, s.lon, s.accuracy_m, s.poster_version, s.source, s.assurance, s.party
    FROM unnest(scans) AS s;
    RETURN true;
EXCEPTION
    WHEN unique_violation THEN RETURN false;
END $$;
CREATE FUNCTION public.door_check_out(leavings public.door_leaving[]) RETURNS TABLE(nth integer, outcome smallint, left_at timestamp with time zone, received_at timestamp with time zone, labels integer, reason smallint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    stored uuid[];
BEGIN
    WITH matched AS (
        SELECT o.*, i.entered_at, i.check_in_id IS NULL AS alone, greatest(o.left_at, i.entered_at) AS settled_at
        FROM unnest(leavings) AS o
        LEFT JOIN LATERAL (
            SELECT c.* FROM check_in AS c WHERE c.check_in_id = o.check_in_id OFFSET 0
        ) AS i ON true
        WHERE i.check_in_id IS NULL
           OR ((i.person_id = o.person_id OR i.venue_id = o.venue_id) AND o.left_at >= i.entered_at - interval '2 minutes')
    ),
    landed AS (
        INSERT INTO check_out (check_in_id, check_out_id, person_id, venue_id, left_at, device_at, received_at, device_id,
                               labels, closed_by)
        SELECT check_in_id, check_out_id, person_id, venue_id, settled_at, device_at, received_at, device_id,
               labels | CASE WHEN alone THEN 512
                             ELSE CASE WHEN left_at < entered_at THEN 64 ELSE 0 END
                                | CASE WHEN settled_at < entered_at + interval '1 minute' THEN 128
                                       WHEN settled_at > entered_at + interval '24 hours' THEN 256 ELSE 0 END END,
               closed_by
        FROM matched
        ON CONFLICT (check_in_id, check_out_id) DO NOTHING
        RETURNING check_out_id
    )
    SELECT coalesce(array_agg(check_out_id), '{}') INTO stored FROM landed;

    RETURN QUERY
    SELECT s.ordinality::integer,
           CASE WHEN o.check_out_id IS NULL OR o.person_id IS DISTINCT FROM s.person_id THEN 3
                WHEN s.check_out_id = ANY (stored) AND s.turn = 1 THEN 1 ELSE 2 END::smallint,
           CASE WHEN o.person_id IS NOT DISTINCT FROM s.person_id THEN o.left_at END,
           CASE WHEN o.person_id IS NOT DISTINCT FROM s.person_id THEN o.received_at END,
           CASE WHEN o.person_id IS NOT DISTINCT FROM s.person_id THEN o.labels END,
           CASE WHEN o.check_out_id IS NULL AND (i.person_id = s.person_id OR i.venue_id = s.venue_id) THEN 2 ELSE 1 END::smallint
    FROM (SELECT u.*, row_number() OVER (PARTITION BY u.check_in_id, u.check_out_id, u.person_id ORDER BY u.ordinality) AS turn
          FROM unnest(leavings) WITH ORDINALITY AS u) AS s
    LEFT JOIN LATERAL (
        SELECT c.* FROM check_out AS c
        WHERE c.check_in_id = s.check_in_id AND c.check_out_id = s.check_out_id OFFSET 0
    ) AS o ON true
    LEFT JOIN LATERAL (
        SELECT c.* FROM check_in AS c WHERE c.check_in_id = s.check_in_id AND o.check_out_id IS NULL OFFSET 0
    ) AS i ON true
    ORDER BY s.ordinality;
END $$;
CREATE FUNCTION public.door_gate_scan(items public.door_gate_item[], nameless bytea) RETURNS TABLE(nth integer, outcome smallint, labels integer, reason smallint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT * FROM gate_record(items, nameless, false)
$$;
CREATE FUNCTION public.door_note_venue_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO door_venue_change VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, pg_current_xact_id())
    ON CONFLICT (venue_id) DO UPDATE SET changed_in = excluded.changed_in;
    RETURN NULL;
END $$;
CREATE FUNCTION public.door_scan_attempt(scans public.door_scan[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH landed AS (
        INSERT INTO scan_attempt (attempt_id, person_id, venue_id, attempted_at, device_at, received_at, device_id,
                                  code_hash, labels, reason, source)
        SELECT check_in_id, nullif(person_id, 0), nullif(venue_id, 0), entered_at, device_at, received_at, device_id,
               nullif(code_hash, 0), labels, reason, source
        FROM unnest(scans) WHERE reason <> 0
        ON CONFLICT (attempt_id) DO NOTHING
        RETURNING 1
    )
    SELECT count(*) FROM landed
$$;
CREATE FUNCTION public.door_signed_out(since timestamp with time zone) RETURNS TABLE(phone_id bigint, ended_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT p.id, p.ended_at FROM phones_ownphone AS p
    WHERE p.ended_at > since AND p.ending IN ('elsewhere', 'hotline', 'number')
$$;
CREATE FUNCTION public.door_venues(since pg_snapshot) RETURNS TABLE(venue_id bigint, status text, lat double precision, lon double precision, hours integer[], known text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT wanted.id, v.status, v.lat, v.lon,
           (SELECT array_agg(edge ORDER BY edge) FROM unnest(v.scan_hours) AS r CROSS JOIN LATERAL (VALUES (lower(r)), (upper(r))) AS e (edge)),
           pg_current_snapshot()::text
    FROM (SELECT id FROM venues_venue WHERE since IS NULL UNION ALL SELECT door_changed_venues(since)) AS wanted
    LEFT JOIN venues_venue AS v ON v.id = wanted.id
$$;
CREATE FUNCTION public.gate_enter(events public.gate_event[]) RETURNS public.gate_event[]
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.gate_entry_after(person bigint, venue bigint, instant timestamp with time zone, after uuid, low uuid, high uuid) RETURNS TABLE(id uuid, entered_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.gate_entry_before(person bigint, venue bigint, instant timestamp with time zone, before uuid, low uuid, high uuid) RETURNS TABLE(id uuid, entered_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.gate_events(items public.door_gate_item[], whys smallint[]) RETURNS public.gate_event[]
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.gate_exits_after(person bigint, venue bigint, instant timestamp with time zone, until timestamp with time zone, low uuid, high uuid) RETURNS TABLE(id uuid, left_at timestamp with time zone, device_at timestamp with time zone, received_at timestamp with time zone, device_id bigint, labels integer)
    LANGUAGE sql STABLE
    AS $$
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
CREATE FUNCTION public.gate_id(at timestamp with time zone) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT (lpad(to_hex(greatest((extract(epoch FROM at) * 1000)::bigint, 0)), 12, '0') || repeat('0', 20))::uuid
$$;
CREATE FUNCTION public.gate_is_odd(id uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT id < gate_id(at - interval '20 hours') OR id > gate_id(at + interval '20 hours')
$$;
CREATE FUNCTION public.gate_join_entries(entries public.gate_event[], low uuid, high uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.gate_keep_attempts(events public.gate_event[]) RETURNS uuid[]
    LANGUAGE sql
    AS $$
    WITH new AS (
        INSERT INTO scan_attempt (attempt_id, person_id, venue_id, attempted_at, device_at, received_at, device_id, labels, reason, source)
        SELECT e.scan_id, e.person_id, e.venue_id, e.at, e.device_at, e.received_at, e.device_id, e.labels, e.reason, 4
        FROM unnest(events) AS e WHERE e.reason <> 0
        ON CONFLICT (attempt_id) DO NOTHING
        RETURNING attempt_id
    )
    SELECT coalesce(array_agg(attempt_id), '{}') FROM new
$$;
CREATE FUNCTION public.gate_leave(events public.gate_event[], low uuid, high uuid, OUT landed uuid[], OUT lonely uuid[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.gate_make_people(items public.door_gate_item[], whys smallint[], nameless bytea) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.gate_record(items public.door_gate_item[], nameless bytea, released boolean) RETURNS TABLE(nth integer, outcome smallint, labels integer, reason smallint)
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_sort TO 'off'
    AS $$
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
CREATE FUNCTION public.gate_set_aside(items public.door_gate_item[], released boolean) RETURNS smallint[]
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.gate_since(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT (date_trunc('day', at AT TIME ZONE 'Asia/Ho_Chi_Minh') - interval '1 day') AT TIME ZONE 'Asia/Ho_Chi_Minh'
$$;
CREATE FUNCTION public.gate_stay_labels(labels integer, entered_at timestamp with time zone, left_at timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT (labels & ~896) | CASE WHEN left_at < entered_at + interval '1 minute' THEN 128
                                  WHEN left_at > entered_at + interval '24 hours' THEN 256 ELSE 0 END
$$;
CREATE FUNCTION public.gate_take_back(events public.gate_event[], OUT entries public.gate_event[], OUT done uuid[], OUT fresh uuid[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.gate_undo(events public.gate_event[], OUT entries public.gate_event[], OUT done uuid[], OUT fresh uuid[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.inspection_record_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a record of inspection stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.ledger_beside_gate(venue bigint, source integer, at timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT CASE WHEN source IN (1, 2, 3, 7, 8) AND venue_mode(venue, at) = 'gate' THEN 32768 ELSE 0 END
$$;
CREATE FUNCTION public.ledger_close_day(day date, kept_from timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    suffix text := to_char(day, '_YYYYMMDD');
BEGIN
    EXECUTE format('ALTER TABLE check_out DETACH PARTITION %I', 'check_out' || suffix);
    EXECUTE format('ALTER TABLE check_in DETACH PARTITION %I', 'check_in' || suffix);
    EXECUTE format('ALTER TABLE scan_attempt DETACH PARTITION %I', 'scan_attempt' || suffix);
    EXECUTE format('INSERT INTO check_out_default SELECT o.* FROM %I o JOIN %I i USING (check_in_id) WHERE i.entered_at >= %L',
                   'check_out' || suffix, 'check_in' || suffix, kept_from);
    EXECUTE format('INSERT INTO check_in_default SELECT * FROM %I WHERE entered_at >= %L', 'check_in' || suffix, kept_from);
    EXECUTE format('INSERT INTO scan_attempt_default SELECT * FROM %I WHERE attempted_at >= %L', 'scan_attempt' || suffix, kept_from);
    EXECUTE format('DROP TABLE %I, %I, %I', 'check_out' || suffix, 'check_in' || suffix, 'scan_attempt' || suffix);
END $$;
CREATE FUNCTION public.ledger_day_floor(day date) RETURNS uuid
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') * 1000)::bigint), 12, '0')
            || repeat('0', 20))::uuid
$$;
CREATE FUNCTION public.ledger_delete_before(kept_from timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    removed bigint := 0;
    part    bigint;
BEGIN
    PERFORM set_config('dauchan.retention', 'on', true);
    DELETE FROM check_out AS o USING check_in AS i
        WHERE i.check_in_id = o.check_in_id AND i.entered_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM check_out WHERE left_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM check_in WHERE entered_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM scan_attempt WHERE attempted_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    PERFORM set_config('dauchan.retention', 'off', true);
    RETURN removed + part;
END $$;
CREATE FUNCTION public.ledger_floods(first timestamp with time zone, after timestamp with time zone) RETURNS TABLE(person_id bigint, span bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT DISTINCT i.person_id, ledger_span(i.entered_at)
    FROM check_in AS i
    WHERE i.entered_at >= first - interval '10 minutes' AND i.entered_at < after + interval '10 minutes'
      AND (i.labels & 32 = 32 OR i.labels & 9216 = 9216)
$$;
CREATE FUNCTION public.ledger_here() RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid FROM pg_database WHERE datname = current_database()
$$;
CREATE FUNCTION public.ledger_hours(hours jsonb) RETURNS int4multirange
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    SELECT range_agg(int4range(minutes.start - 30 + week, minutes.finish + 30 + week)) * int4multirange(int4range(0, 10080))
    FROM unnest(ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) WITH ORDINALITY AS day (name, nth)
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(hours -> day.name) WHEN 'array' THEN hours -> day.name ELSE '[]' END) AS stretch
    CROSS JOIN LATERAL (
        SELECT CASE WHEN stretch ->> 0 ~ '^\d\d:\d\d$' AND stretch ->> 1 ~ '^\d\d:\d\d$'
                    THEN ARRAY[left(stretch ->> 0, 2)::integer * 60 + right(stretch ->> 0, 2)::integer,
                               left(stretch ->> 1, 2)::integer * 60 + right(stretch ->> 1, 2)::integer] END AS said
    ) AS words
    CROSS JOIN LATERAL (
        SELECT (day.nth - 1)::integer * 1440 + said[1] AS start,
               (day.nth - 1)::integer * 1440 + said[2] + CASE WHEN said[2] <= said[1] THEN 1440 ELSE 0 END AS finish
    ) AS minutes
    CROSS JOIN unnest(ARRAY[-10080, 0, 10080]) AS week
    WHERE minutes.start IS NOT NULL
$_$;
CREATE FUNCTION public.ledger_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('dauchan.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.ledger_is_impossible(person bigint, venue bigint, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT EXISTS (
        SELECT FROM check_in AS other
        JOIN venues_venue AS there ON there.id = other.venue_id
        JOIN venues_venue AS here ON here.id = venue
        WHERE other.person_id = person
          AND other.entered_at > at - interval '2 hours' AND other.entered_at < at + interval '2 hours'
          AND other.venue_id <> venue
          AND ledger_metres(here.lat, here.lon, there.lat, there.lon)
              > 2000 + 33.34 * abs(extract(epoch FROM other.entered_at - at)))
$$;
CREATE FUNCTION public.ledger_labels(entered_at timestamp with time zone, hours int4multirange, lat real, lon real, accuracy_m real, venue_lat double precision, venue_lon double precision) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT CASE WHEN hours IS NULL OR hours @> ledger_minute(entered_at) THEN 0 ELSE 1024 END
         | CASE WHEN lat IS NULL OR venue_lat IS NULL THEN 0
                WHEN ledger_metres(lat, lon, venue_lat, venue_lon) - coalesce(accuracy_m, 0) > 500 THEN 4096 ELSE 0 END
$$;
CREATE FUNCTION public.ledger_late(seen pg_snapshot, start timestamp with time zone, after timestamp with time zone) RETURNS TABLE(person_id bigint, entered_at timestamp with time zone)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
    SELECT i.person_id, i.entered_at
    FROM check_in AS i
    WHERE i.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(i.landed::text::xid8, seen)
      AND i.entered_at >= start AND i.entered_at < after
    UNION ALL
    SELECT i.person_id, i.entered_at
    FROM check_out AS o
    CROSS JOIN LATERAL (SELECT c.person_id, c.entered_at FROM check_in AS c WHERE c.check_in_id = o.check_in_id OFFSET 0) AS i
    WHERE o.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(o.landed::text::xid8, seen)
      AND i.entered_at >= start AND i.entered_at < after
$$;
CREATE FUNCTION public.ledger_late_on(seen pg_snapshot, start timestamp with time zone, finish timestamp with time zone, after timestamp with time zone, low uuid, high uuid, last uuid) RETURNS TABLE(person_id bigint, entered_at timestamp with time zone)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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
CREATE FUNCTION public.ledger_metres(lat double precision, lon double precision, other_lat double precision, other_lon double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT 111195 * sqrt((other_lat - lat) ^ 2 + ((other_lon - lon) * cos(radians((lat + other_lat) / 2))) ^ 2)
$$;
CREATE FUNCTION public.ledger_minute(at timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT ((floor(extract(epoch FROM at) / 60)::bigint + 7 * 60 + 3 * 1440) % 10080)::integer
$$;
CREATE FUNCTION public.ledger_open_day(day date) RETURNS boolean
    LANGUAGE sql
    AS $$
    SELECT bool_or(ledger_open_table_day(ledger, day)) FROM unnest(ARRAY['check_in', 'check_out', 'scan_attempt']) AS ledger
$$;
CREATE FUNCTION public.ledger_open_table_day(ledger text, day date) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
DECLARE
    partition text := ledger || to_char(day, '_YYYYMMDD');
    bounds    text := format('%L AND %L', ledger_day_floor(day), ledger_day_floor(day + 1));
    key       text := CASE ledger WHEN 'scan_attempt' THEN 'attempt_id' ELSE 'check_in_id' END;
BEGIN
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM set_config('dauchan.retention', 'on', true);
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', ledger || '_default');
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition, ledger);
    EXECUTE format('WITH waiting AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM waiting',
                   ledger || '_default', key, ledger_day_floor(day), key, ledger_day_floor(day + 1), partition);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   ledger, partition, ledger_day_floor(day), ledger_day_floor(day + 1));
    PERFORM set_config('dauchan.retention', 'off', true);
    RETURN true;
END $$;
CREATE FUNCTION public.ledger_settle() RETURNS boolean
    LANGUAGE plpgsql
    AS $$
DECLARE
    ledger text;
BEGIN
    PERFORM FROM ledger_home WHERE home <> ledger_here() FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    FOREACH ledger IN ARRAY ARRAY['check_in', 'check_out', 'scan_attempt'] LOOP
        EXECUTE format('ALTER TABLE %I DROP COLUMN landed', ledger);
        EXECUTE format('ALTER TABLE %I ADD COLUMN landed bigint', ledger);
        EXECUTE format('ALTER TABLE %I ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint', ledger);
        EXECUTE format('CREATE INDEX %I ON %I USING brin (landed) WITH (pages_per_range = 32, autosummarize = on)',
                       ledger || '_landed', ledger);
    END LOOP;
    DELETE FROM visits_segment;
    UPDATE ledger_home SET home = ledger_here();
    RETURN true;
END $$;
CREATE FUNCTION public.ledger_span(at timestamp with time zone) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT floor(extract(epoch FROM at) / 600)::bigint
$$;
CREATE FUNCTION public.made_known_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what was sent to owners stays told: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.measures_stay() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a measure stays as it was recorded: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.privacy_history_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('dauchan.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'history stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.programs_tell(kind text, unit_id bigint, told jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM programs_webhook WHERE ended_at IS NULL AND kinds @> to_jsonb(kind)) THEN
        INSERT INTO programs_event (event_id, kind, unit_id, told, at)
        VALUES (gen_random_uuid(), kind, unit_id, told, clock_timestamp());
    END IF;
END $$;
CREATE FUNCTION public.programs_tell_of_case() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.status, OLD.unit_id) IS NOT DISTINCT FROM (NEW.status, NEW.unit_id) THEN
        RETURN NULL;
    END IF;
    PERFORM programs_tell('case.changed', NEW.unit_id,
        jsonb_build_object('case_code', NEW.code, 'unit_id', NEW.unit_id, 'status', NEW.status));
    RETURN NULL;
END $$;
CREATE FUNCTION public.programs_tell_of_day() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    over timestamptz := (NEW.day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
BEGIN
    IF NEW.counted_at >= over AND (TG_OP = 'INSERT' OR OLD.counted_at < over) THEN
        PERFORM programs_tell('indicators.counted', NULL, jsonb_build_object('day', NEW.day));
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.programs_tell_of_referral() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state, OLD.unit_id, OLD.due_at) IS NOT DISTINCT FROM (NEW.state, NEW.unit_id, NEW.due_at)
       OR (SELECT v.sensitive OR c.sensitive FROM venues_venue v JOIN venues_category c ON c.id = v.category_id
           WHERE v.id = NEW.venue_id) THEN
        RETURN NULL;
    END IF;
    PERFORM programs_tell('referral.changed', NEW.unit_id,
        jsonb_build_object('referral_id', NEW.id, 'venue_id', NEW.venue_id, 'unit_id', NEW.unit_id, 'state', NEW.state));
    RETURN NULL;
END $$;
CREATE FUNCTION public.programs_tell_of_screening() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.outcome = 'done' AND OLD.outcome IS DISTINCT FROM NEW.outcome THEN
        PERFORM programs_tell('signs.screened', NULL, jsonb_build_object('on', NEW."on"));
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.programs_tell_of_venue() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.status NOT IN ('approved', 'suspended', 'closed') OR NEW.sensitive
       OR (SELECT sensitive FROM venues_category WHERE id = NEW.category_id) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.status, OLD.name, OLD.address, OLD.unit_id, OLD.category_id, OLD.lat, OLD.lon)
       IS NOT DISTINCT FROM (NEW.status, NEW.name, NEW.address, NEW.unit_id, NEW.category_id, NEW.lat, NEW.lon) THEN
        RETURN NULL;
    END IF;
    PERFORM programs_tell('venue.changed', NEW.unit_id,
        jsonb_build_object('venue_id', NEW.id, 'unit_id', NEW.unit_id, 'status', NEW.status));
    RETURN NULL;
END $$;
CREATE FUNCTION public.referral_history_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the history of a referral stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.report_history_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the history of a report stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.sanction_appeal_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR OLD.outcome <> ''
        OR (NEW.sanction_id, NEW.filed_at, NEW.words, NEW.clock_id)
            IS DISTINCT FROM (OLD.sanction_id, OLD.filed_at, OLD.words, OLD.clock_id)
    THEN
        RAISE EXCEPTION 'an appeal stays as it is: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.sanction_history_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the history of a sanction stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.sanction_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    moving text[] := ARRAY['state', 'revision', 'ended_at', 'acknowledged_at', 'mended_at', 'is_paused', 'appeal_until_at'];
    endings jsonb := '{"returned": [], "dropped": [], "replaced": [], "revoked": [],
                       "lifted": ["revoked"], "expired": ["revoked"], "settled": ["revoked"]}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a sanction stays as it is: DELETE refused' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state = 'waiting' THEN
        moving := moving || ARRAY['document_number', 'signed_on', 'signing_title', 'signer', 'decided_by_id', 'decided_at',
                                  'decision_note', 'in_force_at'];
    ELSIF OLD.document_number = '' THEN
        moving := moving || ARRAY['document_number', 'signed_on', 'signing_title', 'signer'];
    END IF;
    IF to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving
        OR (endings ? OLD.state AND NEW.state <> OLD.state AND NOT (endings -> OLD.state) ? NEW.state)
    THEN
        RAISE EXCEPTION 'a sanction stays as it is: UPDATE refused' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.stays_as_it_is() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = ANY (string_to_array(coalesce(TG_ARGV[1], ''), ' ')) AND current_setting('dauchan.retention', true) = 'on' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% stays as it is: % on % refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION public.venue_mode(venue bigint, at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT coalesce(
        (SELECT h.mode FROM venues_venuehold AS h WHERE h.id = venue_mode_hold(venue, at)),
        (SELECT o.mode FROM venues_modeorder AS o
         WHERE o.id = venue_mode_order(venue, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, at)),
        (SELECT c.mode FROM venues_venue AS v JOIN venues_category AS c ON c.id = v.category_id WHERE v.id = venue))
$$;
CREATE FUNCTION public.venue_mode_hold(venue bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT h.id
    FROM venues_venuehold AS h
    WHERE h.venue_id = venue AND h.mode <> ''
      AND h.placed_at <= at AND (h.released_at IS NULL OR h.released_at > at)
    ORDER BY array_position(ARRAY['gate', 'both', 'poster'], h.mode::text), h.id DESC
    LIMIT 1
$$;
CREATE FUNCTION public.venue_mode_order(venue bigint, day date, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT o.id
    FROM venues_venue AS v
    JOIN units_unit AS here ON here.id = v.unit_id
    JOIN venues_modeorder_categories AS kind ON kind.category_id = v.category_id
    JOIN venues_modeorder AS o ON o.id = kind.modeorder_id
    JOIN units_unit AS area ON area.id = o.unit_id
    WHERE v.id = venue
      AND o.starts_on <= day AND (o.ends_on IS NULL OR o.ends_on > day)
      AND o.made_at <= at AND (o.withdrawn_at IS NULL OR o.withdrawn_at > at)
      AND (here.path = area.path OR starts_with(here.path, area.path || '.'))
    ORDER BY array_length(string_to_array(area.path, '.'), 1) DESC, o.starts_on DESC, o.id DESC
    LIMIT 1
$$;
CREATE FUNCTION public.zone_order_part_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'INSERT' THEN part := NEW; ELSE part := OLD; END IF;
    IF EXISTS (SELECT FROM zones_zoneorder AS o WHERE o.id = part.zoneorder_id AND o.approved IS NOT NULL) THEN
        RAISE EXCEPTION 'a decided order on a zone stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN part;
END $$;
CREATE FUNCTION public.zone_order_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.approved IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'holds_to' = to_jsonb(OLD) - 'holds_to'
        AND (OLD.holds_to IS NULL OR NEW.holds_to <= OLD.holds_to)
        AND NEW.holds_to >= NEW.holds_from
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a decided order on a zone stays as it is: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accountability_explaineditem (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    number bigint NOT NULL,
    place character varying(330) NOT NULL,
    what character varying(120) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    days_over smallint NOT NULL,
    explanation_id bigint NOT NULL,
    CONSTRAINT accountability_explaineditem_days_over_check CHECK ((days_over >= 0)),
    CONSTRAINT accountability_explaineditem_number_check CHECK ((number >= 0))
);
ALTER TABLE public.accountability_explaineditem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accountability_explaineditem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accountability_explanation (
    id bigint NOT NULL,
    words character varying(2000) NOT NULL,
    remedy character varying(1000) NOT NULL,
    promised_on date NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    signed_by character varying(8) NOT NULL,
    digest character varying(64) NOT NULL,
    head_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.accountability_explanation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accountability_explanation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accountability_reportlook (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    officer_id bigint NOT NULL,
    report_id bigint NOT NULL
);
ALTER TABLE public.accountability_reportlook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accountability_reportlook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accountability_weeklyreport (
    id bigint NOT NULL,
    first_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    file character varying(100) NOT NULL,
    digest character varying(64) NOT NULL,
    pages smallint NOT NULL,
    figures jsonb NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT accountability_weeklyreport_pages_check CHECK ((pages >= 0))
);
ALTER TABLE public.accountability_weeklyreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accountability_weeklyreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.check_in (
    check_in_id uuid NOT NULL,
    person_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    device_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device_id bigint,
    labels integer DEFAULT 0 NOT NULL,
    lat real,
    lon real,
    accuracy_m real,
    poster_version smallint DEFAULT 0 NOT NULL,
    source smallint NOT NULL,
    assurance smallint NOT NULL,
    party smallint DEFAULT 1 NOT NULL,
    landed bigint DEFAULT ((pg_current_xact_id())::text)::bigint,
    CONSTRAINT check_in_party_check CHECK (((party >= 1) AND (party <= 20)))
)
PARTITION BY RANGE (check_in_id);
COMMENT ON TABLE public.check_in IS 'A person entered a venue. Kept 21 days.';
COMMENT ON COLUMN public.check_in.check_in_id IS 'UUIDv7 made by the device; its time chooses the partition';
COMMENT ON COLUMN public.check_in.person_id IS 'people_person.id, a random number; no foreign key';
COMMENT ON COLUMN public.check_in.entered_at IS 'the time that counts: the device''s, corrected when its clock was wrong';
COMMENT ON COLUMN public.check_in.device_at IS 'the time the device showed, kept as it came';
COMMENT ON COLUMN public.check_in.received_at IS 'when the door received it';
COMMENT ON COLUMN public.check_in.device_id IS 'the gate''s device, null for a visitor''s own phone';
COMMENT ON COLUMN public.check_in.labels IS 'bits of dauchan.visits.registry.Label';
COMMENT ON COLUMN public.check_in.source IS 'dauchan.visits.registry.Source';
COMMENT ON COLUMN public.check_in.assurance IS 'dauchan.visits.registry.Assurance';
COMMENT ON COLUMN public.check_in.party IS 'how many people came in together, this person included';
COMMENT ON COLUMN public.check_in.landed IS 'the transaction that inserted the row; null before there was this column';
CREATE TABLE public.check_in_default (
    check_in_id uuid CONSTRAINT check_in_check_in_id_not_null NOT NULL,
    person_id bigint CONSTRAINT check_in_person_id_not_null NOT NULL,
    venue_id bigint CONSTRAINT check_in_venue_id_not_null NOT NULL,
    entered_at timestamp with time zone CONSTRAINT check_in_entered_at_not_null NOT NULL,
    device_at timestamp with time zone CONSTRAINT check_in_device_at_not_null NOT NULL,
    received_at timestamp with time zone CONSTRAINT check_in_received_at_not_null NOT NULL,
    device_id bigint,
    labels integer DEFAULT 0 CONSTRAINT check_in_labels_not_null NOT NULL,
    lat real,
    lon real,
    accuracy_m real,
    poster_version smallint DEFAULT 0 CONSTRAINT check_in_poster_version_not_null NOT NULL,
    source smallint CONSTRAINT check_in_source_not_null NOT NULL,
    assurance smallint CONSTRAINT check_in_assurance_not_null NOT NULL,
    party smallint DEFAULT 1 CONSTRAINT check_in_party_not_null NOT NULL,
    landed bigint DEFAULT ((pg_current_xact_id())::text)::bigint,
    CONSTRAINT check_in_party_check CHECK (((party >= 1) AND (party <= 20)))
);
CREATE TABLE public.check_out (
    check_in_id uuid NOT NULL,
    check_out_id uuid NOT NULL,
    person_id bigint,
    venue_id bigint,
    left_at timestamp with time zone NOT NULL,
    device_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device_id bigint,
    labels integer DEFAULT 0 NOT NULL,
    closed_by smallint NOT NULL,
    landed bigint DEFAULT ((pg_current_xact_id())::text)::bigint,
    CONSTRAINT check_out_check CHECK (((person_id IS NOT NULL) OR (venue_id IS NOT NULL)))
)
PARTITION BY RANGE (check_in_id);
COMMENT ON TABLE public.check_out IS 'Somebody said that a visit ended. It counts only where person or venue agree with the check-in.';
COMMENT ON COLUMN public.check_out.person_id IS 'the visitor who closed it, null when a gate or the venue did';
COMMENT ON COLUMN public.check_out.venue_id IS 'the venue whose gate closed it, null when the visitor did';
COMMENT ON COLUMN public.check_out.left_at IS 'the time that counts, moved to the allowed limits';
COMMENT ON COLUMN public.check_out.device_at IS 'the time that was asked for, kept as it came';
COMMENT ON COLUMN public.check_out.closed_by IS 'dauchan.visits.registry.Closer';
COMMENT ON COLUMN public.check_out.landed IS 'the transaction that inserted the row; null before there was this column';
CREATE TABLE public.check_out_default (
    check_in_id uuid CONSTRAINT check_out_check_in_id_not_null NOT NULL,
    check_out_id uuid CONSTRAINT check_out_check_out_id_not_null NOT NULL,
    person_id bigint,
    venue_id bigint,
    left_at timestamp with time zone CONSTRAINT check_out_left_at_not_null NOT NULL,
    device_at timestamp with time zone CONSTRAINT check_out_device_at_not_null NOT NULL,
    received_at timestamp with time zone CONSTRAINT check_out_received_at_not_null NOT NULL,
    device_id bigint,
    labels integer DEFAULT 0 CONSTRAINT check_out_labels_not_null NOT NULL,
    closed_by smallint CONSTRAINT check_out_closed_by_not_null NOT NULL,
    landed bigint DEFAULT ((pg_current_xact_id())::text)::bigint,
    CONSTRAINT check_out_check CHECK (((person_id IS NOT NULL) OR (venue_id IS NOT NULL)))
);
CREATE TABLE public.compliance_countedday (
    day date NOT NULL,
    seen text NOT NULL,
    home text NOT NULL,
    counted_at timestamp with time zone NOT NULL
);
CREATE TABLE public.compliance_unitday (
    day date NOT NULL,
    registered integer NOT NULL,
    new integer NOT NULL,
    active integer NOT NULL,
    scans integer NOT NULL,
    people integer NOT NULL,
    failed integer NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT compliance_unitday_active_check CHECK ((active >= 0)),
    CONSTRAINT compliance_unitday_failed_check CHECK ((failed >= 0)),
    CONSTRAINT compliance_unitday_new_check CHECK ((new >= 0)),
    CONSTRAINT compliance_unitday_people_check CHECK ((people >= 0)),
    CONSTRAINT compliance_unitday_registered_check CHECK ((registered >= 0)),
    CONSTRAINT compliance_unitday_scans_check CHECK ((scans >= 0)),
    CONSTRAINT unit_day_active CHECK ((active <= registered)),
    CONSTRAINT unit_day_people_scanned CHECK ((people <= scans))
);
CREATE TABLE public.compliance_venueday (
    day date NOT NULL,
    scans integer NOT NULL,
    people integer NOT NULL,
    failed integer NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT compliance_venueday_failed_check CHECK ((failed >= 0)),
    CONSTRAINT compliance_venueday_people_check CHECK ((people >= 0)),
    CONSTRAINT compliance_venueday_scans_check CHECK ((scans >= 0)),
    CONSTRAINT venue_day_people_scanned CHECK ((people <= scans))
)
WITH (fillfactor='75');
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.door_venue_change (
    venue_id bigint NOT NULL,
    changed_in xid8 NOT NULL
);
COMMENT ON TABLE public.door_venue_change IS 'Which transaction last changed what the door knows of a venue.';
CREATE TABLE public.follow_up_appeal (
    id bigint NOT NULL,
    received_on date NOT NULL,
    words bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    answer bytea NOT NULL,
    is_upheld boolean,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    recorded_by_id bigint NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.follow_up_appeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_appeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_appealroute (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    is_verified boolean NOT NULL,
    text_vi character varying(800) NOT NULL,
    text_en character varying(800) NOT NULL
);
ALTER TABLE public.follow_up_appealroute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_appealroute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_escalation (
    id bigint NOT NULL,
    level character varying(8) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    missed_days smallint NOT NULL,
    settled_at timestamp with time zone,
    note bytea NOT NULL,
    settled_by_id bigint,
    follow_up_id bigint NOT NULL,
    CONSTRAINT follow_up_escalation_missed_days_check CHECK ((missed_days >= 0))
);
ALTER TABLE public.follow_up_escalation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_escalation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_followup (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    place character varying(8) NOT NULL,
    last_exposed_at timestamp with time zone NOT NULL,
    asked_from date NOT NULL,
    quarantine_until_on date NOT NULL,
    until_on date NOT NULL,
    status character varying(8) NOT NULL,
    ill_since_on date,
    checked_until date NOT NULL,
    missed_in_a_row smallint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    end_note bytea NOT NULL,
    link_reference bigint NOT NULL,
    wants_link boolean NOT NULL,
    began_by_id bigint NOT NULL,
    case_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    ended_by_id bigint,
    team_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    CONSTRAINT follow_up_followup_missed_in_a_row_check CHECK ((missed_in_a_row >= 0)),
    CONSTRAINT follow_up_not_inverted CHECK ((until_on > asked_from))
);
ALTER TABLE public.follow_up_followup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_followup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_followuprule (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    applies_to character varying(12) NOT NULL,
    instrument character varying(60) NOT NULL,
    place character varying(8) NOT NULL,
    days smallint NOT NULL,
    monitoring_days smallint NOT NULL,
    test_days character varying(60) NOT NULL,
    asks_per_day smallint NOT NULL,
    missed_to_lead smallint NOT NULL,
    missed_to_approver smallint NOT NULL,
    symptoms character varying(300) NOT NULL,
    is_verified boolean NOT NULL,
    note_vi character varying(400) NOT NULL,
    note_en character varying(400) NOT NULL,
    disease_id bigint NOT NULL,
    CONSTRAINT follow_up_followuprule_asks_per_day_check CHECK ((asks_per_day >= 0)),
    CONSTRAINT follow_up_followuprule_days_check CHECK ((days >= 0)),
    CONSTRAINT follow_up_followuprule_missed_to_approver_check CHECK ((missed_to_approver >= 0)),
    CONSTRAINT follow_up_followuprule_missed_to_lead_check CHECK ((missed_to_lead >= 0)),
    CONSTRAINT follow_up_followuprule_monitoring_days_check CHECK ((monitoring_days >= 0))
);
ALTER TABLE public.follow_up_followuprule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_followuprule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_followuptest (
    id bigint NOT NULL,
    due_on date NOT NULL,
    kind character varying(10) NOT NULL,
    sampled_at timestamp with time zone,
    result character varying(12) NOT NULL,
    resulted_at timestamp with time zone,
    follow_up_id bigint NOT NULL,
    resulted_by_id bigint,
    sampled_by_id bigint,
    CONSTRAINT result_of_a_sample CHECK ((((result)::text = ''::text) OR (sampled_at IS NOT NULL)))
);
ALTER TABLE public.follow_up_followuptest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_followuptest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_legalbasis (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    is_verified boolean NOT NULL,
    kinds character varying(40) NOT NULL,
    text_vi character varying(300) NOT NULL,
    text_en character varying(300) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT follow_up_legalbasis_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.follow_up_legalbasis ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_legalbasis_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_linkmessage (
    id bigint NOT NULL,
    phone_hash bytea NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    follow_up_id bigint NOT NULL
);
ALTER TABLE public.follow_up_linkmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_linkmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_missedday (
    id bigint NOT NULL,
    "on" date NOT NULL,
    follow_up_id bigint NOT NULL
);
ALTER TABLE public.follow_up_missedday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_missedday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_order (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    status character varying(10) NOT NULL,
    exposed_from timestamp with time zone,
    exposed_to timestamp with time zone,
    exposure_seconds integer,
    exposure_is_told boolean NOT NULL,
    exposure_place bytea,
    place character varying(8) NOT NULL,
    begins_on date NOT NULL,
    until_on date NOT NULL,
    purpose character varying(300) NOT NULL,
    holder bytea NOT NULL,
    "where" bytea NOT NULL,
    person_gone boolean NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    returned_note bytea NOT NULL,
    signing_as character varying(8) NOT NULL,
    signed_at timestamp with time zone,
    number integer,
    year smallint,
    delivered_at timestamp with time zone,
    revoked_at timestamp with time zone,
    revoked_note bytea NOT NULL,
    appeal_route_id bigint NOT NULL,
    contact_id bigint,
    delivered_by_id bigint,
    drafted_by_id bigint NOT NULL,
    exposure_venue_id bigint,
    follow_up_id bigint,
    releases_id bigint,
    revoked_by_id bigint,
    signed_by_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT follow_up_order_exposure_seconds_check CHECK ((exposure_seconds >= 0)),
    CONSTRAINT follow_up_order_number_check CHECK ((number >= 0)),
    CONSTRAINT follow_up_order_year_check CHECK ((year >= 0)),
    CONSTRAINT order_in_force_is_signed CHECK ((((status)::text = ANY ((ARRAY['draft'::character varying, 'returned'::character varying])::text[])) OR (signed_by_id IS NOT NULL))),
    CONSTRAINT order_not_inverted CHECK ((until_on > begins_on)),
    CONSTRAINT order_second_person CHECK (((signed_by_id IS NULL) OR (NOT ((signed_by_id = drafted_by_id) AND (signed_by_id IS NOT NULL))))),
    CONSTRAINT order_signed_and_numbered CHECK ((((number IS NULL) AND (signed_at IS NULL) AND (signed_by_id IS NULL)) OR ((number IS NOT NULL) AND (signed_at IS NOT NULL) AND (signed_by_id IS NOT NULL) AND (year IS NOT NULL)))),
    CONSTRAINT order_states_its_exposure CHECK (((((exposure_venue_id IS NOT NULL) OR (exposure_place IS NOT NULL)) AND ((exposure_seconds > 0) OR exposure_is_told) AND (contact_id IS NOT NULL) AND (exposed_from IS NOT NULL) AND (exposed_to >= exposed_from) AND (exposed_to IS NOT NULL) AND (exposure_seconds IS NOT NULL)) OR ((kind)::text = 'release'::text))),
    CONSTRAINT release_names_its_order CHECK (((((kind)::text = 'isolation'::text) AND (releases_id IS NULL)) OR (((kind)::text = 'release'::text) AND (releases_id IS NOT NULL))))
);
CREATE TABLE public.follow_up_order_bases (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    legalbasis_id bigint NOT NULL
);
ALTER TABLE public.follow_up_order_bases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_order_bases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.follow_up_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_orderalert (
    id bigint NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    step character varying(8) NOT NULL,
    reason character varying(8) NOT NULL,
    orders integer NOT NULL,
    usual_an_hour double precision NOT NULL,
    officers smallint NOT NULL,
    seen_at timestamp with time zone,
    note character varying(300) NOT NULL,
    seen_by_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT follow_up_orderalert_officers_check CHECK ((officers >= 0)),
    CONSTRAINT follow_up_orderalert_orders_check CHECK ((orders >= 0))
);
ALTER TABLE public.follow_up_orderalert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_orderalert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_retentionrule (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    valid_from date NOT NULL,
    days integer NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    CONSTRAINT follow_up_retentionrule_days_check CHECK ((days >= 0))
);
ALTER TABLE public.follow_up_retentionrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_retentionrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_steplimit (
    id bigint NOT NULL,
    step character varying(10) NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(60) NOT NULL,
    minutes integer NOT NULL,
    is_verified boolean NOT NULL,
    CONSTRAINT follow_up_steplimit_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.follow_up_steplimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_steplimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.follow_up_symptomreport (
    id bigint NOT NULL,
    for_on date NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    channel character varying(10) NOT NULL,
    is_well boolean NOT NULL,
    symptoms bytea NOT NULL,
    temperature bytea NOT NULL,
    remark bytea NOT NULL,
    follow_up_id bigint NOT NULL,
    officer_id bigint
);
ALTER TABLE public.follow_up_symptomreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.follow_up_symptomreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.gate_odd_event (
    person_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    id uuid NOT NULL,
    is_exit boolean NOT NULL
);
COMMENT ON TABLE public.gate_odd_event IS 'Scans at gates whose device''s clock was off by most of a day. Kept 21 days.';
CREATE TABLE public.gate_quarantine (
    scan_id uuid NOT NULL,
    device_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    scanned_at timestamp with time zone NOT NULL,
    device_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    undoes uuid,
    sealed bytea,
    labels integer NOT NULL,
    direction smallint NOT NULL,
    failed smallint NOT NULL,
    reason smallint NOT NULL,
    released boolean,
    decided_at timestamp with time zone
);
COMMENT ON TABLE public.gate_quarantine IS 'A scan of a gate that waits for a decision. Kept 21 days.';
COMMENT ON COLUMN public.gate_quarantine.sealed IS 'sealed by the gate for the server; null once decided';
COMMENT ON COLUMN public.gate_quarantine.direction IS 'dauchan.visits.gate_items.Direction';
COMMENT ON COLUMN public.gate_quarantine.failed IS 'the AttemptReason that the gate told, else 0';
COMMENT ON COLUMN public.gate_quarantine.reason IS 'dauchan.visits.gate_items.Quarantine';
CREATE TABLE public.hand_counts_handcount (
    id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    counted_seconds integer NOT NULL,
    entered integer NOT NULL,
    scanned integer NOT NULL,
    day_share double precision NOT NULL,
    received_at timestamp with time zone NOT NULL,
    officer_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT hand_count_not_inverted CHECK ((ended_at > started_at)),
    CONSTRAINT hand_count_scanned_entered CHECK ((scanned <= entered)),
    CONSTRAINT hand_counts_handcount_counted_seconds_check CHECK ((counted_seconds >= 0)),
    CONSTRAINT hand_counts_handcount_entered_check CHECK ((entered >= 0)),
    CONSTRAINT hand_counts_handcount_scanned_check CHECK ((scanned >= 0))
);
CREATE TABLE public.helpdesk_helpclock (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(120) NOT NULL,
    remind_before smallint NOT NULL,
    remind_every smallint NOT NULL,
    reminders smallint NOT NULL,
    is_verified boolean NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    days smallint NOT NULL,
    days_reopened smallint NOT NULL,
    CONSTRAINT help_clock_runs CHECK (((days > 0) AND (days_reopened > 0) AND (remind_every > 0))),
    CONSTRAINT helpdesk_helpclock_days_check CHECK ((days >= 0)),
    CONSTRAINT helpdesk_helpclock_days_reopened_check CHECK ((days_reopened >= 0)),
    CONSTRAINT helpdesk_helpclock_remind_before_check CHECK ((remind_before >= 0)),
    CONSTRAINT helpdesk_helpclock_remind_every_check CHECK ((remind_every >= 0)),
    CONSTRAINT helpdesk_helpclock_reminders_check CHECK ((reminders >= 0))
);
ALTER TABLE public.helpdesk_helpclock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.helpdesk_helpclock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.helpdesk_ticket (
    id bigint NOT NULL,
    code character varying(9) NOT NULL,
    topic character varying(20) NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    phone bytea NOT NULL,
    address_hash bytea NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    status character varying(10) NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    venue_id bigint,
    words_sealed bytea,
    agent_id bigint,
    article_id bigint,
    began_at timestamp with time zone,
    channel character varying(8) DEFAULT 'page'::character varying NOT NULL,
    device_id bigint,
    due_at timestamp with time zone,
    is_provisional boolean DEFAULT false NOT NULL,
    language character varying(5) DEFAULT 'vi'::character varying NOT NULL,
    opened_by_id bigint,
    person_hash bytea,
    rated_at timestamp with time zone,
    rating smallint,
    reminders smallint DEFAULT 0 NOT NULL,
    reopened smallint DEFAULT 0 NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    scan_reason character varying(30) DEFAULT ''::character varying NOT NULL,
    unit_id bigint,
    clock_id bigint,
    CONSTRAINT helpdesk_ticket_rating_check CHECK ((rating >= 0)),
    CONSTRAINT helpdesk_ticket_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT helpdesk_ticket_reopened_check CHECK ((reopened >= 0)),
    CONSTRAINT helpdesk_ticket_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.helpdesk_ticket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.helpdesk_ticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.helpdesk_ticketevent (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    mark character varying(40) NOT NULL,
    planned_at timestamp with time zone,
    kind character varying(10) NOT NULL,
    words bytea NOT NULL,
    officer_id bigint,
    ticket_id bigint NOT NULL,
    to_id bigint
);
ALTER TABLE public.helpdesk_ticketevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.helpdesk_ticketevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_draw (
    id bigint NOT NULL,
    seed character varying(64) NOT NULL,
    method character varying(20) NOT NULL,
    pool jsonb NOT NULL,
    chosen jsonb NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    drawn_by_id bigint NOT NULL,
    round_id bigint NOT NULL
);
ALTER TABLE public.inspections_draw ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_draw_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_inspection (
    id bigint NOT NULL,
    client_id uuid NOT NULL,
    digest character varying(64) NOT NULL,
    took_part jsonb NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    lat double precision,
    lon double precision,
    accuracy_m double precision,
    metres integer,
    checks jsonb NOT NULL,
    poster_verdict character varying(10) NOT NULL,
    poster_version smallint,
    count_id uuid,
    counted_entered integer,
    counted_scanned integer,
    counted_seconds integer,
    words text NOT NULL,
    representative bytea NOT NULL,
    representative_position character varying(80) NOT NULL,
    statement bytea NOT NULL,
    refusal character varying(300) NOT NULL,
    follows_id bigint,
    inspector_id bigint NOT NULL,
    poster_reading_id bigint,
    unit_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    stop_id bigint,
    CONSTRAINT inspection_not_inverted CHECK ((ended_at >= began_at)),
    CONSTRAINT inspections_inspection_counted_entered_check CHECK ((counted_entered >= 0)),
    CONSTRAINT inspections_inspection_counted_scanned_check CHECK ((counted_scanned >= 0)),
    CONSTRAINT inspections_inspection_counted_seconds_check CHECK ((counted_seconds >= 0)),
    CONSTRAINT inspections_inspection_metres_check CHECK ((metres >= 0)),
    CONSTRAINT inspections_inspection_poster_version_check CHECK ((poster_version >= 0))
);
ALTER TABLE public.inspections_inspection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_inspection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_inspectionfinding (
    id bigint NOT NULL,
    finding character varying(20) NOT NULL,
    words character varying(1000) NOT NULL,
    inspection_id bigint NOT NULL,
    supplement_id bigint
);
ALTER TABLE public.inspections_inspectionfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_inspectionfinding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_inspectionpicture (
    id bigint NOT NULL,
    of_poster boolean NOT NULL,
    image character varying(100) NOT NULL,
    finding_id bigint,
    inspection_id bigint NOT NULL
);
ALTER TABLE public.inspections_inspectionpicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_inspectionpicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_measure (
    id bigint NOT NULL,
    words character varying(500) NOT NULL,
    days smallint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    is_provisional boolean NOT NULL,
    state character varying(10) NOT NULL,
    answered_at timestamp with time zone,
    settled_at timestamp with time zone,
    overdue_at timestamp with time zone,
    reminders smallint NOT NULL,
    revision integer NOT NULL,
    finding_id bigint,
    inspection_id bigint NOT NULL,
    CONSTRAINT inspections_measure_days_check CHECK ((days >= 0)),
    CONSTRAINT inspections_measure_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT inspections_measure_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.inspections_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_measureevent (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_owner boolean NOT NULL,
    words character varying(1000) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    mark character varying(40) NOT NULL,
    planned_at timestamp with time zone,
    measure_id bigint NOT NULL,
    officer_id bigint
);
ALTER TABLE public.inspections_measureevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_measureevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_measurepicture (
    id bigint NOT NULL,
    image character varying(100) NOT NULL,
    event_id bigint NOT NULL
);
ALTER TABLE public.inspections_measurepicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_measurepicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_recordnumber (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_by_id bigint NOT NULL,
    inspection_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.inspections_recordnumber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_recordnumber_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_round (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    number character varying(60) NOT NULL,
    first_on date NOT NULL,
    until_on date NOT NULL,
    words character varying(1000) NOT NULL,
    state character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_words character varying(500) NOT NULL,
    revision integer NOT NULL,
    opened_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT inspection_round_not_inverted CHECK ((until_on > first_on)),
    CONSTRAINT inspections_round_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.inspections_round ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_signature (
    id bigint NOT NULL,
    signer character varying(10) NOT NULL,
    name bytea NOT NULL,
    about character varying(80) NOT NULL,
    strokes bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    inspection_id bigint NOT NULL
);
ALTER TABLE public.inspections_signature ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_signature_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_stop (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    chosen_by character varying(10) NOT NULL,
    source character varying(40) NOT NULL,
    score smallint NOT NULL,
    parts jsonb NOT NULL,
    added_at timestamp with time zone NOT NULL,
    dropped_at timestamp with time zone,
    dropped_words character varying(300) NOT NULL,
    round_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT inspections_stop_position_check CHECK (("position" >= 0)),
    CONSTRAINT inspections_stop_score_check CHECK ((score >= 0))
);
ALTER TABLE public.inspections_stop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_stop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_supplement (
    id bigint NOT NULL,
    words text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    inspection_id bigint NOT NULL,
    written_by_id bigint NOT NULL
);
ALTER TABLE public.inspections_supplement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_supplement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_teammember (
    id bigint NOT NULL,
    leads boolean NOT NULL,
    officer_id bigint NOT NULL,
    round_id bigint NOT NULL
);
ALTER TABLE public.inspections_teammember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_teammember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inspections_withdrawal (
    id bigint NOT NULL,
    finding_id bigint NOT NULL,
    supplement_id bigint NOT NULL
);
ALTER TABLE public.inspections_withdrawal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inspections_withdrawal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_caseimport (
    id bigint NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    rows integer NOT NULL,
    kept integer NOT NULL,
    digest character varying(64) NOT NULL,
    withdrawn_at timestamp with time zone,
    officer_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT intake_caseimport_kept_check CHECK ((kept >= 0)),
    CONSTRAINT intake_caseimport_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.intake_caseimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_caseimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_casename (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    hash bytea NOT NULL,
    case_id bigint NOT NULL
);
ALTER TABLE public.intake_casename ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_casename_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_labresult (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    sampled_on date NOT NULL,
    sampled_time time without time zone,
    resulted_at timestamp with time zone,
    laboratory character varying(120) NOT NULL,
    ct numeric(4,1),
    result character varying(12) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    recorded_by_id bigint NOT NULL,
    taken_back_at timestamp with time zone,
    taken_back_by_id bigint,
    CONSTRAINT lab_ct_is_a_cycle CHECK (((ct IS NULL) OR ((ct >= (0)::numeric) AND (ct <= (60)::numeric))))
);
ALTER TABLE public.intake_labresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_labresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_call (
    id bigint NOT NULL,
    called_at timestamp with time zone NOT NULL,
    outcome character varying(12) NOT NULL,
    call_back_at timestamp with time zone,
    note bytea NOT NULL,
    officer_id bigint NOT NULL,
    interview_id bigint NOT NULL,
    changed bytea,
    reading character varying(32) DEFAULT ''::character varying NOT NULL,
    taken_back_at timestamp with time zone
);
ALTER TABLE public.interviews_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_callanswer (
    id bigint NOT NULL,
    answer bytea NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    officer_id bigint NOT NULL,
    interview_id bigint NOT NULL,
    step_id bigint NOT NULL
);
ALTER TABLE public.interviews_callanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_callanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_contactgrade (
    id bigint NOT NULL,
    code character varying(30) NOT NULL,
    name_vi character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    "position" smallint NOT NULL,
    disease_id bigint,
    CONSTRAINT interviews_contactgrade_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.interviews_contactgrade ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_contactgrade_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_contactinterview (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    found_at timestamp with time zone NOT NULL,
    reached_at timestamp with time zone,
    verified_at timestamp with time zone,
    tested_at timestamp with time zone,
    result character varying(12) NOT NULL,
    assigned_at timestamp with time zone,
    attempts smallint NOT NULL,
    last_outcome character varying(12) NOT NULL,
    next_call_at timestamp with time zone,
    distance character varying(10) NOT NULL,
    ventilation character varying(10) NOT NULL,
    source_mask character varying(10) NOT NULL,
    contact_mask character varying(10) NOT NULL,
    assigned_to_id bigint,
    case_id bigint NOT NULL,
    grade_id bigint,
    residence_id bigint,
    team_id bigint,
    CONSTRAINT interviews_contactinterview_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.interviews_contactinterview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_contactinterview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_namedperson (
    id bigint NOT NULL,
    is_new boolean NOT NULL,
    relation character varying(10) NOT NULL,
    last_contact_at timestamp with time zone NOT NULL,
    place bytea NOT NULL,
    note bytea NOT NULL,
    told_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    commune_id bigint,
    person_id bigint NOT NULL,
    told_by_id bigint NOT NULL,
    venue_id bigint
);
ALTER TABLE public.interviews_namedperson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_namedperson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_scriptstep (
    id bigint NOT NULL,
    code character varying(30) NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(12) NOT NULL,
    text_vi character varying(500) NOT NULL,
    text_en character varying(500) NOT NULL,
    disease_id bigint,
    CONSTRAINT interviews_scriptstep_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.interviews_scriptstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_scriptstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interviews_toldstay (
    id bigint NOT NULL,
    place bytea NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    note bytea NOT NULL,
    told_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    told_by_id bigint NOT NULL,
    venue_id bigint,
    CONSTRAINT told_stay_not_inverted CHECK (((ended_at IS NULL) OR (ended_at > began_at)))
);
ALTER TABLE public.interviews_toldstay ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.interviews_toldstay_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.invitations_invitation (
    id bigint NOT NULL,
    phone bytea NOT NULL,
    phone_hash bytea NOT NULL,
    language character varying(5) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    token_hash bytea,
    sent_at timestamp with time zone,
    expires_at timestamp with time zone,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    made_by_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_id bigint,
    ends_factor boolean DEFAULT false NOT NULL,
    identified character varying(10) DEFAULT ''::character varying NOT NULL,
    needs_two boolean DEFAULT false NOT NULL,
    stop_hash bytea,
    CONSTRAINT invitation_factor_needs_two CHECK (((NOT ends_factor) OR needs_two)),
    CONSTRAINT invitation_no_link_before_two CHECK (((NOT needs_two) OR (token_hash IS NULL) OR (confirmed_by_id IS NOT NULL))),
    CONSTRAINT invitation_two_people CHECK (((confirmed_by_id IS NULL) OR ((NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL))) AND (NOT ((confirmed_by_id = officer_id) AND (confirmed_by_id IS NOT NULL))))))
);
ALTER TABLE public.invitations_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.invitations_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_article (
    id bigint NOT NULL,
    slug character varying(60) NOT NULL,
    topic character varying(20) NOT NULL,
    scan_reasons character varying(200) NOT NULL,
    keywords character varying(300) NOT NULL,
    search_key text NOT NULL,
    withdrawn_at timestamp with time zone,
    current_id bigint
);
ALTER TABLE public.knowledge_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    title_vi character varying(120) NOT NULL,
    title_en character varying(120) NOT NULL,
    body_vi text NOT NULL,
    body_en text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    article_id bigint NOT NULL,
    published_by_id bigint,
    written_by_id bigint,
    CONSTRAINT article_second_person CHECK (((published_by_id IS NULL) OR (NOT ((published_by_id = written_by_id) AND (published_by_id IS NOT NULL) AND (written_by_id IS NOT NULL))))),
    CONSTRAINT knowledge_articleversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.knowledge_articleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_cannedanswer (
    id bigint NOT NULL,
    title character varying(80) NOT NULL,
    body_vi text NOT NULL,
    body_en text NOT NULL,
    is_in_use boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint
);
ALTER TABLE public.knowledge_cannedanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_cannedanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW public.ledger_day AS
 SELECT to_date("right"((child.relname)::text, 8), 'YYYYMMDD'::text) AS day
   FROM (pg_inherits tree
     JOIN pg_class child ON ((child.oid = tree.inhrelid)))
  WHERE ((tree.inhparent = ('public.check_in'::regclass)::oid) AND (child.relname ~ '^check_in_[0-9]{8}$'::text));
CREATE TABLE public.ledger_home (
    single boolean DEFAULT true NOT NULL,
    home text NOT NULL,
    CONSTRAINT ledger_home_single_check CHECK (single)
);
CREATE TABLE public.made_known_materialtemplate (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    audience character varying(40) NOT NULL,
    version smallint NOT NULL,
    valid_from date NOT NULL,
    title_vi character varying(120) NOT NULL,
    body_vi text NOT NULL,
    title_en character varying(120) NOT NULL,
    body_en text NOT NULL,
    CONSTRAINT made_known_materialtemplate_version_check CHECK ((version >= 0))
);
ALTER TABLE public.made_known_materialtemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.made_known_materialtemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.made_known_optout (
    person_id bigint NOT NULL,
    since timestamp with time zone NOT NULL
);
CREATE TABLE public.made_known_ownermessage (
    id bigint NOT NULL,
    venues smallint NOT NULL,
    text character varying(480) NOT NULL,
    state character varying(8) NOT NULL,
    why character varying(10) NOT NULL,
    sent_at timestamp with time zone,
    person_id bigint,
    sending_id bigint NOT NULL,
    CONSTRAINT made_known_ownermessage_venues_check CHECK ((venues >= 0))
);
ALTER TABLE public.made_known_ownermessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.made_known_ownermessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.made_known_sending (
    id bigint NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    goes_out_at timestamp with time zone,
    called_off_at timestamp with time zone,
    ended_at timestamp with time zone,
    called_off_by_id bigint,
    confirmed_by_id bigint,
    prepared_by_id bigint NOT NULL,
    template_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT sending_confirmed_by_somebody CHECK ((((confirmed_by_id IS NULL) AND (goes_out_at IS NULL)) OR ((confirmed_by_id IS NOT NULL) AND (goes_out_at IS NOT NULL))))
);
ALTER TABLE public.made_known_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.made_known_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.measures_measure (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    taken_on date NOT NULL,
    words bytea NOT NULL,
    "group" character varying(80) NOT NULL,
    people smallint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    agency_id bigint NOT NULL,
    recorded_by_id bigint NOT NULL,
    withdraws_id bigint,
    CONSTRAINT measure_with_somebody CHECK ((people > 0)),
    CONSTRAINT measures_measure_people_check CHECK ((people >= 0))
);
ALTER TABLE public.measures_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.measures_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.measures_measuredmember (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    full_name bytea NOT NULL,
    employee_number character varying(20) NOT NULL,
    kept_until date NOT NULL,
    measure_id bigint NOT NULL
);
ALTER TABLE public.measures_measuredmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.measures_measuredmember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_batch (
    id bigint NOT NULL,
    number bigint NOT NULL,
    kind character varying(20) NOT NULL,
    manifest bytea NOT NULL,
    signature character varying(120) NOT NULL,
    payload bytea,
    count integer NOT NULL,
    size integer NOT NULL,
    cut_at timestamp with time zone NOT NULL,
    newest_at timestamp with time zone,
    tries integer NOT NULL,
    acknowledged_at timestamp with time zone,
    taken integer,
    repeated integer,
    set_aside integer,
    stream_id bigint NOT NULL,
    CONSTRAINT national_batch_count_check CHECK ((count >= 0)),
    CONSTRAINT national_batch_number_check CHECK ((number >= 0)),
    CONSTRAINT national_batch_repeated_check CHECK ((repeated >= 0)),
    CONSTRAINT national_batch_set_aside_check CHECK ((set_aside >= 0)),
    CONSTRAINT national_batch_size_check CHECK ((size >= 0)),
    CONSTRAINT national_batch_taken_check CHECK ((taken >= 0)),
    CONSTRAINT national_batch_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.national_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_comparison (
    id bigint NOT NULL,
    receiver character varying(40) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    first_on date NOT NULL,
    last_on date NOT NULL,
    outcome character varying(10) NOT NULL,
    failure character varying(300) NOT NULL,
    records bigint NOT NULL,
    differing bigint NOT NULL,
    mended bigint NOT NULL,
    withdrawn bigint NOT NULL,
    bytes bigint NOT NULL,
    CONSTRAINT national_comparison_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT national_comparison_differing_check CHECK ((differing >= 0)),
    CONSTRAINT national_comparison_mended_check CHECK ((mended >= 0)),
    CONSTRAINT national_comparison_records_check CHECK ((records >= 0)),
    CONSTRAINT national_comparison_withdrawn_check CHECK ((withdrawn >= 0))
);
ALTER TABLE public.national_comparison ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_comparison_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_sentvenue (
    id bigint NOT NULL,
    receiver character varying(40) NOT NULL,
    venue_id bigint NOT NULL,
    revision integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT national_sentvenue_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.national_sentvenue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_sentvenue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_setaside (
    id bigint NOT NULL,
    receiver character varying(40) NOT NULL,
    "end" character varying(5) NOT NULL,
    kind character varying(10) NOT NULL,
    key character varying(60) NOT NULL,
    reason character varying(120) NOT NULL,
    venue_id bigint,
    noted_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    asked_at timestamp with time zone,
    settled_at timestamp with time zone,
    CONSTRAINT national_setaside_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.national_setaside ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_setaside_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_standing (
    receiver character varying(40) NOT NULL,
    terms character varying(64) NOT NULL,
    home character varying(80) NOT NULL,
    schema smallint,
    is_paused boolean NOT NULL,
    paused_at timestamp with time zone,
    contacted_at timestamp with time zone,
    failing_since timestamp with time zone,
    failures integer NOT NULL,
    failure character varying(40) NOT NULL,
    failure_detail character varying(300) NOT NULL,
    retry_at timestamp with time zone,
    backlog bigint NOT NULL,
    oldest_at timestamp with time zone,
    measured_at timestamp with time zone,
    seen text NOT NULL,
    compare_asked_at timestamp with time zone,
    paused_by_id bigint,
    CONSTRAINT national_standing_backlog_check CHECK ((backlog >= 0)),
    CONSTRAINT national_standing_failures_check CHECK ((failures >= 0)),
    CONSTRAINT national_standing_schema_check CHECK ((schema >= 0))
);
CREATE TABLE public.national_stream (
    id bigint NOT NULL,
    receiver character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(10) NOT NULL,
    purpose character varying(10) NOT NULL,
    day date,
    place jsonb NOT NULL,
    number bigint NOT NULL,
    digest character varying(64) NOT NULL,
    acknowledged bigint NOT NULL,
    total bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    cut_all_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT national_stream_acknowledged_check CHECK ((acknowledged >= 0)),
    CONSTRAINT national_stream_number_check CHECK ((number >= 0)),
    CONSTRAINT national_stream_total_check CHECK ((total >= 0))
);
ALTER TABLE public.national_stream ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_stream_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_unitday (
    id bigint NOT NULL,
    receiver character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    day date,
    unit_code character varying(8) NOT NULL,
    ours bigint NOT NULL,
    theirs bigint NOT NULL,
    is_equal boolean NOT NULL,
    differing integer NOT NULL,
    compared_at timestamp with time zone NOT NULL,
    CONSTRAINT national_unitday_differing_check CHECK ((differing >= 0)),
    CONSTRAINT national_unitday_ours_check CHECK ((ours >= 0)),
    CONSTRAINT national_unitday_theirs_check CHECK ((theirs >= 0))
);
ALTER TABLE public.national_unitday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_unitday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.national_venuedigest (
    id bigint NOT NULL,
    receiver character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    day date NOT NULL,
    venue_id bigint NOT NULL,
    count integer NOT NULL,
    digest bigint NOT NULL,
    CONSTRAINT national_venuedigest_count_check CHECK ((count >= 0))
);
ALTER TABLE public.national_venuedigest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.national_venuedigest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_edition (
    id bigint NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    notices integer NOT NULL,
    digest character varying(64) NOT NULL,
    text bytea NOT NULL,
    compressed bytea NOT NULL,
    CONSTRAINT notices_edition_notices_check CHECK ((notices >= 0))
);
ALTER TABLE public.notices_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_notice (
    id bigint NOT NULL,
    public_id character varying(22) NOT NULL,
    status character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    first_published_at timestamp with time zone,
    expires_at timestamp with time zone,
    ended_at timestamp with time zone,
    withdrawal_reason character varying(300) NOT NULL,
    case_id bigint NOT NULL,
    created_by_id bigint NOT NULL,
    run_id bigint,
    withdrawn_by_id bigint
);
ALTER TABLE public.notices_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_noticeversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    status character varying(10) NOT NULL,
    place character varying(160) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    advice character varying(10) NOT NULL,
    words_vi character varying(300) NOT NULL,
    words_en character varying(300) NOT NULL,
    estimated_people integer,
    drafted_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    decided_at timestamp with time zone,
    decision_note character varying(300) NOT NULL,
    people integer,
    small_reason character varying(300) NOT NULL,
    shape character varying(10) NOT NULL,
    shown_place character varying(160) NOT NULL,
    shown_address character varying(330) NOT NULL,
    shown_from timestamp with time zone,
    shown_to timestamp with time zone,
    sealed_from timestamp with time zone,
    sealed_to timestamp with time zone,
    search_key character varying(500) NOT NULL,
    commune_id bigint NOT NULL,
    decided_by_id bigint,
    drafted_by_id bigint NOT NULL,
    notice_id bigint NOT NULL,
    submitted_by_id bigint,
    venue_id bigint,
    CONSTRAINT notice_hours_not_inverted CHECK ((ends_at > starts_at)),
    CONSTRAINT notice_published_has_a_face CHECK (((NOT ((status)::text = ANY ((ARRAY['published'::character varying, 'replaced'::character varying])::text[]))) OR ((decided_by_id IS NOT NULL) AND (shown_from IS NOT NULL) AND (shown_to IS NOT NULL)))),
    CONSTRAINT notice_second_person CHECK (((decided_by_id IS NULL) OR ((NOT ((decided_by_id = drafted_by_id) AND (decided_by_id IS NOT NULL))) AND ((submitted_by_id IS NULL) OR (NOT ((decided_by_id = submitted_by_id) AND (decided_by_id IS NOT NULL) AND (submitted_by_id IS NOT NULL))))))),
    CONSTRAINT notices_noticeversion_estimated_people_check CHECK ((estimated_people >= 0)),
    CONSTRAINT notices_noticeversion_number_check CHECK ((number >= 0)),
    CONSTRAINT notices_noticeversion_people_check CHECK ((people >= 0))
);
ALTER TABLE public.notices_noticeversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_noticeversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_report (
    id bigint NOT NULL,
    code character varying(9) NOT NULL,
    finding character varying(20) NOT NULL,
    words text NOT NULL,
    address_hash bytea NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    status character varying(10) NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    unit_id bigint NOT NULL,
    venue_id bigint,
    began_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    due_at timestamp with time zone,
    escalated_to_id bigint,
    is_provisional boolean DEFAULT false NOT NULL,
    language character varying(5) DEFAULT 'vi'::character varying NOT NULL,
    lat double precision,
    lon double precision,
    merged_into_id bigint,
    outcome character varying(12) DEFAULT ''::character varying NOT NULL,
    person_id bigint,
    phone bytea,
    place character varying(200) DEFAULT ''::character varying NOT NULL,
    place_key character varying(200) DEFAULT ''::character varying NOT NULL,
    reminders smallint DEFAULT 0 NOT NULL,
    reopen_words text DEFAULT ''::text NOT NULL,
    reopened_at timestamp with time zone,
    revision integer DEFAULT 1 NOT NULL,
    stars smallint,
    clock_id bigint,
    CONSTRAINT oversight_report_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT oversight_report_revision_check CHECK ((revision >= 0)),
    CONSTRAINT oversight_report_stars_check CHECK ((stars >= 0)),
    CONSTRAINT report_merged_into_one CHECK ((((merged_into_id IS NOT NULL) AND ((status)::text = 'merged'::text)) OR ((NOT ((status)::text = 'merged'::text)) AND (merged_into_id IS NULL)))),
    CONSTRAINT report_point_on_earth CHECK ((((lat IS NULL) AND (lon IS NULL)) OR (((lat >= ('-90.0'::numeric)::double precision) AND (lat <= (90.0)::double precision)) AND ((lon >= ('-180.0'::numeric)::double precision) AND (lon <= (180.0)::double precision))))),
    CONSTRAINT report_stars_1_to_5 CHECK (((stars IS NULL) OR ((stars >= 1) AND (stars <= 5))))
);
ALTER TABLE public.oversight_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_reportevent (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    words character varying(2000) NOT NULL,
    outcome character varying(12) NOT NULL,
    due_at timestamp with time zone,
    mark character varying(40) NOT NULL,
    planned_at timestamp with time zone,
    officer_id bigint,
    report_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.oversight_reportevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_reportevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_reportphoto (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    of_answer boolean NOT NULL,
    sealed character varying(100) NOT NULL,
    boxes jsonb,
    kept_at timestamp with time zone NOT NULL,
    published character varying(100) NOT NULL,
    published_at timestamp with time zone,
    published_by_id bigint,
    report_id bigint NOT NULL,
    CONSTRAINT oversight_reportphoto_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.oversight_reportphoto ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_reportphoto_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_reportrule (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(120) NOT NULL,
    days smallint NOT NULL,
    days_reopened smallint NOT NULL,
    remind_before smallint NOT NULL,
    remind_every smallint NOT NULL,
    reminders smallint NOT NULL,
    reopen_days smallint NOT NULL,
    merge_metres smallint NOT NULL,
    merge_days smallint NOT NULL,
    border_metres smallint NOT NULL,
    photo_days smallint NOT NULL,
    is_verified boolean NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    CONSTRAINT oversight_reportrule_border_metres_check CHECK ((border_metres >= 0)),
    CONSTRAINT oversight_reportrule_days_check CHECK ((days >= 0)),
    CONSTRAINT oversight_reportrule_days_reopened_check CHECK ((days_reopened >= 0)),
    CONSTRAINT oversight_reportrule_merge_days_check CHECK ((merge_days >= 0)),
    CONSTRAINT oversight_reportrule_merge_metres_check CHECK ((merge_metres >= 0)),
    CONSTRAINT oversight_reportrule_photo_days_check CHECK ((photo_days >= 0)),
    CONSTRAINT oversight_reportrule_remind_before_check CHECK ((remind_before >= 0)),
    CONSTRAINT oversight_reportrule_remind_every_check CHECK ((remind_every >= 0)),
    CONSTRAINT oversight_reportrule_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT oversight_reportrule_reopen_days_check CHECK ((reopen_days >= 0)),
    CONSTRAINT report_rule_runs CHECK (((days > 0) AND (days_reopened > 0) AND (remind_every > 0) AND (reminders > 0)))
);
ALTER TABLE public.oversight_reportrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_reportrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.owner_notices_ownernotice (
    id bigint NOT NULL,
    text character varying(480) NOT NULL,
    state character varying(8) NOT NULL,
    sent_at timestamp with time zone,
    subject character varying(12) NOT NULL,
    source character varying(40) NOT NULL,
    why character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    goes_out_at timestamp with time zone NOT NULL,
    person_id bigint,
    venue_id bigint NOT NULL
);
ALTER TABLE public.owner_notices_ownernotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.owner_notices_ownernotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.participation_agencyday (
    id bigint NOT NULL,
    day date NOT NULL,
    members integer NOT NULL,
    scanned integer NOT NULL,
    unverifiable integer NOT NULL,
    agency_id bigint NOT NULL,
    CONSTRAINT agency_day_scanned_of_members CHECK ((scanned <= members)),
    CONSTRAINT participation_agencyday_members_check CHECK ((members >= 0)),
    CONSTRAINT participation_agencyday_scanned_check CHECK ((scanned >= 0)),
    CONSTRAINT participation_agencyday_unverifiable_check CHECK ((unverifiable >= 0))
);
ALTER TABLE public.participation_agencyday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.participation_agencyday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_cardchange (
    number bigint NOT NULL,
    revoked boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    card_id bigint NOT NULL
);
CREATE TABLE public.people_consent (
    id bigint NOT NULL,
    notice_version character varying(20) NOT NULL,
    language character varying(5) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.people_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_controlcard (
    id bigint NOT NULL,
    serial character varying(12) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_on date NOT NULL,
    printed_at timestamp with time zone,
    revoked_at timestamp with time zone,
    revoke_reason character varying(10) NOT NULL,
    issued_by_id bigint NOT NULL,
    person_id bigint NOT NULL,
    replaced_by_id bigint,
    revoked_by_id bigint,
    unit_id bigint NOT NULL
);
CREATE TABLE public.people_credential (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    subject_hash bytea NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.people_credential ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_credential_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_identity (
    person_id bigint NOT NULL,
    full_name bytea NOT NULL,
    phone bytea NOT NULL,
    phone_hash bytea,
    verified_at timestamp with time zone,
    address bytea,
    birth_year bytea,
    contact_hash bytea,
    name_hash bytea,
    name_year_hash bytea
);
CREATE TABLE public.people_person (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.people_phonecode (
    id bigint NOT NULL,
    phone_hash bytea NOT NULL,
    purpose character varying(20) NOT NULL,
    code_hash bytea NOT NULL,
    address_hash bytea NOT NULL,
    subnet_hash bytea NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT people_phonecode_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.people_phonecode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_phonecode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.phones_codesrefused (
    person_id bigint NOT NULL,
    made_before timestamp with time zone NOT NULL
);
CREATE TABLE public.phones_numberletgo (
    id bigint NOT NULL,
    why character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.phones_numberletgo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.phones_numberletgo_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.phones_ownphone (
    id bigint NOT NULL,
    label character varying(40) NOT NULL,
    signed_in_at timestamp with time zone NOT NULL,
    seen_on date NOT NULL,
    ended_at timestamp with time zone,
    ending character varying(12) NOT NULL,
    ended_by_id bigint,
    person_id bigint NOT NULL
);
ALTER TABLE public.phones_ownphone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.phones_ownphone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_breach (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone,
    found_by character varying(120) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    categories jsonb NOT NULL,
    people integer,
    is_estimate boolean NOT NULL,
    what bytea NOT NULL,
    harm bytea NOT NULL,
    measures bytea NOT NULL,
    state character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    notified_at timestamp with time zone,
    people_told_at timestamp with time zone,
    closed_at timestamp with time zone,
    revision integer NOT NULL,
    recorded_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT breach_notified_at_an_instant CHECK (((NOT ((state)::text = 'notified'::text)) OR (notified_at IS NOT NULL))),
    CONSTRAINT privacy_breach_people_check CHECK ((people >= 0)),
    CONSTRAINT privacy_breach_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.privacy_breach ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_breach_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_breachevent (
    id bigint NOT NULL,
    step character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    words bytea NOT NULL,
    mark character varying(20) NOT NULL,
    breach_id bigint NOT NULL,
    officer_id bigint
);
ALTER TABLE public.privacy_breachevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_breachevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_correction (
    id bigint NOT NULL,
    field character varying(20) NOT NULL,
    before bytea NOT NULL,
    after bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    request_id bigint
);
ALTER TABLE public.privacy_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_erasure (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    counts jsonb NOT NULL,
    listed_at timestamp with time zone
);
ALTER TABLE public.privacy_erasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_personrequest (
    id bigint NOT NULL,
    code character varying(9) NOT NULL,
    "right" character varying(10) NOT NULL,
    person_id bigint,
    channel character varying(8) NOT NULL,
    proof character varying(12) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    wants bytea NOT NULL,
    words bytea NOT NULL,
    began_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    act_by_at timestamp with time zone NOT NULL,
    extended_on date,
    is_provisional boolean NOT NULL,
    state character varying(10) NOT NULL,
    refusal character varying(10) NOT NULL,
    answer bytea NOT NULL,
    ended_at timestamp with time zone,
    reminders smallint NOT NULL,
    revision integer NOT NULL,
    ended_by_id bigint,
    escalated_to_id bigint,
    received_by_id bigint,
    unit_id bigint NOT NULL,
    clock_id bigint NOT NULL,
    CONSTRAINT privacy_personrequest_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT privacy_personrequest_revision_check CHECK ((revision >= 0)),
    CONSTRAINT request_refused_in_words_of_the_list CHECK (((NOT ((state)::text = 'refused'::text)) OR (NOT ((refusal)::text = ''::text))))
);
ALTER TABLE public.privacy_personrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_personrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_purgecertificate (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    content jsonb NOT NULL,
    rows bigint NOT NULL,
    previous_digest character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    key smallint NOT NULL,
    signature character varying(88) NOT NULL,
    CONSTRAINT privacy_purgecertificate_key_check CHECK ((key >= 0)),
    CONSTRAINT privacy_purgecertificate_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.privacy_purgecertificate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_purgecertificate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_requestclock (
    id bigint NOT NULL,
    "right" character varying(10) NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(120) NOT NULL,
    answer_days smallint NOT NULL,
    act_days smallint NOT NULL,
    extension_days smallint NOT NULL,
    remind_before smallint NOT NULL,
    remind_every smallint NOT NULL,
    reminders smallint NOT NULL,
    is_verified boolean NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    CONSTRAINT privacy_requestclock_act_days_check CHECK ((act_days >= 0)),
    CONSTRAINT privacy_requestclock_answer_days_check CHECK ((answer_days >= 0)),
    CONSTRAINT privacy_requestclock_extension_days_check CHECK ((extension_days >= 0)),
    CONSTRAINT privacy_requestclock_remind_before_check CHECK ((remind_before >= 0)),
    CONSTRAINT privacy_requestclock_remind_every_check CHECK ((remind_every >= 0)),
    CONSTRAINT privacy_requestclock_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT request_clock_runs CHECK (((act_days > 0) AND (answer_days > 0) AND (remind_every > 0) AND (reminders > 0)))
);
ALTER TABLE public.privacy_requestclock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_requestclock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.privacy_requestevent (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    words bytea NOT NULL,
    due_at timestamp with time zone NOT NULL,
    mark character varying(40) NOT NULL,
    planned_at timestamp with time zone,
    officer_id bigint,
    request_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.privacy_requestevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_requestevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_attempt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    status smallint,
    failure character varying(20) NOT NULL,
    milliseconds integer NOT NULL,
    delivery_id bigint NOT NULL,
    CONSTRAINT programs_attempt_milliseconds_check CHECK ((milliseconds >= 0)),
    CONSTRAINT programs_attempt_status_check CHECK ((status >= 0))
);
ALTER TABLE public.programs_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_delivery (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    event_id bigint NOT NULL,
    webhook_id bigint NOT NULL,
    CONSTRAINT programs_delivery_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.programs_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_event (
    id bigint NOT NULL,
    event_id uuid NOT NULL,
    kind character varying(24) NOT NULL,
    told jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    spread_at timestamp with time zone,
    unit_id bigint
);
ALTER TABLE public.programs_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_program (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    organisation character varying(160) NOT NULL,
    contact character varying(200) NOT NULL,
    instrument character varying(200) NOT NULL,
    purpose character varying(300) NOT NULL,
    scopes jsonb NOT NULL,
    limit_a_minute integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    ended_at timestamp with time zone,
    revision integer NOT NULL,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT program_approved_by_another CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT programs_program_limit_a_minute_check CHECK ((limit_a_minute >= 0)),
    CONSTRAINT programs_program_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.programs_program ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_program_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_registration (
    id bigint NOT NULL,
    registration_id uuid NOT NULL,
    digest bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    program_id bigint NOT NULL,
    venue_id bigint NOT NULL
);
ALTER TABLE public.programs_registration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_registration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_token (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    digest bytea NOT NULL,
    hint character varying(4) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    minute timestamp with time zone,
    used integer NOT NULL,
    made_by_id bigint NOT NULL,
    program_id bigint NOT NULL,
    revoked_by_id bigint,
    CONSTRAINT programs_token_used_check CHECK ((used >= 0))
);
ALTER TABLE public.programs_token ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.programs_webhook (
    id bigint NOT NULL,
    url character varying(500) NOT NULL,
    kinds jsonb NOT NULL,
    secret bytea NOT NULL,
    former_secret bytea,
    former_until timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    failing_since timestamp with time zone,
    paused_at timestamp with time zone,
    ended_at timestamp with time zone,
    made_by_id bigint NOT NULL,
    paused_by_id bigint,
    program_id bigint NOT NULL
);
ALTER TABLE public.programs_webhook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programs_webhook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_clockrule (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(120) NOT NULL,
    hands_to character varying(10) NOT NULL,
    days smallint NOT NULL,
    days_returned smallint NOT NULL,
    remind_before smallint NOT NULL,
    remind_every smallint NOT NULL,
    reminders smallint NOT NULL,
    is_verified boolean NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    CONSTRAINT clock_rule_runs CHECK (((days > 0) AND (days_returned > 0) AND (remind_every > 0) AND (reminders > 0))),
    CONSTRAINT referrals_clockrule_days_check CHECK ((days >= 0)),
    CONSTRAINT referrals_clockrule_days_returned_check CHECK ((days_returned >= 0)),
    CONSTRAINT referrals_clockrule_remind_before_check CHECK ((remind_before >= 0)),
    CONSTRAINT referrals_clockrule_remind_every_check CHECK ((remind_every >= 0)),
    CONSTRAINT referrals_clockrule_reminders_check CHECK ((reminders >= 0))
);
ALTER TABLE public.referrals_clockrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_clockrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_handoverrule (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    sign character varying(12) NOT NULL,
    least_confidence double precision NOT NULL,
    least_nights smallint NOT NULL,
    is_on boolean NOT NULL,
    CONSTRAINT referrals_handoverrule_least_nights_check CHECK ((least_nights >= 0))
);
ALTER TABLE public.referrals_handoverrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_handoverrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_referral (
    id bigint NOT NULL,
    ground character varying(12) NOT NULL,
    sign character varying(12) NOT NULL,
    source character varying(40) NOT NULL,
    evidence character varying(600) NOT NULL,
    evidence_en character varying(600) NOT NULL,
    confidence double precision,
    since_on date,
    words character varying(1000) NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    is_provisional boolean NOT NULL,
    state character varying(10) NOT NULL,
    outcome character varying(10) NOT NULL,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    reminders smallint NOT NULL,
    revision integer NOT NULL,
    answered_by_id bigint,
    clock_id bigint NOT NULL,
    escalated_to_id bigint,
    handed_by_id bigint,
    unit_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT referral_answered_in_words_of_the_list CHECK ((((state)::text = ANY ((ARRAY['handed'::character varying, 'accepted'::character varying, 'returned'::character varying])::text[])) OR ((answered_at IS NOT NULL) AND (NOT ((outcome)::text = ''::text))))),
    CONSTRAINT referral_names_its_sign CHECK ((NOT (((ground)::text = 'sign'::text) AND ((sign)::text = ''::text)))),
    CONSTRAINT referrals_referral_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT referrals_referral_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.referrals_referral ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_referral_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_referralevent (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    words character varying(2000) NOT NULL,
    outcome character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    mark character varying(40) NOT NULL,
    planned_at timestamp with time zone,
    officer_id bigint,
    referral_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.referrals_referralevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_referralevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referrals_referralpicture (
    id bigint NOT NULL,
    image character varying(100) NOT NULL,
    event_id bigint NOT NULL
);
ALTER TABLE public.referrals_referralpicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_referralpicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.restrictions_restriction (
    id bigint NOT NULL,
    scope character varying(10) NOT NULL,
    since timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.restrictions_restriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.restrictions_restriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster_agency (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    founded_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    search_key character varying(200) NOT NULL,
    sort_key character varying(400) NOT NULL COLLATE pg_catalog."C",
    unit_id bigint NOT NULL
);
ALTER TABLE public.roster_agency ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_agency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster_agency_venues (
    id bigint NOT NULL,
    agency_id bigint NOT NULL,
    venue_id bigint NOT NULL
);
ALTER TABLE public.roster_agency_venues ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_agency_venues_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster_leave (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    first_on date NOT NULL,
    until_on date NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT leave_not_inverted CHECK ((until_on > first_on))
);
ALTER TABLE public.roster_leave ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_leave_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster_member (
    id bigint NOT NULL,
    employee_number character varying(20) NOT NULL,
    full_name bytea NOT NULL,
    phone_hash bytea,
    department character varying(80) NOT NULL,
    joined_on date NOT NULL,
    left_on date,
    agency_id bigint NOT NULL,
    CONSTRAINT member_stay CHECK (((left_on IS NULL) OR (left_on >= joined_on)))
);
ALTER TABLE public.roster_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster_rosterlist (
    id bigint NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    counts jsonb NOT NULL,
    changes bytea,
    agency_id bigint NOT NULL,
    officer_id bigint
);
ALTER TABLE public.roster_rosterlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_rosterlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster_shift (
    id bigint NOT NULL,
    weekdays smallint NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    on_holidays boolean NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT roster_shift_weekdays_check CHECK ((weekdays >= 0)),
    CONSTRAINT shift_has_a_weekday CHECK (((weekdays >= 1) AND (weekdays <= 127)))
);
ALTER TABLE public.roster_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_appeal (
    id bigint NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    words bytea NOT NULL,
    due_at timestamp with time zone NOT NULL,
    is_provisional boolean NOT NULL,
    is_suspensive boolean,
    outcome character varying(10) NOT NULL,
    answer bytea NOT NULL,
    document_number character varying(60) NOT NULL,
    answered_at timestamp with time zone,
    reminders smallint NOT NULL,
    revision integer NOT NULL,
    answered_by_id bigint,
    effect_by_id bigint,
    escalated_to_id bigint,
    unit_id bigint NOT NULL,
    clock_id bigint NOT NULL,
    sanction_id bigint NOT NULL,
    CONSTRAINT sanction_appeal_answered_in_full CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL) AND ((outcome)::text = ''::text)) OR ((NOT ((outcome)::text = ''::text)) AND (answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL)))),
    CONSTRAINT sanction_appeal_not_inverted CHECK ((due_at > filed_at)),
    CONSTRAINT sanctions_appeal_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT sanctions_appeal_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.sanctions_appeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_appeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_appealclock (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(120) NOT NULL,
    days_to_appeal smallint NOT NULL,
    days_to_answer smallint NOT NULL,
    remind_before smallint NOT NULL,
    remind_every smallint NOT NULL,
    reminders smallint NOT NULL,
    is_verified boolean NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    appeal_days character varying(8) DEFAULT 'calendar'::character varying NOT NULL,
    CONSTRAINT appeal_clock_runs CHECK (((days_to_answer > 0) AND (days_to_appeal > 0) AND (remind_every > 0) AND (reminders > 0))),
    CONSTRAINT sanctions_appealclock_days_to_answer_check CHECK ((days_to_answer >= 0)),
    CONSTRAINT sanctions_appealclock_days_to_appeal_check CHECK ((days_to_appeal >= 0)),
    CONSTRAINT sanctions_appealclock_remind_before_check CHECK ((remind_before >= 0)),
    CONSTRAINT sanctions_appealclock_remind_every_check CHECK ((remind_every >= 0)),
    CONSTRAINT sanctions_appealclock_reminders_check CHECK ((reminders >= 0))
);
ALTER TABLE public.sanctions_appealclock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_appealclock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_legalbasis (
    id bigint NOT NULL,
    title_vi character varying(300) NOT NULL,
    title_en character varying(300) NOT NULL,
    number character varying(60) NOT NULL,
    article character varying(120) NOT NULL,
    source character varying(300) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    is_verified boolean NOT NULL,
    code character varying(40) NOT NULL,
    kinds character varying(60) NOT NULL,
    note_vi character varying(300) NOT NULL,
    note_en character varying(300) NOT NULL,
    "position" smallint NOT NULL,
    added_at timestamp with time zone,
    added_by_id bigint,
    unit_id bigint,
    CONSTRAINT sanction_basis_not_inverted CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
    CONSTRAINT sanctions_legalbasis_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.sanctions_legalbasis ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_legalbasis_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_sanction (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    findings jsonb NOT NULL,
    facts character varying(1000) NOT NULL,
    demands character varying(1000) NOT NULL,
    clause character varying(300) NOT NULL,
    until_at timestamp with time zone,
    condition character varying(500) NOT NULL,
    forwarded_to character varying(200) NOT NULL,
    amount bigint,
    amount_basis character varying(300) NOT NULL,
    document_number character varying(60) NOT NULL,
    signing_title character varying(80) NOT NULL,
    signer character varying(80) NOT NULL,
    signed_on date,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decision_note character varying(300) NOT NULL,
    in_force_at timestamp with time zone,
    ended_at timestamp with time zone,
    is_paused boolean NOT NULL,
    acknowledged_at timestamp with time zone,
    mended_at timestamp with time zone,
    appeal_until_at timestamp with time zone,
    earlier_warnings smallint NOT NULL,
    revision integer NOT NULL,
    by_appeal_id bigint,
    clock_id bigint NOT NULL,
    corrects_id bigint,
    decided_by_id bigint,
    issuer_unit_id bigint NOT NULL,
    lifts_id bigint,
    proposed_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT lifting_names_what_it_lifts CHECK (((NOT ((kind)::text = 'lifting'::text)) OR (lifts_id IS NOT NULL))),
    CONSTRAINT sanction_amount_has_a_basis CHECK (((amount IS NULL) OR (((kind)::text = 'fine'::text) AND (NOT ((amount_basis)::text = ''::text))))),
    CONSTRAINT sanction_names_its_document CHECK (((NOT ((kind)::text = ANY ((ARRAY['suspension'::character varying, 'lifting'::character varying])::text[]))) OR ((state)::text = ANY ((ARRAY['waiting'::character varying, 'returned'::character varying, 'dropped'::character varying])::text[])) OR (NOT ((document_number)::text = ''::text)))),
    CONSTRAINT sanction_second_person CHECK (((NOT ((kind)::text = ANY ((ARRAY['suspension'::character varying, 'lifting'::character varying])::text[]))) OR ((state)::text = ANY ((ARRAY['waiting'::character varying, 'returned'::character varying, 'dropped'::character varying])::text[])) OR (by_appeal_id IS NOT NULL) OR ((decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL)))))),
    CONSTRAINT sanctions_sanction_amount_check CHECK ((amount >= 0)),
    CONSTRAINT sanctions_sanction_earlier_warnings_check CHECK ((earlier_warnings >= 0)),
    CONSTRAINT sanctions_sanction_revision_check CHECK ((revision >= 0)),
    CONSTRAINT suspension_says_how_it_ends CHECK (((NOT ((kind)::text = 'suspension'::text)) OR (until_at IS NOT NULL) OR (NOT ((condition)::text = ''::text))))
);
ALTER TABLE public.sanctions_sanction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_sanction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_sanctionbasis (
    id bigint NOT NULL,
    title_vi character varying(300) NOT NULL,
    title_en character varying(300) NOT NULL,
    number character varying(60) NOT NULL,
    article character varying(120) NOT NULL,
    source character varying(300) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    is_verified boolean NOT NULL,
    basis_id bigint,
    sanction_id bigint NOT NULL
);
ALTER TABLE public.sanctions_sanctionbasis ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_sanctionbasis_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_sanctionevent (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_owner boolean NOT NULL,
    words bytea NOT NULL,
    mark character varying(40) NOT NULL,
    planned_at timestamp with time zone,
    officer_id bigint,
    other_id bigint,
    sanction_id bigint NOT NULL,
    unit_id bigint
);
ALTER TABLE public.sanctions_sanctionevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_sanctionevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_sanctionground (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    text_vi character varying(600) NOT NULL,
    text_en character varying(600) NOT NULL,
    "on" date NOT NULL,
    sanction_id bigint NOT NULL
);
ALTER TABLE public.sanctions_sanctionground ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_sanctionground_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_sanctionpicture (
    id bigint NOT NULL,
    image character varying(100) NOT NULL,
    event_id bigint NOT NULL
);
ALTER TABLE public.sanctions_sanctionpicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_sanctionpicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sanctions_suspensionalert (
    id bigint NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    step character varying(10) NOT NULL,
    suspensions integer NOT NULL,
    officers smallint NOT NULL,
    seen_at timestamp with time zone,
    note character varying(300) NOT NULL,
    seen_by_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT sanctions_suspensionalert_officers_check CHECK ((officers >= 0)),
    CONSTRAINT sanctions_suspensionalert_suspensions_check CHECK ((suspensions >= 0))
);
ALTER TABLE public.sanctions_suspensionalert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sanctions_suspensionalert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.scan_attempt (
    attempt_id uuid NOT NULL,
    person_id bigint,
    venue_id bigint,
    attempted_at timestamp with time zone NOT NULL,
    device_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device_id bigint,
    code_hash bigint,
    labels integer DEFAULT 0 NOT NULL,
    reason smallint NOT NULL,
    source smallint NOT NULL,
    landed bigint DEFAULT ((pg_current_xact_id())::text)::bigint
)
PARTITION BY RANGE (attempt_id);
COMMENT ON TABLE public.scan_attempt IS 'A scan that did not become a check-in, and why. Kept 21 days.';
COMMENT ON COLUMN public.scan_attempt.code_hash IS 'keyed hash of a text that is not one of our codes; the text is never stored';
COMMENT ON COLUMN public.scan_attempt.reason IS 'dauchan.visits.registry.AttemptReason';
COMMENT ON COLUMN public.scan_attempt.landed IS 'the transaction that inserted the row; null before there was this column';
CREATE TABLE public.scan_attempt_default (
    attempt_id uuid CONSTRAINT scan_attempt_attempt_id_not_null NOT NULL,
    person_id bigint,
    venue_id bigint,
    attempted_at timestamp with time zone CONSTRAINT scan_attempt_attempted_at_not_null NOT NULL,
    device_at timestamp with time zone CONSTRAINT scan_attempt_device_at_not_null NOT NULL,
    received_at timestamp with time zone CONSTRAINT scan_attempt_received_at_not_null NOT NULL,
    device_id bigint,
    code_hash bigint,
    labels integer DEFAULT 0 CONSTRAINT scan_attempt_labels_not_null NOT NULL,
    reason smallint CONSTRAINT scan_attempt_reason_not_null NOT NULL,
    source smallint CONSTRAINT scan_attempt_source_not_null NOT NULL,
    landed bigint DEFAULT ((pg_current_xact_id())::text)::bigint
);
CREATE TABLE public.signs_dismissal (
    id bigint NOT NULL,
    sign character varying(12) NOT NULL,
    since_on date NOT NULL,
    expected double precision NOT NULL,
    observed integer NOT NULL,
    facts jsonb NOT NULL,
    reason character varying(10) NOT NULL,
    words character varying(500) NOT NULL,
    until date NOT NULL,
    dismissed_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    outgrown_at timestamp with time zone,
    dismissed_by_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    withdrawn_by_id bigint,
    CONSTRAINT signs_dismissal_observed_check CHECK ((observed >= 0))
);
ALTER TABLE public.signs_dismissal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signs_dismissal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.signs_screeningrun (
    id bigint NOT NULL,
    "on" date NOT NULL,
    origin character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    outcome character varying(10) NOT NULL,
    failure character varying(200) NOT NULL,
    parameters jsonb NOT NULL,
    method character varying(64) NOT NULL,
    version character varying(20) NOT NULL,
    inputs character varying(64) NOT NULL,
    result character varying(64) NOT NULL,
    venues integer NOT NULL,
    scans bigint NOT NULL,
    days smallint NOT NULL,
    found integer NOT NULL,
    asked_by_id bigint,
    earlier_id bigint,
    CONSTRAINT signs_screeningrun_days_check CHECK ((days >= 0)),
    CONSTRAINT signs_screeningrun_found_check CHECK ((found >= 0)),
    CONSTRAINT signs_screeningrun_scans_check CHECK ((scans >= 0)),
    CONSTRAINT signs_screeningrun_venues_check CHECK ((venues >= 0))
);
ALTER TABLE public.signs_screeningrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signs_screeningrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.signs_sign (
    id bigint NOT NULL,
    sign character varying(12) NOT NULL,
    since_on date NOT NULL,
    expected double precision NOT NULL,
    observed integer NOT NULL,
    facts jsonb NOT NULL,
    confidence double precision NOT NULL,
    visitors double precision NOT NULL,
    nights smallint NOT NULL,
    picture jsonb,
    run_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT signs_sign_nights_check CHECK ((nights >= 0)),
    CONSTRAINT signs_sign_observed_check CHECK ((observed >= 0))
);
ALTER TABLE public.signs_sign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signs_sign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);
ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);
ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_aerosoltail (
    id bigint NOT NULL,
    setting character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    rule_id bigint NOT NULL,
    CONSTRAINT tracing_aerosoltail_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.tracing_aerosoltail ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_aerosoltail_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_case (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    onset_on date,
    sampled_on date NOT NULL,
    isolated_at timestamp with time zone,
    infectious_from timestamp with time zone NOT NULL,
    infectious_to timestamp with time zone NOT NULL,
    status character varying(10) NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    person_id bigint NOT NULL,
    registered_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    disease_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    note_sealed bytea,
    address bytea,
    intake_id bigint,
    isolated_where character varying(200) DEFAULT ''::character varying NOT NULL,
    source_contact_id bigint,
    symptoms jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT case_period_not_inverted CHECK ((infectious_to > infectious_from))
);
ALTER TABLE public.tracing_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_contact (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    source_id bigint NOT NULL,
    generation smallint NOT NULL,
    overlap_seconds integer NOT NULL,
    tail_seconds integer NOT NULL,
    encounters integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    verdict character varying(10) NOT NULL,
    venue_id bigint,
    run_id bigint NOT NULL,
    number integer NOT NULL,
    assurance smallint,
    labels integer DEFAULT 0 NOT NULL,
    sources integer DEFAULT 0 NOT NULL,
    is_doubtful boolean DEFAULT false NOT NULL,
    interview_id bigint,
    is_named boolean DEFAULT false NOT NULL,
    people_present double precision,
    outdoor_share double precision,
    CONSTRAINT tracing_contact_assurance_check CHECK ((assurance >= 0)),
    CONSTRAINT tracing_contact_encounters_check CHECK ((encounters >= 0)),
    CONSTRAINT tracing_contact_generation_check CHECK ((generation >= 0)),
    CONSTRAINT tracing_contact_number_check CHECK ((number >= 0)),
    CONSTRAINT tracing_contact_overlap_seconds_check CHECK ((overlap_seconds >= 0)),
    CONSTRAINT tracing_contact_tail_seconds_check CHECK ((tail_seconds >= 0))
);
ALTER TABLE public.tracing_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_crowdnotice (
    id bigint NOT NULL,
    "on" date NOT NULL,
    visits integer NOT NULL,
    run_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT tracing_crowdnotice_visits_check CHECK ((visits >= 0))
);
ALTER TABLE public.tracing_crowdnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_crowdnotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_disclosure (
    id bigint NOT NULL,
    purpose character varying(300) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    approved boolean,
    decision_note character varying(300) NOT NULL,
    expires_at timestamp with time zone,
    decided_by_id bigint,
    requested_by_id bigint NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT disclosure_second_person CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = requested_by_id) AND (decided_by_id IS NOT NULL)))))
);
ALTER TABLE public.tracing_disclosure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_disclosure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_disease (
    id bigint NOT NULL,
    code character varying(30) NOT NULL,
    name_vi character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT tracing_disease_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.tracing_disease ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_disease_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_doctrinerule (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(60) NOT NULL,
    days_before_onset smallint NOT NULL,
    days_before_sample smallint NOT NULL,
    days_after smallint NOT NULL,
    min_overlap_minutes smallint NOT NULL,
    tail_minutes smallint NOT NULL,
    latent_period_hours smallint NOT NULL,
    note_vi character varying(400) NOT NULL,
    note_en character varying(400) NOT NULL,
    disease_id bigint NOT NULL,
    crowd_limit integer DEFAULT 150 NOT NULL,
    later_min_overlap_minutes character varying(40) DEFAULT ''::character varying NOT NULL,
    per_24_hours boolean DEFAULT false NOT NULL,
    CONSTRAINT tracing_doctrinerule_crowd_limit_check CHECK ((crowd_limit >= 0)),
    CONSTRAINT tracing_doctrinerule_days_after_check CHECK ((days_after >= 0)),
    CONSTRAINT tracing_doctrinerule_days_before_onset_check CHECK ((days_before_onset >= 0)),
    CONSTRAINT tracing_doctrinerule_days_before_sample_check CHECK ((days_before_sample >= 0)),
    CONSTRAINT tracing_doctrinerule_latent_period_hours_check CHECK ((latent_period_hours >= 0)),
    CONSTRAINT tracing_doctrinerule_min_overlap_minutes_check CHECK ((min_overlap_minutes >= 0)),
    CONSTRAINT tracing_doctrinerule_tail_minutes_check CHECK ((tail_minutes >= 0))
);
ALTER TABLE public.tracing_doctrinerule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_doctrinerule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_epidemiologicalparameters (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    quanta_per_hour double precision,
    serial_mean_days double precision NOT NULL,
    serial_sd_days double precision NOT NULL,
    serial_shortest_days double precision NOT NULL,
    serial_longest_days double precision NOT NULL,
    incubation_longest_days double precision CONSTRAINT tracing_epidemiologicalparamet_incubation_longest_days_not_null NOT NULL,
    source character varying(300) NOT NULL,
    note_vi character varying(400) NOT NULL,
    note_en character varying(400) NOT NULL,
    disease_id bigint NOT NULL,
    CONSTRAINT parameters_are_possible CHECK (((serial_mean_days > (0.0)::double precision) AND (serial_sd_days > (0.0)::double precision) AND (serial_shortest_days >= (0.0)::double precision) AND (serial_longest_days > serial_shortest_days) AND (incubation_longest_days > (0.0)::double precision)))
);
ALTER TABLE public.tracing_epidemiologicalparameters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_epidemiologicalparameters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tracing_tracerun (
    id bigint NOT NULL,
    policy jsonb NOT NULL,
    horizon timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    visits_read integer NOT NULL,
    imputed_stays integer NOT NULL,
    case_id bigint NOT NULL,
    requested_by_id bigint NOT NULL,
    complete_generation smallint,
    failure character varying(12) DEFAULT ''::character varying NOT NULL,
    listed_at timestamp with time zone,
    status character varying(10) DEFAULT 'finished'::character varying NOT NULL,
    CONSTRAINT tracing_tracerun_complete_generation_check CHECK ((complete_generation >= 0)),
    CONSTRAINT tracing_tracerun_imputed_stays_check CHECK ((imputed_stays >= 0)),
    CONSTRAINT tracing_tracerun_visits_read_check CHECK ((visits_read >= 0))
);
ALTER TABLE public.tracing_tracerun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tracing_tracerun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_appointment (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    since date NOT NULL,
    until date,
    officer_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    in_place_of_id bigint,
    CONSTRAINT substitution_ends CHECK (((in_place_of_id IS NULL) OR (until IS NOT NULL)))
);
ALTER TABLE public.units_appointment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_auditentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    action character varying(40) NOT NULL,
    subject character varying(80) NOT NULL,
    purpose character varying(300) NOT NULL,
    detail jsonb NOT NULL,
    previous_digest character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    actor_id bigint,
    in_place_of_id bigint
);
ALTER TABLE public.units_auditentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_auditentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_calendarday (
    id bigint NOT NULL,
    day date NOT NULL,
    kind character varying(8) NOT NULL,
    stands_for date,
    name_vi character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    source character varying(200) NOT NULL
);
ALTER TABLE public.units_calendarday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_calendarday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_officer (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    full_name character varying(100) NOT NULL,
    acts_under_id bigint,
    search_key character varying(200) DEFAULT ''::character varying NOT NULL,
    sort_key character varying(400) DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.units_officer_groups (
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.units_officer_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_officer_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.units_officer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_officer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_officer_user_permissions (
    id bigint NOT NULL,
    officer_id bigint NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.units_officer_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_officer_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_proposal (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    since date NOT NULL,
    until date,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    is_granted boolean NOT NULL,
    decided_by_id bigint,
    officer_id bigint NOT NULL,
    proposed_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT proposal_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL))) OR (NOT is_granted)))
);
ALTER TABLE public.units_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_stint (
    id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    appointment_id bigint NOT NULL,
    officer_id bigint NOT NULL
);
ALTER TABLE public.units_stint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_stint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_successor (
    id bigint NOT NULL,
    whole boolean NOT NULL,
    earlier_id bigint NOT NULL,
    later_id bigint NOT NULL
);
ALTER TABLE public.units_successor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_successor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_unit (
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    level character varying(10) NOT NULL,
    name character varying(100) NOT NULL,
    full_name character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    path character varying(200) NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    lat double precision,
    lon double precision,
    search_key character varying(200) NOT NULL,
    sort_key character varying(400) NOT NULL COLLATE pg_catalog."C",
    parent_id bigint,
    CONSTRAINT unit_period_not_inverted CHECK (((valid_to IS NULL) OR (valid_to > valid_from)))
);
ALTER TABLE public.units_unit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venue_lists_venuelist (
    id bigint NOT NULL,
    file_name character varying(120) NOT NULL,
    content bytea,
    digest character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    layout jsonb NOT NULL,
    options jsonb NOT NULL,
    counts jsonb NOT NULL,
    rows_in_all integer NOT NULL,
    rows_done integer NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone,
    kept_at timestamp with time zone,
    undone_at timestamp with time zone,
    officer_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT venue_lists_venuelist_rows_done_check CHECK ((rows_done >= 0)),
    CONSTRAINT venue_lists_venuelist_rows_in_all_check CHECK ((rows_in_all >= 0))
);
ALTER TABLE public.venue_lists_venuelist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venue_lists_venuelist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venue_lists_venuerow (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    sheet smallint NOT NULL,
    number integer NOT NULL,
    state character varying(6) NOT NULL,
    said bytea NOT NULL,
    twin integer,
    alike jsonb NOT NULL,
    decision character varying(5) NOT NULL,
    "into" bigint,
    outcome character varying(10) NOT NULL,
    filled jsonb NOT NULL,
    is_new_owner boolean NOT NULL,
    why character varying(20) NOT NULL,
    venue_id bigint,
    venue_list_id bigint NOT NULL,
    CONSTRAINT venue_lists_venuerow_number_check CHECK ((number >= 0)),
    CONSTRAINT venue_lists_venuerow_position_check CHECK (("position" >= 0)),
    CONSTRAINT venue_lists_venuerow_sheet_check CHECK ((sheet >= 0)),
    CONSTRAINT venue_lists_venuerow_twin_check CHECK ((twin >= 0))
);
ALTER TABLE public.venue_lists_venuerow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venue_lists_venuerow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_category (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name_vi character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    setting character varying(10) NOT NULL,
    default_stay_minutes smallint NOT NULL,
    mode character varying(10) NOT NULL,
    sensitive boolean NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT venues_category_default_stay_minutes_check CHECK ((default_stay_minutes >= 0)),
    CONSTRAINT venues_category_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.venues_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_gatedevice (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    token_hash bytea NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    venue_id bigint NOT NULL,
    keyed_at timestamp with time zone,
    next_token_at timestamp with time zone,
    next_token_hash bytea,
    synced_at timestamp with time zone,
    waiting_scans integer NOT NULL,
    CONSTRAINT venues_gatedevice_waiting_scans_check CHECK ((waiting_scans >= 0))
);
ALTER TABLE public.venues_gatedevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_gatedevice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_gateinvitation (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    code_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    venue_id bigint NOT NULL
);
ALTER TABLE public.venues_gateinvitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_gateinvitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_modeorder (
    id bigint NOT NULL,
    mode character varying(10) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    document_number character varying(60) NOT NULL,
    document_title character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    unit_id bigint NOT NULL,
    issuer_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    withdrawn_by_id bigint,
    CONSTRAINT mode_order_period_not_inverted CHECK (((ends_on IS NULL) OR (ends_on > starts_on)))
);
CREATE TABLE public.venues_modeorder_categories (
    id bigint NOT NULL,
    modeorder_id bigint NOT NULL,
    category_id bigint NOT NULL
);
ALTER TABLE public.venues_modeorder_categories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_modeorder_categories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.venues_modeorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_modeorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_poster (
    id bigint NOT NULL,
    version smallint NOT NULL,
    short_code character varying(9) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    venue_id bigint NOT NULL,
    CONSTRAINT venues_poster_version_check CHECK ((version >= 0))
);
ALTER TABLE public.venues_poster ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_poster_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_posterreading (
    id bigint NOT NULL,
    version smallint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    grade character varying(1) NOT NULL,
    reasons jsonb NOT NULL,
    metres integer,
    officer_id bigint NOT NULL,
    venue_id bigint NOT NULL,
    CONSTRAINT venues_posterreading_metres_check CHECK ((metres >= 0)),
    CONSTRAINT venues_posterreading_version_check CHECK ((version >= 0))
);
ALTER TABLE public.venues_posterreading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_posterreading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_venue (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    address character varying(200) NOT NULL,
    lat double precision,
    lon double precision,
    opening_hours jsonb NOT NULL,
    phone character varying(20) NOT NULL,
    description text NOT NULL,
    sensitive boolean NOT NULL,
    status character varying(10) NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decision_note character varying(500) NOT NULL,
    search_key character varying(400) NOT NULL,
    revision integer NOT NULL,
    category_id bigint NOT NULL,
    decided_by_id bigint,
    owner_id bigint,
    unit_id bigint NOT NULL,
    proposal jsonb,
    sort_key character varying(800) DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    scan_hours int4multirange GENERATED ALWAYS AS (public.ledger_hours(opening_hours)) STORED,
    capacity integer,
    CONSTRAINT venue_point_on_earth CHECK ((((lat IS NULL) AND (lon IS NULL)) OR (((lat >= ('-90.0'::numeric)::double precision) AND (lat <= (90.0)::double precision)) AND ((lon >= ('-180.0'::numeric)::double precision) AND (lon <= (180.0)::double precision))))),
    CONSTRAINT venues_venue_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT venues_venue_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.venues_venue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_venue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_venuehold (
    id bigint NOT NULL,
    cause character varying(40) NOT NULL,
    mode character varying(10) NOT NULL,
    status_before character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    document_number character varying(60) NOT NULL,
    until_at timestamp with time zone,
    placed_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    venue_id bigint NOT NULL
);
ALTER TABLE public.venues_venuehold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_venuehold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.venues_venuepicture (
    id bigint NOT NULL,
    image character varying(100) NOT NULL,
    caption character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    venue_id bigint,
    uploader_id bigint,
    CONSTRAINT venues_venuepicture_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.venues_venuepicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.venues_venuepicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW public.visit AS
 SELECT i.check_in_id,
    i.person_id,
    i.venue_id,
    i.entered_at,
    o.left_at,
        CASE
            WHEN (o.left_at IS NULL) THEN LEAST(n.entered_at, (i.entered_at + stay.usual))
            ELSE NULL::timestamp with time zone
        END AS imputed_left_at,
    COALESCE(o.left_at, LEAST(n.entered_at, (i.entered_at + stay.usual))) AS ended_at,
    (COALESCE((o.closed_by)::integer,
        CASE
            WHEN (n.entered_at IS NULL) THEN 5
            ELSE 4
        END))::smallint AS left_by,
    (((i.labels | COALESCE(o.labels, 0)) |
        CASE
            WHEN public.ledger_is_impossible(i.person_id, i.venue_id, i.entered_at) THEN 2048
            ELSE 0
        END) | public.ledger_beside_gate(i.venue_id, (i.source)::integer, i.entered_at)) AS labels,
    i.source,
    i.assurance,
    i.party
   FROM (((((public.check_in i
     LEFT JOIN public.venues_venue v ON ((v.id = i.venue_id)))
     LEFT JOIN public.venues_category c ON ((c.id = v.category_id)))
     CROSS JOIN LATERAL ( SELECT make_interval(mins => COALESCE((c.default_stay_minutes)::integer, 60)) AS usual) stay)
     LEFT JOIN LATERAL ( SELECT o_1.left_at,
            o_1.closed_by,
            o_1.labels
           FROM public.check_out o_1
          WHERE ((o_1.check_in_id = i.check_in_id) AND (o_1.left_at >= i.entered_at) AND ((o_1.person_id = i.person_id) OR (o_1.venue_id = i.venue_id)))
          ORDER BY o_1.left_at, o_1.closed_by
         LIMIT 1) o ON (true))
     LEFT JOIN LATERAL ( SELECT min(n_1.entered_at) AS entered_at
           FROM public.check_in n_1
          WHERE ((o.left_at IS NULL) AND (n_1.person_id = i.person_id) AND (n_1.entered_at > i.entered_at) AND (n_1.entered_at < (i.entered_at + stay.usual)))) n ON (true));
CREATE TABLE public.visits_segment (
    seal uuid NOT NULL,
    shelf uuid NOT NULL,
    day date NOT NULL,
    seen text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_sealed boolean NOT NULL,
    visits integer NOT NULL,
    CONSTRAINT visits_segment_visits_check CHECK ((visits >= 0))
);
CREATE TABLE public.watch_alarm (
    id bigint NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    looks integer NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    note character varying(300) NOT NULL,
    officer_id bigint NOT NULL,
    seen_by_id bigint,
    rule_id bigint NOT NULL,
    CONSTRAINT watch_alarm_looks_check CHECK ((looks >= 0))
);
ALTER TABLE public.watch_alarm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.watch_alarm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.watch_rule (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    actions jsonb NOT NULL,
    most integer NOT NULL,
    minutes integer NOT NULL,
    from_hour smallint,
    to_hour smallint,
    is_on boolean NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT odd_hours_named CHECK (((NOT ((kind)::text = 'odd_hours'::text)) OR ((from_hour IS NOT NULL) AND (to_hour IS NOT NULL) AND (NOT ((from_hour = to_hour) AND (from_hour IS NOT NULL) AND (to_hour IS NOT NULL)))))),
    CONSTRAINT watch_rule_from_hour_check CHECK ((from_hour >= 0)),
    CONSTRAINT watch_rule_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT watch_rule_most_check CHECK ((most >= 0)),
    CONSTRAINT watch_rule_revision_check CHECK ((revision >= 0)),
    CONSTRAINT watch_rule_to_hour_check CHECK ((to_hour >= 0))
);
ALTER TABLE public.watch_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.watch_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_presence (
    id bigint NOT NULL,
    number integer NOT NULL,
    person_id bigint NOT NULL,
    visits integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    presence_list_id bigint NOT NULL,
    CONSTRAINT zones_presence_number_check CHECK ((number >= 0)),
    CONSTRAINT zones_presence_visits_check CHECK ((visits >= 0))
);
ALTER TABLE public.zones_presence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_presence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_presencedisclosure (
    id bigint NOT NULL,
    purpose character varying(300) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    approved boolean,
    decision_note character varying(300) NOT NULL,
    expires_at timestamp with time zone,
    decided_by_id bigint,
    requested_by_id bigint NOT NULL,
    presence_list_id bigint NOT NULL,
    CONSTRAINT presence_disclosure_second_person CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = requested_by_id) AND (decided_by_id IS NOT NULL)))))
);
ALTER TABLE public.zones_presencedisclosure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_presencedisclosure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_presencelist (
    id bigint NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    people integer NOT NULL,
    visits integer NOT NULL,
    case_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT zones_presencelist_people_check CHECK ((people >= 0)),
    CONSTRAINT zones_presencelist_visits_check CHECK ((visits >= 0))
);
ALTER TABLE public.zones_presencelist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_presencelist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_publicfigure (
    id bigint NOT NULL,
    "on" date NOT NULL,
    people integer NOT NULL,
    visits integer NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT zones_publicfigure_people_check CHECK ((people >= 0)),
    CONSTRAINT zones_publicfigure_visits_check CHECK ((visits >= 0))
);
ALTER TABLE public.zones_publicfigure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_publicfigure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_publishedday (
    "on" date NOT NULL,
    published_at timestamp with time zone NOT NULL
);
CREATE TABLE public.zones_risklevel (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    instrument character varying(60) NOT NULL,
    rank smallint NOT NULL,
    code character varying(30) NOT NULL,
    name_vi character varying(60) NOT NULL,
    name_en character varying(60) NOT NULL,
    meaning_vi character varying(200) NOT NULL,
    meaning_en character varying(200) NOT NULL,
    CONSTRAINT risk_level_of_four CHECK (((rank >= 1) AND (rank <= 4))),
    CONSTRAINT zones_risklevel_rank_check CHECK ((rank >= 0))
);
ALTER TABLE public.zones_risklevel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_risklevel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_zone (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disease_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.zones_zone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_zone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_zoneorder (
    id bigint NOT NULL,
    number smallint NOT NULL,
    act character varying(10) NOT NULL,
    name character varying(120) NOT NULL,
    area_words character varying(500) NOT NULL,
    shape character varying(10) NOT NULL,
    geometry jsonb,
    west double precision,
    south double precision,
    east double precision,
    north double precision,
    made_from jsonb NOT NULL,
    measures jsonb NOT NULL,
    measures_words text NOT NULL,
    basis character varying(300) NOT NULL,
    document_number character varying(60) NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    effect character varying(10) NOT NULL,
    mode character varying(10) NOT NULL,
    reason character varying(500) NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    approved boolean,
    decision_note character varying(300) NOT NULL,
    holds_from timestamp with time zone,
    holds_to timestamp with time zone,
    decided_by_id bigint,
    drafted_by_id bigint NOT NULL,
    level_id bigint NOT NULL,
    zone_id bigint NOT NULL,
    CONSTRAINT zone_order_not_inverted CHECK (((ends_at IS NULL) OR (ends_at > begins_at))),
    CONSTRAINT zone_order_second_person CHECK (((NOT (approved AND (approved IS NOT NULL))) OR ((decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = drafted_by_id) AND (decided_by_id IS NOT NULL)))))),
    CONSTRAINT zones_zoneorder_number_check CHECK ((number >= 0))
);
CREATE TABLE public.zones_zoneorder_cases (
    id bigint NOT NULL,
    zoneorder_id bigint NOT NULL,
    case_id bigint NOT NULL
);
ALTER TABLE public.zones_zoneorder_cases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_zoneorder_cases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_zoneorder_categories (
    id bigint NOT NULL,
    zoneorder_id bigint NOT NULL,
    category_id bigint NOT NULL
);
ALTER TABLE public.zones_zoneorder_categories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_zoneorder_categories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.zones_zoneorder_communes (
    id bigint NOT NULL,
    zoneorder_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.zones_zoneorder_communes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_zoneorder_communes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.zones_zoneorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zones_zoneorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.check_in ATTACH PARTITION public.check_in_default DEFAULT;
ALTER TABLE ONLY public.check_out ATTACH PARTITION public.check_out_default DEFAULT;
ALTER TABLE ONLY public.scan_attempt ATTACH PARTITION public.scan_attempt_default DEFAULT;
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (2, 'contenttypes', '0002_remove_content_type_name', now());
INSERT INTO public.django_migrations VALUES (3, 'auth', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (4, 'auth', '0002_alter_permission_name_max_length', now());
INSERT INTO public.django_migrations VALUES (5, 'auth', '0003_alter_user_email_max_length', now());
INSERT INTO public.django_migrations VALUES (6, 'auth', '0004_alter_user_username_opts', now());
INSERT INTO public.django_migrations VALUES (7, 'auth', '0005_alter_user_last_login_null', now());
INSERT INTO public.django_migrations VALUES (8, 'auth', '0006_require_contenttypes_0002', now());
INSERT INTO public.django_migrations VALUES (9, 'auth', '0007_alter_validators_add_error_messages', now());
INSERT INTO public.django_migrations VALUES (10, 'auth', '0008_alter_user_username_max_length', now());
INSERT INTO public.django_migrations VALUES (11, 'auth', '0009_alter_user_last_name_max_length', now());
INSERT INTO public.django_migrations VALUES (12, 'auth', '0010_alter_group_name_max_length', now());
INSERT INTO public.django_migrations VALUES (13, 'auth', '0011_update_proxy_permissions', now());
INSERT INTO public.django_migrations VALUES (14, 'auth', '0012_alter_user_first_name_max_length', now());
INSERT INTO public.django_migrations VALUES (15, 'units', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (16, 'account', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (17, 'account', '0002_email_max_length', now());
INSERT INTO public.django_migrations VALUES (18, 'account', '0003_alter_emailaddress_create_unique_verified_email', now());
INSERT INTO public.django_migrations VALUES (19, 'account', '0004_alter_emailaddress_drop_unique_email', now());
INSERT INTO public.django_migrations VALUES (20, 'account', '0005_emailaddress_idx_upper_email', now());
INSERT INTO public.django_migrations VALUES (21, 'account', '0006_emailaddress_lower', now());
INSERT INTO public.django_migrations VALUES (22, 'account', '0007_emailaddress_idx_email', now());
INSERT INTO public.django_migrations VALUES (23, 'account', '0008_emailaddress_unique_primary_email_fixup', now());
INSERT INTO public.django_migrations VALUES (24, 'account', '0009_emailaddress_unique_primary_email', now());
INSERT INTO public.django_migrations VALUES (25, 'units', '0002_audit_append_only_and_cache', now());
INSERT INTO public.django_migrations VALUES (26, 'units', '0003_sort_key_collation', now());
INSERT INTO public.django_migrations VALUES (27, 'units', '0004_calendar_day', now());
INSERT INTO public.django_migrations VALUES (28, 'accountability', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (29, 'people', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (30, 'venues', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (31, 'visits', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (32, 'venues', '0002_sort_key_proposal_drafts', now());
INSERT INTO public.django_migrations VALUES (33, 'venues', '0003_venue_in_order', now());
INSERT INTO public.django_migrations VALUES (34, 'visits', '0002_labels_by_venue', now());
INSERT INTO public.django_migrations VALUES (35, 'venues', '0004_gates', now());
INSERT INTO public.django_migrations VALUES (36, 'people', '0002_gates', now());
INSERT INTO public.django_migrations VALUES (37, 'people', '0003_cards', now());
INSERT INTO public.django_migrations VALUES (38, 'visits', '0003_gate_queue', now());
INSERT INTO public.django_migrations VALUES (39, 'visits', '0004_venue_at_door', now());
INSERT INTO public.django_migrations VALUES (40, 'venues', '0005_gate_sync', now());
INSERT INTO public.django_migrations VALUES (41, 'venues', '0006_mode_orders', now());
INSERT INTO public.django_migrations VALUES (42, 'visits', '0005_beside_gate', now());
INSERT INTO public.django_migrations VALUES (43, 'visits', '0006_gate_probes', now());
INSERT INTO public.django_migrations VALUES (44, 'visits', '0007_landed', now());
INSERT INTO public.django_migrations VALUES (45, 'visits', '0008_known_venues', now());
INSERT INTO public.django_migrations VALUES (46, 'visits', '0009_late_by_day', now());
INSERT INTO public.django_migrations VALUES (47, 'venues', '0007_venue_holds', now());
INSERT INTO public.django_migrations VALUES (48, 'compliance', '0001_remote_scans', now());
INSERT INTO public.django_migrations VALUES (49, 'compliance', '0002_days_counted', now());
INSERT INTO public.django_migrations VALUES (50, 'tracing', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (51, 'tracing', '0002_contact_number', now());
INSERT INTO public.django_migrations VALUES (52, 'tracing', '0003_crowd_notice', now());
INSERT INTO public.django_migrations VALUES (53, 'tracing', '0004_what_contacts_rest_on', now());
INSERT INTO public.django_migrations VALUES (54, 'tracing', '0005_sealed_note', now());
INSERT INTO public.django_migrations VALUES (55, 'interviews', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (56, 'intake', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (57, 'tracing', '0006_intake_and_interviews', now());
INSERT INTO public.django_migrations VALUES (58, 'follow_up', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (59, 'hand_counts', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (60, 'venues', '0008_poster_readings', now());
INSERT INTO public.django_migrations VALUES (61, 'units', '0005_rows_that_stay', now());
INSERT INTO public.django_migrations VALUES (62, 'units', '0006_roles_handed_on', now());
INSERT INTO public.django_migrations VALUES (63, 'units', '0007_officers_are_searched', now());
INSERT INTO public.django_migrations VALUES (64, 'units', '0008_audit_by_time', now());
INSERT INTO public.django_migrations VALUES (65, 'units', '0009_data_protection_role', now());
INSERT INTO public.django_migrations VALUES (66, 'units', '0010_rows_that_stay_till_retention', now());
INSERT INTO public.django_migrations VALUES (67, 'knowledge', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (68, 'helpdesk', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (69, 'helpdesk', '0002_sealed_words', now());
INSERT INTO public.django_migrations VALUES (70, 'helpdesk', '0003_a_helpdesk', now());
INSERT INTO public.django_migrations VALUES (71, 'inspections', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (72, 'intake', '0002_names_of_older_cases', now());
INSERT INTO public.django_migrations VALUES (73, 'intake', '0003_results_taken_back', now());
INSERT INTO public.django_migrations VALUES (74, 'tracing', '0007_circumstances_and_parameters', now());
INSERT INTO public.django_migrations VALUES (75, 'tracing', '0008_run_grows', now());
INSERT INTO public.django_migrations VALUES (76, 'tracing', '0009_doctrine_in_full', now());
INSERT INTO public.django_migrations VALUES (77, 'tracing', '0010_empty_texts_of_rules', now());
INSERT INTO public.django_migrations VALUES (78, 'tracing', '0011_one_place_for_follow_up', now());
INSERT INTO public.django_migrations VALUES (79, 'interviews', '0002_calls_taken_back', now());
INSERT INTO public.django_migrations VALUES (80, 'interviews', '0003_first_reached', now());
INSERT INTO public.django_migrations VALUES (81, 'invitations', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (82, 'invitations', '0002_renewals_by_two', now());
INSERT INTO public.django_migrations VALUES (83, 'made_known', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (84, 'roster', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (85, 'measures', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (86, 'mfa', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (87, 'mfa', '0002_authenticator_timestamps', now());
INSERT INTO public.django_migrations VALUES (88, 'mfa', '0003_authenticator_type_uniq', now());
INSERT INTO public.django_migrations VALUES (89, 'national', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (90, 'notices', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (91, 'oversight', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (92, 'oversight', '0002_reports_followed', now());
INSERT INTO public.django_migrations VALUES (93, 'oversight', '0003_photos_looked_through', now());
INSERT INTO public.django_migrations VALUES (94, 'owner_notices', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (95, 'owner_notices', '0002_restricted', now());
INSERT INTO public.django_migrations VALUES (96, 'participation', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (97, 'phones', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (98, 'phones', '0002_signed_out', now());
INSERT INTO public.django_migrations VALUES (99, 'privacy', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (100, 'privacy', '0002_one_function_for_rows_that_stay', now());
INSERT INTO public.django_migrations VALUES (101, 'procrastinate', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (102, 'procrastinate', '0002_drop_started_at_column', now());
INSERT INTO public.django_migrations VALUES (103, 'procrastinate', '0003_drop_started_at_column', now());
INSERT INTO public.django_migrations VALUES (104, 'procrastinate', '0004_drop_procrastinate_version_table', now());
INSERT INTO public.django_migrations VALUES (105, 'procrastinate', '0005_fix_procrastinate_fetch_job', now());
INSERT INTO public.django_migrations VALUES (106, 'procrastinate', '0006_fix_trigger_status_events_insert', now());
INSERT INTO public.django_migrations VALUES (107, 'procrastinate', '0007_add_queueing_lock_column', now());
INSERT INTO public.django_migrations VALUES (108, 'procrastinate', '0008_close_fetch_job_race_condition', now());
INSERT INTO public.django_migrations VALUES (109, 'procrastinate', '0009_add_defer_job_function', now());
INSERT INTO public.django_migrations VALUES (110, 'procrastinate', '0010_add_procrastinate_periodic_defers', now());
INSERT INTO public.django_migrations VALUES (111, 'procrastinate', '0011_add_foreign_key_index', now());
INSERT INTO public.django_migrations VALUES (112, 'procrastinate', '0012_add_locks_to_periodic_defer', now());
INSERT INTO public.django_migrations VALUES (113, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', now());
INSERT INTO public.django_migrations VALUES (114, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', now());
INSERT INTO public.django_migrations VALUES (115, 'procrastinate', '0015_add_trigger_on_job_deletion', now());
INSERT INTO public.django_migrations VALUES (116, 'procrastinate', '0016_delete_finished_jobs', now());
INSERT INTO public.django_migrations VALUES (117, 'procrastinate', '0017_add_checks_to_finish_job', now());
INSERT INTO public.django_migrations VALUES (118, 'procrastinate', '0018_add_checks_to_retry_job', now());
INSERT INTO public.django_migrations VALUES (119, 'procrastinate', '0019_fix_finish_job_compat_issue', now());
INSERT INTO public.django_migrations VALUES (120, 'procrastinate', '0020_add_index_on_procrastinate_jobs', now());
INSERT INTO public.django_migrations VALUES (121, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', now());
INSERT INTO public.django_migrations VALUES (122, 'procrastinate', '0022_null_locks_excluded', now());
INSERT INTO public.django_migrations VALUES (123, 'procrastinate', '0023_remove_old_finish_job_function', now());
INSERT INTO public.django_migrations VALUES (124, 'procrastinate', '0024_job_id_bigint', now());
INSERT INTO public.django_migrations VALUES (125, 'procrastinate', '0025_add_models', now());
INSERT INTO public.django_migrations VALUES (126, 'procrastinate', '0026_add_job_priority', now());
INSERT INTO public.django_migrations VALUES (127, 'procrastinate', '0027_add_periodic_job_priority', now());
INSERT INTO public.django_migrations VALUES (128, 'procrastinate', '0028_add_cancel_states', now());
INSERT INTO public.django_migrations VALUES (129, 'procrastinate', '0029_add_additional_params_to_retry_job', now());
INSERT INTO public.django_migrations VALUES (130, 'procrastinate', '0030_alter_procrastinateevent_options', now());
INSERT INTO public.django_migrations VALUES (131, 'procrastinate', '0031_add_indexes_for_fetch_job', now());
INSERT INTO public.django_migrations VALUES (132, 'procrastinate', '0032_pre_cancel_notification', now());
INSERT INTO public.django_migrations VALUES (133, 'procrastinate', '0033_post_cancel_notification', now());
INSERT INTO public.django_migrations VALUES (134, 'procrastinate', '0034_pre_add_heartbeat', now());
INSERT INTO public.django_migrations VALUES (135, 'procrastinate', '0035_post_add_heartbeat', now());
INSERT INTO public.django_migrations VALUES (136, 'procrastinate', '0036_add_worker_model', now());
INSERT INTO public.django_migrations VALUES (137, 'procrastinate', '0037_pre_batch_defer_jobs', now());
INSERT INTO public.django_migrations VALUES (138, 'procrastinate', '0038_post_batch_defer_jobs', now());
INSERT INTO public.django_migrations VALUES (139, 'procrastinate', '0039_pre_priority_lock_fetch_job', now());
INSERT INTO public.django_migrations VALUES (140, 'procrastinate', '0040_pre_retry_failed_job', now());
INSERT INTO public.django_migrations VALUES (141, 'procrastinate', '0041_post_retry_failed_job', now());
INSERT INTO public.django_migrations VALUES (142, 'signs', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (143, 'referrals', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (144, 'programs', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (145, 'restrictions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (146, 'roster', '0002_lists', now());
INSERT INTO public.django_migrations VALUES (147, 'sanctions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (148, 'sanctions', '0002_appeals_in_days_of_the_calendar', now());
INSERT INTO public.django_migrations VALUES (149, 'sessions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (150, 'socialaccount', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (151, 'socialaccount', '0002_token_max_lengths', now());
INSERT INTO public.django_migrations VALUES (152, 'socialaccount', '0003_extra_data_default_dict', now());
INSERT INTO public.django_migrations VALUES (153, 'socialaccount', '0004_app_provider_id_settings', now());
INSERT INTO public.django_migrations VALUES (154, 'socialaccount', '0005_socialtoken_nullable_app', now());
INSERT INTO public.django_migrations VALUES (155, 'socialaccount', '0006_alter_socialaccount_extra_data', now());
INSERT INTO public.django_migrations VALUES (156, 'usersessions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (157, 'venue_lists', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (158, 'visits', '0010_attempts_landed', now());
INSERT INTO public.django_migrations VALUES (159, 'watch', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (160, 'watch', '0002_first_rules', now());
INSERT INTO public.django_migrations VALUES (161, 'zones', '0001_initial', now());
INSERT INTO public.ledger_home (home) VALUES (public.ledger_here());
INSERT INTO public.watch_rule VALUES (1, 'bulk', '["card.opened", "case.places_seen", "case.timeline_seen", "contacts.exported", "disclosure.seen", "follow_up.seen", "order.holder_seen", "report.photo_seen", "roster.seen", "ticket.phone_seen", "zone.exported"]', 100, 60, NULL, NULL, true, 1);
INSERT INTO public.watch_rule VALUES (2, 'odd_hours', '["card.opened", "case.places_seen", "case.timeline_seen", "contacts.exported", "disclosure.seen", "follow_up.seen", "order.holder_seen", "report.photo_seen", "roster.seen", "ticket.phone_seen", "zone.exported"]', 10, 60, 22, 5, true, 1);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 161, true);
SELECT pg_catalog.setval('public.watch_rule_id_seq', 2, true);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accountability_explaineditem
    ADD CONSTRAINT accountability_explaineditem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accountability_explanation
    ADD CONSTRAINT accountability_explanation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accountability_reportlook
    ADD CONSTRAINT accountability_reportlook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accountability_weeklyreport
    ADD CONSTRAINT accountability_weeklyreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_aerosoltail
    ADD CONSTRAINT aerosol_tail_once_a_setting UNIQUE (rule_id, setting);
ALTER TABLE ONLY public.participation_agencyday
    ADD CONSTRAINT agency_day_once UNIQUE (agency_id, day);
ALTER TABLE ONLY public.interviews_callanswer
    ADD CONSTRAINT answer_once_a_step UNIQUE (interview_id, step_id);
ALTER TABLE ONLY public.follow_up_appealroute
    ADD CONSTRAINT appeal_route_once_a_day UNIQUE (code, valid_from);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT article_version_once UNIQUE (article_id, number);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_batch
    ADD CONSTRAINT batch_once UNIQUE (stream_id, number);
ALTER TABLE ONLY public.cache
    ADD CONSTRAINT cache_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.intake_casename
    ADD CONSTRAINT case_name_once_a_kind UNIQUE (case_id, kind);
ALTER TABLE ONLY public.check_in
    ADD CONSTRAINT check_in_pkey PRIMARY KEY (check_in_id);
ALTER TABLE ONLY public.check_in_default
    ADD CONSTRAINT check_in_default_pkey PRIMARY KEY (check_in_id);
ALTER TABLE ONLY public.check_out
    ADD CONSTRAINT check_out_pkey PRIMARY KEY (check_in_id, check_out_id);
ALTER TABLE ONLY public.check_out_default
    ADD CONSTRAINT check_out_default_pkey PRIMARY KEY (check_in_id, check_out_id);
ALTER TABLE ONLY public.compliance_countedday
    ADD CONSTRAINT compliance_countedday_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.compliance_unitday
    ADD CONSTRAINT compliance_unitday_pkey PRIMARY KEY (unit_id, day);
ALTER TABLE ONLY public.compliance_venueday
    ADD CONSTRAINT compliance_venueday_pkey PRIMARY KEY (venue_id, day);
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT contact_interview_once_a_case UNIQUE (case_id, person_id);
ALTER TABLE ONLY public.tracing_contact
    ADD CONSTRAINT contact_number_once_a_run UNIQUE (run_id, number);
ALTER TABLE ONLY public.tracing_contact
    ADD CONSTRAINT contact_once_a_run UNIQUE (run_id, person_id);
ALTER TABLE ONLY public.tracing_crowdnotice
    ADD CONSTRAINT crowd_notice_once_a_run UNIQUE (run_id, venue_id, "on");
ALTER TABLE ONLY public.programs_delivery
    ADD CONSTRAINT delivery_once UNIQUE (webhook_id, event_id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.tracing_doctrinerule
    ADD CONSTRAINT doctrine_once_a_day UNIQUE (disease_id, valid_from);
ALTER TABLE ONLY public.door_venue_change
    ADD CONSTRAINT door_venue_change_pkey PRIMARY KEY (venue_id);
ALTER TABLE ONLY public.accountability_explaineditem
    ADD CONSTRAINT explained_item_once UNIQUE (explanation_id, kind, number);
ALTER TABLE ONLY public.follow_up_appeal
    ADD CONSTRAINT follow_up_appeal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_appealroute
    ADD CONSTRAINT follow_up_appealroute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_escalation
    ADD CONSTRAINT follow_up_escalation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_link_reference_key UNIQUE (link_reference);
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_followuprule
    ADD CONSTRAINT follow_up_followuprule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_followuptest
    ADD CONSTRAINT follow_up_followuptest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_legalbasis
    ADD CONSTRAINT follow_up_legalbasis_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_linkmessage
    ADD CONSTRAINT follow_up_linkmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_missedday
    ADD CONSTRAINT follow_up_missedday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_order_bases
    ADD CONSTRAINT follow_up_order_bases_order_id_legalbasis_id_c871c3ba_uniq UNIQUE (order_id, legalbasis_id);
ALTER TABLE ONLY public.follow_up_order_bases
    ADD CONSTRAINT follow_up_order_bases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_orderalert
    ADD CONSTRAINT follow_up_orderalert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_retentionrule
    ADD CONSTRAINT follow_up_retentionrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_followuprule
    ADD CONSTRAINT follow_up_rule_once_a_day UNIQUE (disease_id, valid_from, applies_to);
ALTER TABLE ONLY public.follow_up_steplimit
    ADD CONSTRAINT follow_up_steplimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_symptomreport
    ADD CONSTRAINT follow_up_symptomreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.gate_odd_event
    ADD CONSTRAINT gate_odd_event_pkey PRIMARY KEY (person_id, venue_id, at, id);
ALTER TABLE ONLY public.gate_quarantine
    ADD CONSTRAINT gate_quarantine_pkey PRIMARY KEY (device_id, scan_id);
ALTER TABLE ONLY public.interviews_contactgrade
    ADD CONSTRAINT grade_once_a_disease UNIQUE NULLS NOT DISTINCT (disease_id, code);
ALTER TABLE ONLY public.hand_counts_handcount
    ADD CONSTRAINT hand_counts_handcount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_handoverrule
    ADD CONSTRAINT hand_over_rule_once_a_day UNIQUE (sign, valid_from);
ALTER TABLE ONLY public.helpdesk_helpclock
    ADD CONSTRAINT helpdesk_helpclock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.helpdesk_helpclock
    ADD CONSTRAINT helpdesk_helpclock_valid_from_key UNIQUE (valid_from);
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_code_key UNIQUE (code);
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.helpdesk_ticketevent
    ADD CONSTRAINT helpdesk_ticketevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_recordnumber
    ADD CONSTRAINT inspection_number_once_a_unit UNIQUE (unit_id, number);
ALTER TABLE ONLY public.inspections_stop
    ADD CONSTRAINT inspection_stop_once UNIQUE (round_id, venue_id);
ALTER TABLE ONLY public.inspections_draw
    ADD CONSTRAINT inspections_draw_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspection_client_id_key UNIQUE (client_id);
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_inspectionfinding
    ADD CONSTRAINT inspections_inspectionfinding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_inspectionpicture
    ADD CONSTRAINT inspections_inspectionpicture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_measure
    ADD CONSTRAINT inspections_measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_measureevent
    ADD CONSTRAINT inspections_measureevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_measurepicture
    ADD CONSTRAINT inspections_measurepicture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_recordnumber
    ADD CONSTRAINT inspections_recordnumber_inspection_id_key UNIQUE (inspection_id);
ALTER TABLE ONLY public.inspections_recordnumber
    ADD CONSTRAINT inspections_recordnumber_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_round
    ADD CONSTRAINT inspections_round_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_signature
    ADD CONSTRAINT inspections_signature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_stop
    ADD CONSTRAINT inspections_stop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_supplement
    ADD CONSTRAINT inspections_supplement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_teammember
    ADD CONSTRAINT inspections_teammember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inspections_withdrawal
    ADD CONSTRAINT inspections_withdrawal_finding_id_key UNIQUE (finding_id);
ALTER TABLE ONLY public.inspections_withdrawal
    ADD CONSTRAINT inspections_withdrawal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_caseimport
    ADD CONSTRAINT intake_caseimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_casename
    ADD CONSTRAINT intake_casename_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_labresult
    ADD CONSTRAINT intake_labresult_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_call
    ADD CONSTRAINT interviews_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_callanswer
    ADD CONSTRAINT interviews_callanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_contactgrade
    ADD CONSTRAINT interviews_contactgrade_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT interviews_contactinterview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT interviews_namedperson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_scriptstep
    ADD CONSTRAINT interviews_scriptstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interviews_toldstay
    ADD CONSTRAINT interviews_toldstay_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations_invitation
    ADD CONSTRAINT invitations_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations_invitation
    ADD CONSTRAINT invitations_invitation_stop_hash_key UNIQUE (stop_hash);
ALTER TABLE ONLY public.invitations_invitation
    ADD CONSTRAINT invitations_invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_cannedanswer
    ADD CONSTRAINT knowledge_cannedanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_cannedanswer
    ADD CONSTRAINT knowledge_cannedanswer_title_key UNIQUE (title);
ALTER TABLE ONLY public.ledger_home
    ADD CONSTRAINT ledger_home_pkey PRIMARY KEY (single);
ALTER TABLE ONLY public.follow_up_legalbasis
    ADD CONSTRAINT legal_basis_once_a_day UNIQUE (code, valid_from);
ALTER TABLE ONLY public.made_known_materialtemplate
    ADD CONSTRAINT made_known_materialtemplate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.made_known_optout
    ADD CONSTRAINT made_known_optout_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.made_known_ownermessage
    ADD CONSTRAINT made_known_ownermessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.made_known_sending
    ADD CONSTRAINT made_known_sending_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.made_known_materialtemplate
    ADD CONSTRAINT material_template_version_once UNIQUE (kind, audience, version);
ALTER TABLE ONLY public.measures_measuredmember
    ADD CONSTRAINT measured_member_once UNIQUE (measure_id, member_id);
ALTER TABLE ONLY public.measures_measure
    ADD CONSTRAINT measures_measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.measures_measure
    ADD CONSTRAINT measures_measure_withdraws_id_key UNIQUE (withdraws_id);
ALTER TABLE ONLY public.measures_measuredmember
    ADD CONSTRAINT measures_measuredmember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster_member
    ADD CONSTRAINT member_number_once UNIQUE (agency_id, employee_number);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_missedday
    ADD CONSTRAINT missed_day_once UNIQUE (follow_up_id, "on");
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT named_once_a_case UNIQUE (case_id, person_id);
ALTER TABLE ONLY public.national_batch
    ADD CONSTRAINT national_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_comparison
    ADD CONSTRAINT national_comparison_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_sentvenue
    ADD CONSTRAINT national_sentvenue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_setaside
    ADD CONSTRAINT national_setaside_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_standing
    ADD CONSTRAINT national_standing_pkey PRIMARY KEY (receiver);
ALTER TABLE ONLY public.national_stream
    ADD CONSTRAINT national_stream_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_unitday
    ADD CONSTRAINT national_unitday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.national_venuedigest
    ADD CONSTRAINT national_venuedigest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notice_version_once UNIQUE (notice_id, number);
ALTER TABLE ONLY public.notices_edition
    ADD CONSTRAINT notices_edition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT order_number_once_a_year UNIQUE (unit_id, signing_as, year, number);
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_code_key UNIQUE (code);
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_reportevent
    ADD CONSTRAINT oversight_reportevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_reportphoto
    ADD CONSTRAINT oversight_reportphoto_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_reportrule
    ADD CONSTRAINT oversight_reportrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_reportrule
    ADD CONSTRAINT oversight_reportrule_valid_from_key UNIQUE (valid_from);
ALTER TABLE ONLY public.made_known_ownermessage
    ADD CONSTRAINT owner_message_once_a_round UNIQUE (sending_id, person_id);
ALTER TABLE ONLY public.owner_notices_ownernotice
    ADD CONSTRAINT owner_notices_ownernotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_epidemiologicalparameters
    ADD CONSTRAINT parameters_once_a_day UNIQUE (disease_id, valid_from);
ALTER TABLE ONLY public.participation_agencyday
    ADD CONSTRAINT participation_agencyday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_cardchange
    ADD CONSTRAINT people_cardchange_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.people_consent
    ADD CONSTRAINT people_consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_replaced_by_id_key UNIQUE (replaced_by_id);
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_serial_key UNIQUE (serial);
ALTER TABLE ONLY public.people_credential
    ADD CONSTRAINT people_credential_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_credential
    ADD CONSTRAINT people_credential_subject_hash_key UNIQUE (subject_hash);
ALTER TABLE ONLY public.people_identity
    ADD CONSTRAINT people_identity_phone_hash_key UNIQUE (phone_hash);
ALTER TABLE ONLY public.people_identity
    ADD CONSTRAINT people_identity_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.people_person
    ADD CONSTRAINT people_person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_phonecode
    ADD CONSTRAINT people_phonecode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.phones_codesrefused
    ADD CONSTRAINT phones_codesrefused_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.phones_numberletgo
    ADD CONSTRAINT phones_numberletgo_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.phones_ownphone
    ADD CONSTRAINT phones_ownphone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_posterreading
    ADD CONSTRAINT poster_reading_once UNIQUE (venue_id, version, read_at, officer_id);
ALTER TABLE ONLY public.venues_poster
    ADD CONSTRAINT poster_version_once UNIQUE (venue_id, version);
ALTER TABLE ONLY public.zones_presence
    ADD CONSTRAINT presence_number_once UNIQUE (presence_list_id, number);
ALTER TABLE ONLY public.zones_presence
    ADD CONSTRAINT presence_once UNIQUE (presence_list_id, person_id);
ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_breachevent
    ADD CONSTRAINT privacy_breachevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_erasure
    ADD CONSTRAINT privacy_erasure_person_id_key UNIQUE (person_id);
ALTER TABLE ONLY public.privacy_erasure
    ADD CONSTRAINT privacy_erasure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personrequest_code_key UNIQUE (code);
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_purgecertificate
    ADD CONSTRAINT privacy_purgecertificate_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.privacy_purgecertificate
    ADD CONSTRAINT privacy_purgecertificate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_requestclock
    ADD CONSTRAINT privacy_requestclock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.privacy_requestevent
    ADD CONSTRAINT privacy_requestevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_attempt
    ADD CONSTRAINT programs_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_delivery
    ADD CONSTRAINT programs_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_event
    ADD CONSTRAINT programs_event_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.programs_event
    ADD CONSTRAINT programs_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_program
    ADD CONSTRAINT programs_program_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_registration
    ADD CONSTRAINT programs_registration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_token
    ADD CONSTRAINT programs_token_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.programs_token
    ADD CONSTRAINT programs_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_webhook
    ADD CONSTRAINT programs_webhook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_publicfigure
    ADD CONSTRAINT public_figure_once UNIQUE (unit_id, "on");
ALTER TABLE ONLY public.referrals_clockrule
    ADD CONSTRAINT referrals_clockrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_clockrule
    ADD CONSTRAINT referrals_clockrule_valid_from_key UNIQUE (valid_from);
ALTER TABLE ONLY public.referrals_handoverrule
    ADD CONSTRAINT referrals_handoverrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_referralevent
    ADD CONSTRAINT referrals_referralevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.referrals_referralpicture
    ADD CONSTRAINT referrals_referralpicture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programs_registration
    ADD CONSTRAINT registration_once UNIQUE (program_id, registration_id);
ALTER TABLE ONLY public.accountability_reportlook
    ADD CONSTRAINT report_look_once UNIQUE (report_id, officer_id);
ALTER TABLE ONLY public.privacy_requestclock
    ADD CONSTRAINT request_clock_once_a_day UNIQUE ("right", valid_from);
ALTER TABLE ONLY public.restrictions_restriction
    ADD CONSTRAINT restrictions_restriction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_retentionrule
    ADD CONSTRAINT retention_rule_once_a_day UNIQUE (purpose, valid_from);
ALTER TABLE ONLY public.zones_risklevel
    ADD CONSTRAINT risk_level_once UNIQUE (valid_from, rank);
ALTER TABLE ONLY public.roster_agency
    ADD CONSTRAINT roster_agency_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster_agency_venues
    ADD CONSTRAINT roster_agency_venues_agency_id_venue_id_ff6c44a0_uniq UNIQUE (agency_id, venue_id);
ALTER TABLE ONLY public.roster_agency_venues
    ADD CONSTRAINT roster_agency_venues_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster_leave
    ADD CONSTRAINT roster_leave_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster_member
    ADD CONSTRAINT roster_member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster_rosterlist
    ADD CONSTRAINT roster_rosterlist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster_shift
    ADD CONSTRAINT roster_shift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_legalbasis
    ADD CONSTRAINT sanction_basis_once_a_day UNIQUE (code, valid_from);
ALTER TABLE ONLY public.sanctions_sanctionground
    ADD CONSTRAINT sanction_ground_once UNIQUE (sanction_id, source);
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_sanction_id_key UNIQUE (sanction_id);
ALTER TABLE ONLY public.sanctions_appealclock
    ADD CONSTRAINT sanctions_appealclock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_appealclock
    ADD CONSTRAINT sanctions_appealclock_valid_from_key UNIQUE (valid_from);
ALTER TABLE ONLY public.sanctions_legalbasis
    ADD CONSTRAINT sanctions_legalbasis_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_sanctionbasis
    ADD CONSTRAINT sanctions_sanctionbasis_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_sanctionevent
    ADD CONSTRAINT sanctions_sanctionevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_sanctionground
    ADD CONSTRAINT sanctions_sanctionground_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_sanctionpicture
    ADD CONSTRAINT sanctions_sanctionpicture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sanctions_suspensionalert
    ADD CONSTRAINT sanctions_suspensionalert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scan_attempt
    ADD CONSTRAINT scan_attempt_pkey PRIMARY KEY (attempt_id);
ALTER TABLE ONLY public.scan_attempt_default
    ADD CONSTRAINT scan_attempt_default_pkey PRIMARY KEY (attempt_id);
ALTER TABLE ONLY public.interviews_scriptstep
    ADD CONSTRAINT script_step_once UNIQUE NULLS NOT DISTINCT (disease_id, code);
ALTER TABLE ONLY public.national_sentvenue
    ADD CONSTRAINT sent_venue_once UNIQUE (receiver, venue_id);
ALTER TABLE ONLY public.national_setaside
    ADD CONSTRAINT set_aside_once UNIQUE (receiver, kind, key);
ALTER TABLE ONLY public.signs_sign
    ADD CONSTRAINT sign_once_a_run UNIQUE (run_id, venue_id, sign);
ALTER TABLE ONLY public.signs_dismissal
    ADD CONSTRAINT signs_dismissal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.signs_screeningrun
    ADD CONSTRAINT signs_screeningrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.signs_sign
    ADD CONSTRAINT signs_sign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);
ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up_steplimit
    ADD CONSTRAINT step_limit_once_a_day UNIQUE (step, valid_from);
ALTER TABLE ONLY public.national_stream
    ADD CONSTRAINT stream_once UNIQUE (receiver, name);
ALTER TABLE ONLY public.units_successor
    ADD CONSTRAINT successor_once UNIQUE (earlier_id, later_id);
ALTER TABLE ONLY public.inspections_teammember
    ADD CONSTRAINT team_member_once UNIQUE (round_id, officer_id);
ALTER TABLE ONLY public.follow_up_followuptest
    ADD CONSTRAINT test_once_a_day UNIQUE (follow_up_id, due_on);
ALTER TABLE ONLY public.tracing_aerosoltail
    ADD CONSTRAINT tracing_aerosoltail_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_code_key UNIQUE (code);
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_contact
    ADD CONSTRAINT tracing_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_crowdnotice
    ADD CONSTRAINT tracing_crowdnotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_disclosure
    ADD CONSTRAINT tracing_disclosure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_disease
    ADD CONSTRAINT tracing_disease_code_key UNIQUE (code);
ALTER TABLE ONLY public.tracing_disease
    ADD CONSTRAINT tracing_disease_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_doctrinerule
    ADD CONSTRAINT tracing_doctrinerule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_epidemiologicalparameters
    ADD CONSTRAINT tracing_epidemiologicalparameters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tracing_tracerun
    ADD CONSTRAINT tracing_tracerun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_unit
    ADD CONSTRAINT unit_code_once_a_period UNIQUE (code, valid_from);
ALTER TABLE ONLY public.national_unitday
    ADD CONSTRAINT unit_day_once UNIQUE NULLS NOT DISTINCT (receiver, kind, day, unit_code);
ALTER TABLE ONLY public.units_appointment
    ADD CONSTRAINT units_appointment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_auditentry
    ADD CONSTRAINT units_auditentry_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.units_auditentry
    ADD CONSTRAINT units_auditentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_calendarday
    ADD CONSTRAINT units_calendarday_day_key UNIQUE (day);
ALTER TABLE ONLY public.units_calendarday
    ADD CONSTRAINT units_calendarday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_officer_groups
    ADD CONSTRAINT units_officer_groups_officer_id_group_id_7d48a11b_uniq UNIQUE (officer_id, group_id);
ALTER TABLE ONLY public.units_officer_groups
    ADD CONSTRAINT units_officer_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_officer
    ADD CONSTRAINT units_officer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_officer_user_permissions
    ADD CONSTRAINT units_officer_user_permi_officer_id_permission_id_d2434196_uniq UNIQUE (officer_id, permission_id);
ALTER TABLE ONLY public.units_officer_user_permissions
    ADD CONSTRAINT units_officer_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_officer
    ADD CONSTRAINT units_officer_username_key UNIQUE (username);
ALTER TABLE ONLY public.units_proposal
    ADD CONSTRAINT units_proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_stint
    ADD CONSTRAINT units_stint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_successor
    ADD CONSTRAINT units_successor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_unit
    ADD CONSTRAINT units_unit_path_key UNIQUE (path);
ALTER TABLE ONLY public.units_unit
    ADD CONSTRAINT units_unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
ALTER TABLE ONLY public.national_venuedigest
    ADD CONSTRAINT venue_digest_once UNIQUE (receiver, kind, day, venue_id);
ALTER TABLE ONLY public.venue_lists_venuelist
    ADD CONSTRAINT venue_lists_venuelist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venue_lists_venuerow
    ADD CONSTRAINT venue_lists_venuerow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venue_lists_venuerow
    ADD CONSTRAINT venue_row_position_once UNIQUE (venue_list_id, "position");
ALTER TABLE ONLY public.venues_category
    ADD CONSTRAINT venues_category_code_key UNIQUE (code);
ALTER TABLE ONLY public.venues_category
    ADD CONSTRAINT venues_category_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_gatedevice
    ADD CONSTRAINT venues_gatedevice_next_token_hash_key UNIQUE (next_token_hash);
ALTER TABLE ONLY public.venues_gatedevice
    ADD CONSTRAINT venues_gatedevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_gatedevice
    ADD CONSTRAINT venues_gatedevice_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.venues_gateinvitation
    ADD CONSTRAINT venues_gateinvitation_code_hash_key UNIQUE (code_hash);
ALTER TABLE ONLY public.venues_gateinvitation
    ADD CONSTRAINT venues_gateinvitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_modeorder_categories
    ADD CONSTRAINT venues_modeorder_categor_modeorder_id_category_id_b88f0d41_uniq UNIQUE (modeorder_id, category_id);
ALTER TABLE ONLY public.venues_modeorder_categories
    ADD CONSTRAINT venues_modeorder_categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_modeorder
    ADD CONSTRAINT venues_modeorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_poster
    ADD CONSTRAINT venues_poster_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_poster
    ADD CONSTRAINT venues_poster_short_code_key UNIQUE (short_code);
ALTER TABLE ONLY public.venues_posterreading
    ADD CONSTRAINT venues_posterreading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_venue
    ADD CONSTRAINT venues_venue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_venuehold
    ADD CONSTRAINT venues_venuehold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.venues_venuepicture
    ADD CONSTRAINT venues_venuepicture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.visits_segment
    ADD CONSTRAINT visits_segment_pkey PRIMARY KEY (seal);
ALTER TABLE ONLY public.watch_alarm
    ADD CONSTRAINT watch_alarm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.watch_rule
    ADD CONSTRAINT watch_rule_kind_key UNIQUE (kind);
ALTER TABLE ONLY public.watch_rule
    ADD CONSTRAINT watch_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accountability_weeklyreport
    ADD CONSTRAINT weekly_report_once UNIQUE (unit_id, first_on);
ALTER TABLE ONLY public.zones_zoneorder
    ADD CONSTRAINT zone_order_number_once UNIQUE (zone_id, number);
ALTER TABLE ONLY public.zones_presence
    ADD CONSTRAINT zones_presence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_presencedisclosure
    ADD CONSTRAINT zones_presencedisclosure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_presencelist
    ADD CONSTRAINT zones_presencelist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_publicfigure
    ADD CONSTRAINT zones_publicfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_publishedday
    ADD CONSTRAINT zones_publishedday_pkey PRIMARY KEY ("on");
ALTER TABLE ONLY public.zones_risklevel
    ADD CONSTRAINT zones_risklevel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_zone
    ADD CONSTRAINT zones_zone_code_key UNIQUE (code);
ALTER TABLE ONLY public.zones_zone
    ADD CONSTRAINT zones_zone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_zoneorder_cases
    ADD CONSTRAINT zones_zoneorder_cases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_zoneorder_cases
    ADD CONSTRAINT zones_zoneorder_cases_zoneorder_id_case_id_a9bbf0f4_uniq UNIQUE (zoneorder_id, case_id);
ALTER TABLE ONLY public.zones_zoneorder_categories
    ADD CONSTRAINT zones_zoneorder_categori_zoneorder_id_category_id_b0ad56fb_uniq UNIQUE (zoneorder_id, category_id);
ALTER TABLE ONLY public.zones_zoneorder_categories
    ADD CONSTRAINT zones_zoneorder_categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_zoneorder_communes
    ADD CONSTRAINT zones_zoneorder_communes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.zones_zoneorder_communes
    ADD CONSTRAINT zones_zoneorder_communes_zoneorder_id_unit_id_c7d63d38_uniq UNIQUE (zoneorder_id, unit_id);
ALTER TABLE ONLY public.zones_zoneorder
    ADD CONSTRAINT zones_zoneorder_pkey PRIMARY KEY (id);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accountability_explaineditem_explanation_id_3b819c50 ON public.accountability_explaineditem USING btree (explanation_id);
CREATE INDEX accountability_explanation_head_id_68239019 ON public.accountability_explanation USING btree (head_id);
CREATE INDEX accountability_explanation_unit_id_60652a75 ON public.accountability_explanation USING btree (unit_id);
CREATE INDEX accountability_reportlook_officer_id_fcd0a7dc ON public.accountability_reportlook USING btree (officer_id);
CREATE INDEX accountability_reportlook_report_id_401032e2 ON public.accountability_reportlook USING btree (report_id);
CREATE INDEX accountability_weeklyreport_unit_id_8ef8ae97 ON public.accountability_weeklyreport USING btree (unit_id);
CREATE INDEX agency_day_by_day ON public.participation_agencyday USING btree (day);
CREATE UNIQUE INDEX agency_name_once_a_unit ON public.roster_agency USING btree (unit_id, search_key) WHERE (closed_at IS NULL);
CREATE INDEX alarm_of_officer ON public.watch_alarm USING btree (rule_id, officer_id, last_at);
CREATE UNIQUE INDEX appointment_once ON public.units_appointment USING btree (officer_id, role, unit_id) WHERE (until IS NULL);
CREATE INDEX audit_by_subject ON public.units_auditentry USING btree (subject, id);
CREATE INDEX audit_by_time ON public.units_auditentry USING btree (at);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX batch_by_time ON public.national_batch USING btree (acknowledged_at);
CREATE INDEX batch_on_its_way ON public.national_batch USING btree (stream_id) WHERE (acknowledged_at IS NULL);
CREATE UNIQUE INDEX breach_alarm_once ON public.privacy_breachevent USING btree (breach_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE INDEX cache_expires ON public.cache USING btree (expires);
CREATE INDEX card_by_unit ON public.people_controlcard USING btree (unit_id, issued_at DESC);
CREATE INDEX case_by_name ON public.intake_casename USING btree (hash);
CREATE INDEX case_by_unit ON public.tracing_case USING btree (unit_id, registered_at DESC);
CREATE INDEX check_in_entered ON ONLY public.check_in USING brin (entered_at timestamptz_minmax_multi_ops);
CREATE INDEX check_in_default_entered_at_idx ON public.check_in_default USING brin (entered_at timestamptz_minmax_multi_ops);
CREATE INDEX check_in_landed ON ONLY public.check_in USING brin (landed) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX check_in_default_landed_idx ON public.check_in_default USING brin (landed) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX check_in_person ON ONLY public.check_in USING btree (person_id, entered_at);
CREATE INDEX check_in_default_person_id_entered_at_idx ON public.check_in_default USING btree (person_id, entered_at);
CREATE INDEX check_in_venue ON ONLY public.check_in USING btree (venue_id, entered_at);
CREATE INDEX check_in_default_venue_id_entered_at_idx ON public.check_in_default USING btree (venue_id, entered_at);
CREATE INDEX check_in_remote ON ONLY public.check_in USING btree (venue_id, entered_at) WHERE ((labels & 4096) <> 0);
CREATE INDEX check_in_default_venue_id_entered_at_idx1 ON public.check_in_default USING btree (venue_id, entered_at) WHERE ((labels & 4096) <> 0);
CREATE INDEX check_out_device ON ONLY public.check_out USING btree (device_id, left_at) WHERE (device_id IS NOT NULL);
CREATE INDEX check_out_default_device_id_left_at_idx ON public.check_out_default USING btree (device_id, left_at) WHERE (device_id IS NOT NULL);
CREATE INDEX check_out_landed ON ONLY public.check_out USING brin (landed) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX check_out_default_landed_idx ON public.check_out_default USING brin (landed) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX contact_interview_by_officer ON public.interviews_contactinterview USING btree (assigned_to_id, next_call_at);
CREATE INDEX contact_interview_due ON public.interviews_contactinterview USING btree (next_call_at) WHERE (next_call_at IS NOT NULL);
CREATE INDEX contact_interview_reached ON public.interviews_contactinterview USING btree (case_id, reached_at) WHERE (reached_at IS NOT NULL);
CREATE INDEX delivery_by_webhook ON public.programs_delivery USING btree (webhook_id, id DESC);
CREATE INDEX delivery_due ON public.programs_delivery USING btree (due_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX dismissal_by_venue ON public.signs_dismissal USING btree (venue_id, sign, until);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX door_venue_change_in ON public.door_venue_change USING btree (changed_in);
CREATE UNIQUE INDEX escalation_open_once ON public.follow_up_escalation USING btree (follow_up_id, level) WHERE (settled_at IS NULL);
CREATE INDEX event_to_spread ON public.programs_event USING btree (id) WHERE (spread_at IS NULL);
CREATE INDEX explained_item_by_number ON public.accountability_explaineditem USING btree (kind, number);
CREATE INDEX explanation_by_unit ON public.accountability_explanation USING btree (unit_id, signed_at DESC);
CREATE INDEX follow_up_appeal_answered_by_id_97295ae6 ON public.follow_up_appeal USING btree (answered_by_id);
CREATE INDEX follow_up_appeal_order_id_3f45da88 ON public.follow_up_appeal USING btree (order_id);
CREATE INDEX follow_up_appeal_recorded_by_id_db51357b ON public.follow_up_appeal USING btree (recorded_by_id);
CREATE INDEX follow_up_appealroute_code_d98631b2 ON public.follow_up_appealroute USING btree (code);
CREATE INDEX follow_up_appealroute_code_d98631b2_like ON public.follow_up_appealroute USING btree (code varchar_pattern_ops);
CREATE INDEX follow_up_by_case ON public.follow_up_followup USING btree (case_id, status);
CREATE INDEX follow_up_escalation_follow_up_id_70f9459a ON public.follow_up_escalation USING btree (follow_up_id);
CREATE INDEX follow_up_escalation_settled_by_id_4e64a5dd ON public.follow_up_escalation USING btree (settled_by_id);
CREATE INDEX follow_up_followup_began_by_id_9fc818d0 ON public.follow_up_followup USING btree (began_by_id);
CREATE INDEX follow_up_followup_case_id_6b5dad19 ON public.follow_up_followup USING btree (case_id);
CREATE INDEX follow_up_followup_contact_id_a2a363ae ON public.follow_up_followup USING btree (contact_id);
CREATE INDEX follow_up_followup_ended_by_id_ca78b3ce ON public.follow_up_followup USING btree (ended_by_id);
CREATE INDEX follow_up_followup_rule_id_ff7c4887 ON public.follow_up_followup USING btree (rule_id);
CREATE INDEX follow_up_followup_team_id_f872456f ON public.follow_up_followup USING btree (team_id);
CREATE INDEX follow_up_followuprule_disease_id_306dcf4d ON public.follow_up_followuprule USING btree (disease_id);
CREATE INDEX follow_up_followuptest_follow_up_id_8ef27347 ON public.follow_up_followuptest USING btree (follow_up_id);
CREATE INDEX follow_up_followuptest_resulted_by_id_4fb25541 ON public.follow_up_followuptest USING btree (resulted_by_id);
CREATE INDEX follow_up_followuptest_sampled_by_id_51a4a803 ON public.follow_up_followuptest USING btree (sampled_by_id);
CREATE INDEX follow_up_legalbasis_code_1add7904 ON public.follow_up_legalbasis USING btree (code);
CREATE INDEX follow_up_legalbasis_code_1add7904_like ON public.follow_up_legalbasis USING btree (code varchar_pattern_ops);
CREATE INDEX follow_up_linkmessage_follow_up_id_7d12b149 ON public.follow_up_linkmessage USING btree (follow_up_id);
CREATE INDEX follow_up_missedday_follow_up_id_ee1f3968 ON public.follow_up_missedday USING btree (follow_up_id);
CREATE INDEX follow_up_order_appeal_route_id_7cfa3476 ON public.follow_up_order USING btree (appeal_route_id);
CREATE INDEX follow_up_order_bases_legalbasis_id_941b850d ON public.follow_up_order_bases USING btree (legalbasis_id);
CREATE INDEX follow_up_order_bases_order_id_fcb804ed ON public.follow_up_order_bases USING btree (order_id);
CREATE INDEX follow_up_order_contact_id_ad926063 ON public.follow_up_order USING btree (contact_id);
CREATE INDEX follow_up_order_delivered_by_id_30a09e1a ON public.follow_up_order USING btree (delivered_by_id);
CREATE INDEX follow_up_order_drafted_by_id_de808f09 ON public.follow_up_order USING btree (drafted_by_id);
CREATE INDEX follow_up_order_exposure_venue_id_91df8d41 ON public.follow_up_order USING btree (exposure_venue_id);
CREATE INDEX follow_up_order_follow_up_id_a050ac3f ON public.follow_up_order USING btree (follow_up_id);
CREATE INDEX follow_up_order_releases_id_74180615 ON public.follow_up_order USING btree (releases_id);
CREATE INDEX follow_up_order_revoked_by_id_8a9b81b3 ON public.follow_up_order USING btree (revoked_by_id);
CREATE INDEX follow_up_order_signed_by_id_368b82a0 ON public.follow_up_order USING btree (signed_by_id);
CREATE INDEX follow_up_order_unit_id_0a512609 ON public.follow_up_order USING btree (unit_id);
CREATE INDEX follow_up_orderalert_seen_by_id_296cb907 ON public.follow_up_orderalert USING btree (seen_by_id);
CREATE INDEX follow_up_orderalert_unit_id_e41a5e58 ON public.follow_up_orderalert USING btree (unit_id);
CREATE INDEX follow_up_symptomreport_follow_up_id_0c513234 ON public.follow_up_symptomreport USING btree (follow_up_id);
CREATE INDEX follow_up_symptomreport_officer_id_19f95957 ON public.follow_up_symptomreport USING btree (officer_id);
CREATE INDEX follow_up_unchecked ON public.follow_up_followup USING btree (checked_until) WHERE ((status)::text = 'active'::text);
CREATE UNIQUE INDEX followed_once_a_case ON public.follow_up_followup USING btree (case_id, person_id) WHERE ((status)::text = 'active'::text);
CREATE INDEX gate_quarantine_undoes ON public.gate_quarantine USING btree (undoes) WHERE ((reason = 4) AND (decided_at IS NULL));
CREATE INDEX hand_count_by_venue ON public.hand_counts_handcount USING btree (venue_id, started_at DESC);
CREATE INDEX hand_counts_handcount_officer_id_a23914a8 ON public.hand_counts_handcount USING btree (officer_id);
CREATE INDEX hand_counts_handcount_venue_id_2178188d ON public.hand_counts_handcount USING btree (venue_id);
CREATE INDEX helpdesk_ticket_agent_id_a75e76db ON public.helpdesk_ticket USING btree (agent_id);
CREATE INDEX helpdesk_ticket_answered_by_id_b90055c1 ON public.helpdesk_ticket USING btree (answered_by_id);
CREATE INDEX helpdesk_ticket_article_id_373d20e6 ON public.helpdesk_ticket USING btree (article_id);
CREATE INDEX helpdesk_ticket_clock_id_1065fe80 ON public.helpdesk_ticket USING btree (clock_id);
CREATE INDEX helpdesk_ticket_code_a858c328_like ON public.helpdesk_ticket USING btree (code varchar_pattern_ops);
CREATE INDEX helpdesk_ticket_device_id_0bf96799 ON public.helpdesk_ticket USING btree (device_id);
CREATE INDEX helpdesk_ticket_opened_by_id_6a4316b0 ON public.helpdesk_ticket USING btree (opened_by_id);
CREATE INDEX helpdesk_ticket_unit_id_bd4ef83e ON public.helpdesk_ticket USING btree (unit_id);
CREATE INDEX helpdesk_ticket_venue_id_ce5926da ON public.helpdesk_ticket USING btree (venue_id);
CREATE INDEX helpdesk_ticketevent_officer_id_c0b3c6f8 ON public.helpdesk_ticketevent USING btree (officer_id);
CREATE INDEX helpdesk_ticketevent_ticket_id_362a4485 ON public.helpdesk_ticketevent USING btree (ticket_id);
CREATE INDEX helpdesk_ticketevent_to_id_ece19f75 ON public.helpdesk_ticketevent USING btree (to_id);
CREATE INDEX identity_by_birth ON public.people_identity USING btree (name_year_hash) WHERE (name_year_hash IS NOT NULL);
CREATE INDEX identity_by_contact ON public.people_identity USING btree (contact_hash) WHERE (contact_hash IS NOT NULL);
CREATE INDEX identity_by_name ON public.people_identity USING btree (name_hash) WHERE (name_hash IS NOT NULL);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX inspection_by_unit ON public.inspections_inspection USING btree (unit_id, began_at DESC);
CREATE INDEX inspection_by_venue ON public.inspections_inspection USING btree (venue_id, began_at DESC);
CREATE INDEX inspection_finding_by_kind ON public.inspections_inspectionfinding USING btree (finding);
CREATE INDEX inspection_round_by_unit ON public.inspections_round USING btree (unit_id, state, first_on DESC);
CREATE INDEX inspection_stop_by_venue ON public.inspections_stop USING btree (venue_id);
CREATE UNIQUE INDEX inspection_stop_done_once ON public.inspections_inspection USING btree (stop_id) WHERE (stop_id IS NOT NULL);
CREATE INDEX inspections_draw_drawn_by_id_35fadeae ON public.inspections_draw USING btree (drawn_by_id);
CREATE INDEX inspections_draw_round_id_12c1f862 ON public.inspections_draw USING btree (round_id);
CREATE INDEX inspections_inspection_follows_id_5c684096 ON public.inspections_inspection USING btree (follows_id);
CREATE INDEX inspections_inspection_inspector_id_aaec4b84 ON public.inspections_inspection USING btree (inspector_id);
CREATE INDEX inspections_inspection_poster_reading_id_54f067f2 ON public.inspections_inspection USING btree (poster_reading_id);
CREATE INDEX inspections_inspection_stop_id_abff04fb ON public.inspections_inspection USING btree (stop_id);
CREATE INDEX inspections_inspection_unit_id_198b8916 ON public.inspections_inspection USING btree (unit_id);
CREATE INDEX inspections_inspection_venue_id_9aadf5ab ON public.inspections_inspection USING btree (venue_id);
CREATE INDEX inspections_inspectionfinding_inspection_id_ee5db01c ON public.inspections_inspectionfinding USING btree (inspection_id);
CREATE INDEX inspections_inspectionfinding_supplement_id_67193151 ON public.inspections_inspectionfinding USING btree (supplement_id);
CREATE INDEX inspections_inspectionpicture_finding_id_1e407b79 ON public.inspections_inspectionpicture USING btree (finding_id);
CREATE INDEX inspections_inspectionpicture_inspection_id_6ede28d2 ON public.inspections_inspectionpicture USING btree (inspection_id);
CREATE INDEX inspections_measure_finding_id_e28c844c ON public.inspections_measure USING btree (finding_id);
CREATE INDEX inspections_measure_inspection_id_e26683b9 ON public.inspections_measure USING btree (inspection_id);
CREATE INDEX inspections_measureevent_measure_id_e125140c ON public.inspections_measureevent USING btree (measure_id);
CREATE INDEX inspections_measureevent_officer_id_307841a7 ON public.inspections_measureevent USING btree (officer_id);
CREATE INDEX inspections_measurepicture_event_id_83233e44 ON public.inspections_measurepicture USING btree (event_id);
CREATE INDEX inspections_recordnumber_given_by_id_8d8275ff ON public.inspections_recordnumber USING btree (given_by_id);
CREATE INDEX inspections_recordnumber_unit_id_abec625c ON public.inspections_recordnumber USING btree (unit_id);
CREATE INDEX inspections_round_opened_by_id_f1881d5d ON public.inspections_round USING btree (opened_by_id);
CREATE INDEX inspections_round_unit_id_1734c26c ON public.inspections_round USING btree (unit_id);
CREATE INDEX inspections_signature_inspection_id_2eedb254 ON public.inspections_signature USING btree (inspection_id);
CREATE INDEX inspections_stop_round_id_fcdfb9be ON public.inspections_stop USING btree (round_id);
CREATE INDEX inspections_stop_venue_id_574b5aeb ON public.inspections_stop USING btree (venue_id);
CREATE INDEX inspections_supplement_inspection_id_88f18747 ON public.inspections_supplement USING btree (inspection_id);
CREATE INDEX inspections_supplement_written_by_id_bb3c5e78 ON public.inspections_supplement USING btree (written_by_id);
CREATE INDEX inspections_teammember_officer_id_45f98078 ON public.inspections_teammember USING btree (officer_id);
CREATE INDEX inspections_teammember_round_id_dbd70af5 ON public.inspections_teammember USING btree (round_id);
CREATE INDEX inspections_withdrawal_supplement_id_5df29ec7 ON public.inspections_withdrawal USING btree (supplement_id);
CREATE INDEX intake_caseimport_officer_id_b613d004 ON public.intake_caseimport USING btree (officer_id);
CREATE INDEX intake_caseimport_unit_id_d99358e0 ON public.intake_caseimport USING btree (unit_id);
CREATE INDEX intake_casename_case_id_49a2b7e4 ON public.intake_casename USING btree (case_id);
CREATE INDEX intake_labresult_case_id_f146c243 ON public.intake_labresult USING btree (case_id);
CREATE INDEX intake_labresult_recorded_by_id_e144f407 ON public.intake_labresult USING btree (recorded_by_id);
CREATE INDEX intake_labresult_taken_back_by_id_4d4588bc ON public.intake_labresult USING btree (taken_back_by_id);
CREATE INDEX interviews_call_interview_id_08038a9d ON public.interviews_call USING btree (interview_id);
CREATE INDEX interviews_call_officer_id_b634ca9a ON public.interviews_call USING btree (officer_id);
CREATE INDEX interviews_callanswer_interview_id_d897e3d4 ON public.interviews_callanswer USING btree (interview_id);
CREATE INDEX interviews_callanswer_officer_id_d03bb2b8 ON public.interviews_callanswer USING btree (officer_id);
CREATE INDEX interviews_callanswer_step_id_0319ebfc ON public.interviews_callanswer USING btree (step_id);
CREATE INDEX interviews_contactgrade_code_a2dce2fa ON public.interviews_contactgrade USING btree (code);
CREATE INDEX interviews_contactgrade_code_a2dce2fa_like ON public.interviews_contactgrade USING btree (code varchar_pattern_ops);
CREATE INDEX interviews_contactgrade_disease_id_ab30a8cf ON public.interviews_contactgrade USING btree (disease_id);
CREATE INDEX interviews_contactinterview_assigned_to_id_fa6c3700 ON public.interviews_contactinterview USING btree (assigned_to_id);
CREATE INDEX interviews_contactinterview_case_id_aaf21096 ON public.interviews_contactinterview USING btree (case_id);
CREATE INDEX interviews_contactinterview_grade_id_d66e3376 ON public.interviews_contactinterview USING btree (grade_id);
CREATE INDEX interviews_contactinterview_residence_id_ef341fbd ON public.interviews_contactinterview USING btree (residence_id);
CREATE INDEX interviews_contactinterview_team_id_2004500d ON public.interviews_contactinterview USING btree (team_id);
CREATE INDEX interviews_namedperson_case_id_300b0d30 ON public.interviews_namedperson USING btree (case_id);
CREATE INDEX interviews_namedperson_commune_id_7cd68bf0 ON public.interviews_namedperson USING btree (commune_id);
CREATE INDEX interviews_namedperson_person_id_65c22bb9 ON public.interviews_namedperson USING btree (person_id);
CREATE INDEX interviews_namedperson_told_by_id_b84e47a7 ON public.interviews_namedperson USING btree (told_by_id);
CREATE INDEX interviews_namedperson_venue_id_a4d05cd8 ON public.interviews_namedperson USING btree (venue_id);
CREATE INDEX interviews_scriptstep_code_cde1d7c0 ON public.interviews_scriptstep USING btree (code);
CREATE INDEX interviews_scriptstep_code_cde1d7c0_like ON public.interviews_scriptstep USING btree (code varchar_pattern_ops);
CREATE INDEX interviews_scriptstep_disease_id_098132f7 ON public.interviews_scriptstep USING btree (disease_id);
CREATE INDEX interviews_toldstay_case_id_139e63a6 ON public.interviews_toldstay USING btree (case_id);
CREATE INDEX interviews_toldstay_told_by_id_2756280b ON public.interviews_toldstay USING btree (told_by_id);
CREATE INDEX interviews_toldstay_venue_id_82acb0ac ON public.interviews_toldstay USING btree (venue_id);
CREATE INDEX invitations_invitation_confirmed_by_id_c3f3a232 ON public.invitations_invitation USING btree (confirmed_by_id);
CREATE INDEX invitations_invitation_made_by_id_2068bf52 ON public.invitations_invitation USING btree (made_by_id);
CREATE INDEX invitations_invitation_officer_id_a2a74b74 ON public.invitations_invitation USING btree (officer_id);
CREATE INDEX invitations_invitation_phone_hash_f5bf99f8 ON public.invitations_invitation USING btree (phone_hash);
CREATE INDEX knowledge_article_current_id_c9aa81db ON public.knowledge_article USING btree (current_id);
CREATE INDEX knowledge_article_slug_6d5129a0_like ON public.knowledge_article USING btree (slug varchar_pattern_ops);
CREATE INDEX knowledge_articleversion_article_id_cba279b4 ON public.knowledge_articleversion USING btree (article_id);
CREATE INDEX knowledge_articleversion_published_by_id_95615957 ON public.knowledge_articleversion USING btree (published_by_id);
CREATE INDEX knowledge_articleversion_written_by_id_4979f6c5 ON public.knowledge_articleversion USING btree (written_by_id);
CREATE INDEX knowledge_cannedanswer_changed_by_id_e51c9360 ON public.knowledge_cannedanswer USING btree (changed_by_id);
CREATE INDEX knowledge_cannedanswer_title_dd8c2ea4_like ON public.knowledge_cannedanswer USING btree (title varchar_pattern_ops);
CREATE INDEX link_message_by_phone ON public.follow_up_linkmessage USING btree (phone_hash, sent_at);
CREATE INDEX link_message_by_time ON public.follow_up_linkmessage USING btree (sent_at);
CREATE INDEX made_known_ownermessage_person_id_28b86204 ON public.made_known_ownermessage USING btree (person_id);
CREATE INDEX made_known_ownermessage_sending_id_d701f18c ON public.made_known_ownermessage USING btree (sending_id);
CREATE INDEX made_known_sending_called_off_by_id_a1534d95 ON public.made_known_sending USING btree (called_off_by_id);
CREATE INDEX made_known_sending_confirmed_by_id_6a131ee1 ON public.made_known_sending USING btree (confirmed_by_id);
CREATE INDEX made_known_sending_prepared_by_id_33b0f853 ON public.made_known_sending USING btree (prepared_by_id);
CREATE INDEX made_known_sending_template_id_f13e22e4 ON public.made_known_sending USING btree (template_id);
CREATE INDEX made_known_sending_unit_id_54580758 ON public.made_known_sending USING btree (unit_id);
CREATE INDEX measure_by_agency ON public.measures_measure USING btree (agency_id, taken_on DESC);
CREATE UNIQUE INDEX measure_clock_strikes_once ON public.inspections_measureevent USING btree (measure_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE INDEX measure_running ON public.inspections_measure USING btree (due_at) WHERE ((state)::text = 'open'::text);
CREATE INDEX measured_member_until ON public.measures_measuredmember USING btree (kept_until);
CREATE INDEX measures_measure_agency_id_1f6f2d87 ON public.measures_measure USING btree (agency_id);
CREATE INDEX measures_measure_recorded_by_id_397e5966 ON public.measures_measure USING btree (recorded_by_id);
CREATE INDEX measures_measuredmember_measure_id_787f17d0 ON public.measures_measuredmember USING btree (measure_id);
CREATE INDEX member_by_phone ON public.roster_member USING btree (phone_hash) WHERE (phone_hash IS NOT NULL);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX national_batch_stream_id_ae506b1f ON public.national_batch USING btree (stream_id);
CREATE INDEX national_standing_paused_by_id_4642dae3 ON public.national_standing USING btree (paused_by_id);
CREATE INDEX national_standing_receiver_499b543f_like ON public.national_standing USING btree (receiver varchar_pattern_ops);
CREATE INDEX notice_by_case ON public.notices_notice USING btree (case_id, created_at DESC);
CREATE INDEX notice_by_status ON public.notices_notice USING btree (status, expires_at);
CREATE UNIQUE INDEX notice_one_version_in_the_making ON public.notices_noticeversion USING btree (notice_id) WHERE ((status)::text = ANY ((ARRAY['draft'::character varying, 'waiting'::character varying])::text[]));
CREATE UNIQUE INDEX notice_one_version_published ON public.notices_noticeversion USING btree (notice_id) WHERE ((status)::text = 'published'::text);
CREATE INDEX notice_version_by_venue ON public.notices_noticeversion USING btree (venue_id, starts_at);
CREATE INDEX notices_notice_case_id_b8c1507c ON public.notices_notice USING btree (case_id);
CREATE INDEX notices_notice_created_by_id_f13e4d0a ON public.notices_notice USING btree (created_by_id);
CREATE INDEX notices_notice_public_id_237741b9_like ON public.notices_notice USING btree (public_id varchar_pattern_ops);
CREATE INDEX notices_notice_run_id_84510ece ON public.notices_notice USING btree (run_id);
CREATE INDEX notices_notice_withdrawn_by_id_baa4046a ON public.notices_notice USING btree (withdrawn_by_id);
CREATE INDEX notices_noticeversion_commune_id_b757257c ON public.notices_noticeversion USING btree (commune_id);
CREATE INDEX notices_noticeversion_decided_by_id_22cc2118 ON public.notices_noticeversion USING btree (decided_by_id);
CREATE INDEX notices_noticeversion_drafted_by_id_d0b4222f ON public.notices_noticeversion USING btree (drafted_by_id);
CREATE INDEX notices_noticeversion_notice_id_cb967581 ON public.notices_noticeversion USING btree (notice_id);
CREATE INDEX notices_noticeversion_submitted_by_id_7f1240ea ON public.notices_noticeversion USING btree (submitted_by_id);
CREATE INDEX notices_noticeversion_venue_id_415fe1b0 ON public.notices_noticeversion USING btree (venue_id);
CREATE INDEX order_by_draft ON public.follow_up_order USING btree (drafted_at);
CREATE INDEX order_by_signature ON public.follow_up_order USING btree (signed_at);
CREATE INDEX oversight_report_answered_by_id_febfb973 ON public.oversight_report USING btree (answered_by_id);
CREATE INDEX oversight_report_clock_id_129d2687 ON public.oversight_report USING btree (clock_id);
CREATE INDEX oversight_report_code_30553e6a_like ON public.oversight_report USING btree (code varchar_pattern_ops);
CREATE INDEX oversight_report_escalated_to_id_aa94b44e ON public.oversight_report USING btree (escalated_to_id);
CREATE INDEX oversight_report_merged_into_id_57b8e47b ON public.oversight_report USING btree (merged_into_id);
CREATE INDEX oversight_report_person_id_8e9e41b0 ON public.oversight_report USING btree (person_id);
CREATE INDEX oversight_report_unit_id_998309b7 ON public.oversight_report USING btree (unit_id);
CREATE INDEX oversight_report_venue_id_18c542f9 ON public.oversight_report USING btree (venue_id);
CREATE INDEX oversight_reportevent_officer_id_74f2b417 ON public.oversight_reportevent USING btree (officer_id);
CREATE INDEX oversight_reportevent_report_id_e8676571 ON public.oversight_reportevent USING btree (report_id);
CREATE INDEX oversight_reportevent_unit_id_befeec8c ON public.oversight_reportevent USING btree (unit_id);
CREATE INDEX oversight_reportphoto_published_by_id_43a25e13 ON public.oversight_reportphoto USING btree (published_by_id);
CREATE INDEX oversight_reportphoto_report_id_e057a1e0 ON public.oversight_reportphoto USING btree (report_id);
CREATE INDEX owner_message_by_person ON public.made_known_ownermessage USING btree (person_id, sent_at DESC);
CREATE INDEX owner_notice_by_day ON public.owner_notices_ownernotice USING btree (sent_at DESC);
CREATE INDEX owner_notice_by_person ON public.owner_notices_ownernotice USING btree (person_id, sent_at DESC);
CREATE INDEX owner_notice_by_source ON public.owner_notices_ownernotice USING btree (source);
CREATE INDEX owner_notice_by_venue ON public.owner_notices_ownernotice USING btree (venue_id, made_at DESC);
CREATE INDEX owner_notice_waiting ON public.owner_notices_ownernotice USING btree (goes_out_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX owner_notices_ownernotice_person_id_a5298c9e ON public.owner_notices_ownernotice USING btree (person_id);
CREATE INDEX owner_notices_ownernotice_venue_id_4c30402e ON public.owner_notices_ownernotice USING btree (venue_id);
CREATE INDEX participation_agencyday_agency_id_c9ca37fd ON public.participation_agencyday USING btree (agency_id);
CREATE INDEX people_cardchange_card_id_76323beb ON public.people_cardchange USING btree (card_id);
CREATE INDEX people_consent_person_id_a757a92f ON public.people_consent USING btree (person_id);
CREATE INDEX people_controlcard_issued_by_id_0e621abb ON public.people_controlcard USING btree (issued_by_id);
CREATE INDEX people_controlcard_person_id_11d477e6 ON public.people_controlcard USING btree (person_id);
CREATE INDEX people_controlcard_revoked_by_id_bdbe2b18 ON public.people_controlcard USING btree (revoked_by_id);
CREATE INDEX people_controlcard_serial_a344ae3e_like ON public.people_controlcard USING btree (serial varchar_pattern_ops);
CREATE INDEX people_controlcard_unit_id_0ec7fb98 ON public.people_controlcard USING btree (unit_id);
CREATE INDEX people_credential_person_id_5152203f ON public.people_credential USING btree (person_id);
CREATE INDEX phone_code_by_address ON public.people_phonecode USING btree (address_hash, sent_at);
CREATE INDEX phone_code_by_phone ON public.people_phonecode USING btree (phone_hash, sent_at);
CREATE INDEX phone_code_by_subnet ON public.people_phonecode USING btree (subnet_hash, sent_at);
CREATE INDEX phone_code_by_time ON public.people_phonecode USING btree (sent_at);
CREATE INDEX phone_signed_out_from_afar ON public.phones_ownphone USING btree (ended_at) WHERE ((ending)::text = ANY ((ARRAY['elsewhere'::character varying, 'hotline'::character varying, 'number'::character varying])::text[]));
CREATE INDEX phones_numberletgo_person_id_00b6502f ON public.phones_numberletgo USING btree (person_id);
CREATE INDEX phones_ownphone_ended_by_id_acd9a9e4 ON public.phones_ownphone USING btree (ended_by_id);
CREATE INDEX phones_ownphone_person_id_45b95bd0 ON public.phones_ownphone USING btree (person_id);
CREATE INDEX photo_not_looked_through ON public.oversight_reportphoto USING btree (id) WHERE (boxes IS NULL);
CREATE INDEX privacy_breach_recorded_by_id_9f1bebbf ON public.privacy_breach USING btree (recorded_by_id);
CREATE INDEX privacy_breach_unit_id_e194258d ON public.privacy_breach USING btree (unit_id);
CREATE INDEX privacy_breachevent_breach_id_694797e7 ON public.privacy_breachevent USING btree (breach_id);
CREATE INDEX privacy_breachevent_officer_id_e72a0f4c ON public.privacy_breachevent USING btree (officer_id);
CREATE INDEX privacy_correction_person_id_01c272f2 ON public.privacy_correction USING btree (person_id);
CREATE INDEX privacy_correction_request_id_f52e7c43 ON public.privacy_correction USING btree (request_id);
CREATE INDEX privacy_personrequest_clock_id_ceb233ed ON public.privacy_personrequest USING btree (clock_id);
CREATE INDEX privacy_personrequest_code_4fe9d364_like ON public.privacy_personrequest USING btree (code varchar_pattern_ops);
CREATE INDEX privacy_personrequest_ended_by_id_4550ac27 ON public.privacy_personrequest USING btree (ended_by_id);
CREATE INDEX privacy_personrequest_escalated_to_id_b46217a9 ON public.privacy_personrequest USING btree (escalated_to_id);
CREATE INDEX privacy_personrequest_received_by_id_77ea91b4 ON public.privacy_personrequest USING btree (received_by_id);
CREATE INDEX privacy_personrequest_unit_id_987d8fe0 ON public.privacy_personrequest USING btree (unit_id);
CREATE INDEX privacy_purgecertificate_digest_6b7346a9_like ON public.privacy_purgecertificate USING btree (digest varchar_pattern_ops);
CREATE INDEX privacy_requestevent_officer_id_11f554a3 ON public.privacy_requestevent USING btree (officer_id);
CREATE INDEX privacy_requestevent_request_id_057d8dfd ON public.privacy_requestevent USING btree (request_id);
CREATE INDEX privacy_requestevent_unit_id_8fb8608d ON public.privacy_requestevent USING btree (unit_id);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX programs_attempt_delivery_id_994e1f14 ON public.programs_attempt USING btree (delivery_id);
CREATE INDEX programs_delivery_event_id_0e44c9e0 ON public.programs_delivery USING btree (event_id);
CREATE INDEX programs_delivery_webhook_id_9f5af948 ON public.programs_delivery USING btree (webhook_id);
CREATE INDEX programs_event_unit_id_a9322e3a ON public.programs_event USING btree (unit_id);
CREATE INDEX programs_program_approved_by_id_9ae716a4 ON public.programs_program USING btree (approved_by_id);
CREATE INDEX programs_program_made_by_id_9d9d917a ON public.programs_program USING btree (made_by_id);
CREATE INDEX programs_program_unit_id_38ba04c9 ON public.programs_program USING btree (unit_id);
CREATE INDEX programs_registration_program_id_de1f5d4c ON public.programs_registration USING btree (program_id);
CREATE INDEX programs_registration_venue_id_34f813bf ON public.programs_registration USING btree (venue_id);
CREATE INDEX programs_token_made_by_id_a8d95679 ON public.programs_token USING btree (made_by_id);
CREATE INDEX programs_token_program_id_59a50303 ON public.programs_token USING btree (program_id);
CREATE INDEX programs_token_revoked_by_id_898e9764 ON public.programs_token USING btree (revoked_by_id);
CREATE INDEX programs_webhook_made_by_id_05c51b73 ON public.programs_webhook USING btree (made_by_id);
CREATE INDEX programs_webhook_paused_by_id_4e1d1152 ON public.programs_webhook USING btree (paused_by_id);
CREATE INDEX programs_webhook_program_id_eb56797b ON public.programs_webhook USING btree (program_id);
CREATE UNIQUE INDEX proposal_open_once ON public.units_proposal USING btree (officer_id, role, unit_id) WHERE (decided_at IS NULL);
CREATE INDEX referral_by_unit ON public.referrals_referral USING btree (unit_id, state, due_at);
CREATE INDEX referral_by_venue ON public.referrals_referral USING btree (venue_id, handed_at DESC);
CREATE UNIQUE INDEX referral_clock_strikes_once ON public.referrals_referralevent USING btree (referral_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE UNIQUE INDEX referral_once_while_open ON public.referrals_referral USING btree (venue_id, ground, sign) WHERE (NOT ((state)::text = 'closed'::text));
CREATE INDEX referral_running ON public.referrals_referral USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['handed'::character varying, 'accepted'::character varying, 'returned'::character varying])::text[]));
CREATE INDEX referrals_handoverrule_sign_09f28dcd ON public.referrals_handoverrule USING btree (sign);
CREATE INDEX referrals_handoverrule_sign_09f28dcd_like ON public.referrals_handoverrule USING btree (sign varchar_pattern_ops);
CREATE INDEX referrals_referral_answered_by_id_607bb116 ON public.referrals_referral USING btree (answered_by_id);
CREATE INDEX referrals_referral_clock_id_eda06360 ON public.referrals_referral USING btree (clock_id);
CREATE INDEX referrals_referral_escalated_to_id_6035dc47 ON public.referrals_referral USING btree (escalated_to_id);
CREATE INDEX referrals_referral_handed_by_id_042deb1d ON public.referrals_referral USING btree (handed_by_id);
CREATE INDEX referrals_referral_unit_id_ee4e7031 ON public.referrals_referral USING btree (unit_id);
CREATE INDEX referrals_referral_venue_id_b76e0f17 ON public.referrals_referral USING btree (venue_id);
CREATE INDEX referrals_referralevent_officer_id_9291bb53 ON public.referrals_referralevent USING btree (officer_id);
CREATE INDEX referrals_referralevent_referral_id_e2ad0427 ON public.referrals_referralevent USING btree (referral_id);
CREATE INDEX referrals_referralevent_unit_id_63a374ff ON public.referrals_referralevent USING btree (unit_id);
CREATE INDEX referrals_referralpicture_event_id_a79396bd ON public.referrals_referralpicture USING btree (event_id);
CREATE INDEX report_answered ON public.oversight_report USING btree (answered_at DESC) WHERE ((status)::text = 'answered'::text);
CREATE INDEX report_by_address ON public.oversight_report USING btree (address_hash, reported_at);
CREATE INDEX report_by_day ON public.follow_up_symptomreport USING btree (follow_up_id, for_on);
CREATE INDEX report_by_person ON public.oversight_report USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX report_by_unit ON public.oversight_report USING btree (unit_id, status, reported_at DESC);
CREATE UNIQUE INDEX report_clock_strikes_once ON public.oversight_reportevent USING btree (report_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE INDEX report_running ON public.oversight_report USING btree (due_at) WHERE ((status)::text = ANY ((ARRAY['received'::character varying, 'accepted'::character varying, 'reopened'::character varying])::text[]));
CREATE INDEX request_by_person ON public.privacy_personrequest USING btree (person_id, received_at DESC);
CREATE INDEX request_by_unit ON public.privacy_personrequest USING btree (unit_id, state, due_at);
CREATE UNIQUE INDEX request_clock_strikes_once ON public.privacy_requestevent USING btree (request_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE UNIQUE INDEX request_once_while_open ON public.privacy_personrequest USING btree (person_id, "right") WHERE ((person_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['received'::character varying, 'accepted'::character varying, 'held'::character varying])::text[])));
CREATE UNIQUE INDEX restriction_once ON public.restrictions_restriction USING btree (person_id, scope) WHERE (lifted_at IS NULL);
CREATE INDEX restrictions_restriction_person_id_04d8418b ON public.restrictions_restriction USING btree (person_id);
CREATE INDEX roster_agency_unit_id_67ce216e ON public.roster_agency USING btree (unit_id);
CREATE INDEX roster_agency_venues_agency_id_2055d7c0 ON public.roster_agency_venues USING btree (agency_id);
CREATE INDEX roster_agency_venues_venue_id_b534bde4 ON public.roster_agency_venues USING btree (venue_id);
CREATE INDEX roster_leave_member_id_21b5a346 ON public.roster_leave USING btree (member_id);
CREATE INDEX roster_member_agency_id_adfe873c ON public.roster_member USING btree (agency_id);
CREATE INDEX roster_rosterlist_agency_id_31f9cdd2 ON public.roster_rosterlist USING btree (agency_id);
CREATE INDEX roster_rosterlist_officer_id_3d23e457 ON public.roster_rosterlist USING btree (officer_id);
CREATE INDEX roster_shift_member_id_5fe5adf0 ON public.roster_shift USING btree (member_id);
CREATE INDEX sanction_appeal_open ON public.sanctions_appeal USING btree (due_at) WHERE ((outcome)::text = ''::text);
CREATE INDEX sanction_by_source ON public.sanctions_sanctionground USING btree (source);
CREATE INDEX sanction_by_unit ON public.sanctions_sanction USING btree (unit_id, state, proposed_at DESC);
CREATE INDEX sanction_by_venue ON public.sanctions_sanction USING btree (venue_id, proposed_at DESC);
CREATE UNIQUE INDEX sanction_clock_strikes_once ON public.sanctions_sanctionevent USING btree (sanction_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE INDEX sanction_ends ON public.sanctions_sanction USING btree (until_at) WHERE (((kind)::text = 'suspension'::text) AND ((state)::text = 'in_force'::text));
CREATE UNIQUE INDEX sanction_one_suspension ON public.sanctions_sanction USING btree (venue_id) WHERE (((kind)::text = 'suspension'::text) AND ((state)::text = 'in_force'::text));
CREATE UNIQUE INDEX sanction_one_waits ON public.sanctions_sanction USING btree (venue_id, kind) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX sanctions_appeal_answered_by_id_88022a21 ON public.sanctions_appeal USING btree (answered_by_id);
CREATE INDEX sanctions_appeal_clock_id_10b47202 ON public.sanctions_appeal USING btree (clock_id);
CREATE INDEX sanctions_appeal_effect_by_id_2b9817d2 ON public.sanctions_appeal USING btree (effect_by_id);
CREATE INDEX sanctions_appeal_escalated_to_id_23adea2c ON public.sanctions_appeal USING btree (escalated_to_id);
CREATE INDEX sanctions_appeal_unit_id_c5aacc72 ON public.sanctions_appeal USING btree (unit_id);
CREATE INDEX sanctions_legalbasis_added_by_id_38bfd49a ON public.sanctions_legalbasis USING btree (added_by_id);
CREATE INDEX sanctions_legalbasis_code_b99aa22e ON public.sanctions_legalbasis USING btree (code);
CREATE INDEX sanctions_legalbasis_code_b99aa22e_like ON public.sanctions_legalbasis USING btree (code varchar_pattern_ops);
CREATE INDEX sanctions_legalbasis_unit_id_dc8c63d3 ON public.sanctions_legalbasis USING btree (unit_id);
CREATE INDEX sanctions_sanction_by_appeal_id_4a0abba4 ON public.sanctions_sanction USING btree (by_appeal_id);
CREATE INDEX sanctions_sanction_clock_id_3d2d4c54 ON public.sanctions_sanction USING btree (clock_id);
CREATE INDEX sanctions_sanction_corrects_id_9e4292c4 ON public.sanctions_sanction USING btree (corrects_id);
CREATE INDEX sanctions_sanction_decided_by_id_28ad5e47 ON public.sanctions_sanction USING btree (decided_by_id);
CREATE INDEX sanctions_sanction_issuer_unit_id_83e3cfbd ON public.sanctions_sanction USING btree (issuer_unit_id);
CREATE INDEX sanctions_sanction_lifts_id_07868f16 ON public.sanctions_sanction USING btree (lifts_id);
CREATE INDEX sanctions_sanction_proposed_by_id_4b4afda7 ON public.sanctions_sanction USING btree (proposed_by_id);
CREATE INDEX sanctions_sanction_unit_id_3b1e80f9 ON public.sanctions_sanction USING btree (unit_id);
CREATE INDEX sanctions_sanction_venue_id_e48627c5 ON public.sanctions_sanction USING btree (venue_id);
CREATE INDEX sanctions_sanctionbasis_basis_id_c4a8c5a7 ON public.sanctions_sanctionbasis USING btree (basis_id);
CREATE INDEX sanctions_sanctionbasis_sanction_id_bb5613d5 ON public.sanctions_sanctionbasis USING btree (sanction_id);
CREATE INDEX sanctions_sanctionevent_officer_id_7b6982df ON public.sanctions_sanctionevent USING btree (officer_id);
CREATE INDEX sanctions_sanctionevent_other_id_bf8149a2 ON public.sanctions_sanctionevent USING btree (other_id);
CREATE INDEX sanctions_sanctionevent_sanction_id_e7ff5fb0 ON public.sanctions_sanctionevent USING btree (sanction_id);
CREATE INDEX sanctions_sanctionevent_unit_id_ad821510 ON public.sanctions_sanctionevent USING btree (unit_id);
CREATE INDEX sanctions_sanctionground_sanction_id_113eb6ac ON public.sanctions_sanctionground USING btree (sanction_id);
CREATE INDEX sanctions_sanctionpicture_event_id_024cf3df ON public.sanctions_sanctionpicture USING btree (event_id);
CREATE INDEX sanctions_suspensionalert_seen_by_id_fb18c493 ON public.sanctions_suspensionalert USING btree (seen_by_id);
CREATE INDEX sanctions_suspensionalert_unit_id_5c177dde ON public.sanctions_suspensionalert USING btree (unit_id);
CREATE INDEX scan_attempt_at ON ONLY public.scan_attempt USING brin (attempted_at timestamptz_minmax_multi_ops);
CREATE INDEX scan_attempt_default_attempted_at_idx ON public.scan_attempt_default USING brin (attempted_at timestamptz_minmax_multi_ops);
CREATE INDEX scan_attempt_landed ON ONLY public.scan_attempt USING brin (landed) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX scan_attempt_default_landed_idx ON public.scan_attempt_default USING brin (landed) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX scan_attempt_not_inside ON ONLY public.scan_attempt USING btree (person_id, attempted_at) WHERE (reason = 14);
CREATE INDEX scan_attempt_default_person_id_attempted_at_idx ON public.scan_attempt_default USING btree (person_id, attempted_at) WHERE (reason = 14);
CREATE INDEX scan_attempt_venue ON ONLY public.scan_attempt USING btree (venue_id, attempted_at) WHERE (venue_id IS NOT NULL);
CREATE INDEX scan_attempt_default_venue_id_attempted_at_idx ON public.scan_attempt_default USING btree (venue_id, attempted_at) WHERE (venue_id IS NOT NULL);
CREATE INDEX screening_by_day ON public.signs_screeningrun USING btree (outcome, "on");
CREATE INDEX segment_by_shelf ON public.visits_segment USING btree (shelf, day);
CREATE INDEX sending_by_unit ON public.made_known_sending USING btree (unit_id, prepared_at DESC);
CREATE INDEX sending_under_way ON public.made_known_sending USING btree (goes_out_at) WHERE ((called_off_at IS NULL) AND (ended_at IS NULL) AND (goes_out_at IS NOT NULL));
CREATE INDEX set_aside_open ON public.national_setaside USING btree (receiver) WHERE (settled_at IS NULL);
CREATE INDEX sign_by_venue ON public.signs_sign USING btree (venue_id, sign);
CREATE INDEX signs_dismissal_dismissed_by_id_ac0491c7 ON public.signs_dismissal USING btree (dismissed_by_id);
CREATE INDEX signs_dismissal_venue_id_14c3d441 ON public.signs_dismissal USING btree (venue_id);
CREATE INDEX signs_dismissal_withdrawn_by_id_68a1f94d ON public.signs_dismissal USING btree (withdrawn_by_id);
CREATE INDEX signs_screeningrun_asked_by_id_6dedc2fa ON public.signs_screeningrun USING btree (asked_by_id);
CREATE INDEX signs_screeningrun_earlier_id_68a0298e ON public.signs_screeningrun USING btree (earlier_id);
CREATE INDEX signs_sign_run_id_a768b735 ON public.signs_sign USING btree (run_id);
CREATE INDEX signs_sign_venue_id_e584f706 ON public.signs_sign USING btree (venue_id);
CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);
CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);
CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);
CREATE UNIQUE INDEX stint_one_at_a_time ON public.units_stint USING btree (officer_id) WHERE (ended_at IS NULL);
CREATE INDEX stream_open ON public.national_stream USING btree (receiver) WHERE (finished_at IS NULL);
CREATE UNIQUE INDEX team_has_one_leader ON public.inspections_teammember USING btree (round_id) WHERE leads;
CREATE INDEX ticket_by_address ON public.helpdesk_ticket USING btree (address_hash, opened_at);
CREATE INDEX ticket_by_person ON public.helpdesk_ticket USING btree (person_hash) WHERE (person_hash IS NOT NULL);
CREATE INDEX ticket_by_status ON public.helpdesk_ticket USING btree (status, opened_at);
CREATE INDEX ticket_by_time ON public.helpdesk_ticket USING btree (opened_at);
CREATE UNIQUE INDEX ticket_clock_strikes_once ON public.helpdesk_ticketevent USING btree (ticket_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE INDEX tracing_aerosoltail_rule_id_500c2bc1 ON public.tracing_aerosoltail USING btree (rule_id);
CREATE INDEX tracing_case_code_8d1a1e46_like ON public.tracing_case USING btree (code varchar_pattern_ops);
CREATE INDEX tracing_case_disease_id_7e4ed77b ON public.tracing_case USING btree (disease_id);
CREATE INDEX tracing_case_intake_id_e01aa4e6 ON public.tracing_case USING btree (intake_id);
CREATE INDEX tracing_case_person_id_d5c2d47e ON public.tracing_case USING btree (person_id);
CREATE INDEX tracing_case_registered_by_id_5b83d30a ON public.tracing_case USING btree (registered_by_id);
CREATE INDEX tracing_case_rule_id_06e9cc25 ON public.tracing_case USING btree (rule_id);
CREATE INDEX tracing_case_source_contact_id_9585c095 ON public.tracing_case USING btree (source_contact_id);
CREATE INDEX tracing_case_unit_id_25df6799 ON public.tracing_case USING btree (unit_id);
CREATE INDEX tracing_contact_interview_id_b02574a5 ON public.tracing_contact USING btree (interview_id);
CREATE INDEX tracing_contact_run_id_46fc9e92 ON public.tracing_contact USING btree (run_id);
CREATE INDEX tracing_contact_venue_id_460742f3 ON public.tracing_contact USING btree (venue_id);
CREATE INDEX tracing_crowdnotice_run_id_86ca4447 ON public.tracing_crowdnotice USING btree (run_id);
CREATE INDEX tracing_crowdnotice_venue_id_46407f98 ON public.tracing_crowdnotice USING btree (venue_id);
CREATE INDEX tracing_disclosure_decided_by_id_5416c2af ON public.tracing_disclosure USING btree (decided_by_id);
CREATE INDEX tracing_disclosure_requested_by_id_5f7b21b6 ON public.tracing_disclosure USING btree (requested_by_id);
CREATE INDEX tracing_disclosure_run_id_6237fb22 ON public.tracing_disclosure USING btree (run_id);
CREATE INDEX tracing_disease_code_31087b0b_like ON public.tracing_disease USING btree (code varchar_pattern_ops);
CREATE INDEX tracing_doctrinerule_disease_id_a1f97027 ON public.tracing_doctrinerule USING btree (disease_id);
CREATE INDEX tracing_epidemiologicalparameters_disease_id_f589d95f ON public.tracing_epidemiologicalparameters USING btree (disease_id);
CREATE INDEX tracing_tracerun_case_id_cd74ca1d ON public.tracing_tracerun USING btree (case_id);
CREATE INDEX tracing_tracerun_requested_by_id_812e20e7 ON public.tracing_tracerun USING btree (requested_by_id);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX unit_day_by_day ON public.compliance_unitday USING btree (day);
CREATE INDEX unit_path_prefix ON public.units_unit USING btree (path varchar_pattern_ops);
CREATE INDEX units_appointment_in_place_of_id_4e45c6c4 ON public.units_appointment USING btree (in_place_of_id);
CREATE INDEX units_appointment_officer_id_d1ea5145 ON public.units_appointment USING btree (officer_id);
CREATE INDEX units_appointment_unit_id_550e5f85 ON public.units_appointment USING btree (unit_id);
CREATE INDEX units_auditentry_actor_id_7bfc3707 ON public.units_auditentry USING btree (actor_id);
CREATE INDEX units_auditentry_digest_562f1e51_like ON public.units_auditentry USING btree (digest varchar_pattern_ops);
CREATE INDEX units_auditentry_in_place_of_id_65b9b812 ON public.units_auditentry USING btree (in_place_of_id);
CREATE INDEX units_officer_acts_under_id_3ecc8512 ON public.units_officer USING btree (acts_under_id);
CREATE INDEX units_officer_groups_group_id_70f1a260 ON public.units_officer_groups USING btree (group_id);
CREATE INDEX units_officer_groups_officer_id_45a7091b ON public.units_officer_groups USING btree (officer_id);
CREATE INDEX units_officer_user_permissions_officer_id_acb04a9e ON public.units_officer_user_permissions USING btree (officer_id);
CREATE INDEX units_officer_user_permissions_permission_id_90334884 ON public.units_officer_user_permissions USING btree (permission_id);
CREATE INDEX units_officer_username_61bfed78_like ON public.units_officer USING btree (username varchar_pattern_ops);
CREATE INDEX units_proposal_decided_by_id_bf8c70fc ON public.units_proposal USING btree (decided_by_id);
CREATE INDEX units_proposal_officer_id_c6a65f38 ON public.units_proposal USING btree (officer_id);
CREATE INDEX units_proposal_proposed_by_id_50297bee ON public.units_proposal USING btree (proposed_by_id);
CREATE INDEX units_proposal_unit_id_c8da1d5f ON public.units_proposal USING btree (unit_id);
CREATE INDEX units_stint_appointment_id_cf730b09 ON public.units_stint USING btree (appointment_id);
CREATE INDEX units_stint_officer_id_95214df5 ON public.units_stint USING btree (officer_id);
CREATE INDEX units_successor_earlier_id_7369b7cb ON public.units_successor USING btree (earlier_id);
CREATE INDEX units_successor_later_id_6042c7af ON public.units_successor USING btree (later_id);
CREATE INDEX units_unit_parent_id_7bc80175 ON public.units_unit USING btree (parent_id);
CREATE INDEX units_unit_path_00f4e457_like ON public.units_unit USING btree (path varchar_pattern_ops);
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE INDEX venue_by_owner ON public.venues_venue USING btree (owner_id);
CREATE INDEX venue_by_unit ON public.venues_venue USING btree (unit_id, status);
CREATE INDEX venue_day_by_day ON public.compliance_venueday USING btree (day);
CREATE INDEX venue_hold_by_cause ON public.venues_venuehold USING btree (cause);
CREATE UNIQUE INDEX venue_hold_once_a_cause ON public.venues_venuehold USING btree (venue_id, cause) WHERE (released_at IS NULL);
CREATE INDEX venue_hold_standing ON public.venues_venuehold USING btree (venue_id) WHERE (released_at IS NULL);
CREATE INDEX venue_in_order ON public.venues_venue USING btree (sort_key, id);
CREATE INDEX venue_list_by_unit ON public.venue_lists_venuelist USING btree (unit_id, uploaded_at DESC);
CREATE INDEX venue_lists_venuelist_officer_id_ee42f7bf ON public.venue_lists_venuelist USING btree (officer_id);
CREATE INDEX venue_lists_venuelist_unit_id_8454daa3 ON public.venue_lists_venuelist USING btree (unit_id);
CREATE INDEX venue_lists_venuerow_venue_id_47cd5629 ON public.venue_lists_venuerow USING btree (venue_id);
CREATE INDEX venue_lists_venuerow_venue_list_id_dc15d665 ON public.venue_lists_venuerow USING btree (venue_list_id);
CREATE INDEX venue_row_by_state ON public.venue_lists_venuerow USING btree (venue_list_id, state, "position");
CREATE INDEX venue_waiting ON public.venues_venue USING btree (unit_id) WHERE (((status)::text = 'pending'::text) OR (proposal IS NOT NULL));
CREATE INDEX venues_category_code_2e76acdb_like ON public.venues_category USING btree (code varchar_pattern_ops);
CREATE INDEX venues_gatedevice_venue_id_c8cab828 ON public.venues_gatedevice USING btree (venue_id);
CREATE INDEX venues_gateinvitation_venue_id_bf33c4af ON public.venues_gateinvitation USING btree (venue_id);
CREATE INDEX venues_modeorder_categories_category_id_53a0f76d ON public.venues_modeorder_categories USING btree (category_id);
CREATE INDEX venues_modeorder_categories_modeorder_id_e6b9a0b6 ON public.venues_modeorder_categories USING btree (modeorder_id);
CREATE INDEX venues_modeorder_issuer_id_146ad2c1 ON public.venues_modeorder USING btree (issuer_id);
CREATE INDEX venues_modeorder_made_by_id_d9fd5fcc ON public.venues_modeorder USING btree (made_by_id);
CREATE INDEX venues_modeorder_unit_id_f4c9611d ON public.venues_modeorder USING btree (unit_id);
CREATE INDEX venues_modeorder_withdrawn_by_id_b3c7190a ON public.venues_modeorder USING btree (withdrawn_by_id);
CREATE INDEX venues_poster_short_code_49e224d0_like ON public.venues_poster USING btree (short_code varchar_pattern_ops);
CREATE INDEX venues_poster_venue_id_4f64151e ON public.venues_poster USING btree (venue_id);
CREATE INDEX venues_posterreading_officer_id_b30a6bb7 ON public.venues_posterreading USING btree (officer_id);
CREATE INDEX venues_posterreading_venue_id_61f35319 ON public.venues_posterreading USING btree (venue_id);
CREATE INDEX venues_venue_at_door ON public.venues_venue USING btree (id) INCLUDE (status, lat, lon, scan_hours);
CREATE INDEX venues_venue_category_id_fccc6366 ON public.venues_venue USING btree (category_id);
CREATE INDEX venues_venue_decided_by_id_78fce128 ON public.venues_venue USING btree (decided_by_id);
CREATE INDEX venues_venue_owner_id_97d17b46 ON public.venues_venue USING btree (owner_id);
CREATE INDEX venues_venue_unit_id_7343d055 ON public.venues_venue USING btree (unit_id);
CREATE INDEX venues_venuehold_venue_id_d6a1ba79 ON public.venues_venuehold USING btree (venue_id);
CREATE INDEX venues_venuepicture_uploader_id_b9200256 ON public.venues_venuepicture USING btree (uploader_id);
CREATE INDEX venues_venuepicture_venue_id_2aaf446a ON public.venues_venuepicture USING btree (venue_id);
CREATE INDEX watch_alarm_officer_id_d97e7f58 ON public.watch_alarm USING btree (officer_id);
CREATE INDEX watch_alarm_rule_id_4298b3bb ON public.watch_alarm USING btree (rule_id);
CREATE INDEX watch_alarm_seen_by_id_496c7649 ON public.watch_alarm USING btree (seen_by_id);
CREATE INDEX watch_rule_kind_feba23c7_like ON public.watch_rule USING btree (kind varchar_pattern_ops);
CREATE UNIQUE INDEX zone_order_one_waits ON public.zones_zoneorder USING btree (zone_id) WHERE (approved IS NULL);
CREATE INDEX zones_presence_presence_list_id_9cb64393 ON public.zones_presence USING btree (presence_list_id);
CREATE INDEX zones_presencedisclosure_decided_by_id_72720378 ON public.zones_presencedisclosure USING btree (decided_by_id);
CREATE INDEX zones_presencedisclosure_presence_list_id_fc982ff9 ON public.zones_presencedisclosure USING btree (presence_list_id);
CREATE INDEX zones_presencedisclosure_requested_by_id_39c22dc3 ON public.zones_presencedisclosure USING btree (requested_by_id);
CREATE INDEX zones_presencelist_case_id_c58ca260 ON public.zones_presencelist USING btree (case_id);
CREATE INDEX zones_presencelist_made_by_id_3751e9f0 ON public.zones_presencelist USING btree (made_by_id);
CREATE INDEX zones_presencelist_order_id_1549d3d6 ON public.zones_presencelist USING btree (order_id);
CREATE INDEX zones_publicfigure_unit_id_7c4e1759 ON public.zones_publicfigure USING btree (unit_id);
CREATE INDEX zones_risklevel_code_635169a0 ON public.zones_risklevel USING btree (code);
CREATE INDEX zones_risklevel_code_635169a0_like ON public.zones_risklevel USING btree (code varchar_pattern_ops);
CREATE INDEX zones_zone_code_bedcd55b_like ON public.zones_zone USING btree (code varchar_pattern_ops);
CREATE INDEX zones_zone_disease_id_7555f646 ON public.zones_zone USING btree (disease_id);
CREATE INDEX zones_zone_unit_id_95ca2c4b ON public.zones_zone USING btree (unit_id);
CREATE INDEX zones_zoneorder_cases_case_id_58a1c6d6 ON public.zones_zoneorder_cases USING btree (case_id);
CREATE INDEX zones_zoneorder_cases_zoneorder_id_852f3cd6 ON public.zones_zoneorder_cases USING btree (zoneorder_id);
CREATE INDEX zones_zoneorder_categories_category_id_a28534b8 ON public.zones_zoneorder_categories USING btree (category_id);
CREATE INDEX zones_zoneorder_categories_zoneorder_id_62e46c08 ON public.zones_zoneorder_categories USING btree (zoneorder_id);
CREATE INDEX zones_zoneorder_communes_unit_id_f82071e4 ON public.zones_zoneorder_communes USING btree (unit_id);
CREATE INDEX zones_zoneorder_communes_zoneorder_id_b0eaf8ed ON public.zones_zoneorder_communes USING btree (zoneorder_id);
CREATE INDEX zones_zoneorder_decided_by_id_fa3f76d9 ON public.zones_zoneorder USING btree (decided_by_id);
CREATE INDEX zones_zoneorder_drafted_by_id_0ece7cb1 ON public.zones_zoneorder USING btree (drafted_by_id);
CREATE INDEX zones_zoneorder_level_id_54034734 ON public.zones_zoneorder USING btree (level_id);
CREATE INDEX zones_zoneorder_zone_id_a768a205 ON public.zones_zoneorder USING btree (zone_id);
ALTER INDEX public.check_in_entered ATTACH PARTITION public.check_in_default_entered_at_idx;
ALTER INDEX public.check_in_landed ATTACH PARTITION public.check_in_default_landed_idx;
ALTER INDEX public.check_in_person ATTACH PARTITION public.check_in_default_person_id_entered_at_idx;
ALTER INDEX public.check_in_pkey ATTACH PARTITION public.check_in_default_pkey;
ALTER INDEX public.check_in_venue ATTACH PARTITION public.check_in_default_venue_id_entered_at_idx;
ALTER INDEX public.check_in_remote ATTACH PARTITION public.check_in_default_venue_id_entered_at_idx1;
ALTER INDEX public.check_out_device ATTACH PARTITION public.check_out_default_device_id_left_at_idx;
ALTER INDEX public.check_out_landed ATTACH PARTITION public.check_out_default_landed_idx;
ALTER INDEX public.check_out_pkey ATTACH PARTITION public.check_out_default_pkey;
ALTER INDEX public.scan_attempt_at ATTACH PARTITION public.scan_attempt_default_attempted_at_idx;
ALTER INDEX public.scan_attempt_landed ATTACH PARTITION public.scan_attempt_default_landed_idx;
ALTER INDEX public.scan_attempt_not_inside ATTACH PARTITION public.scan_attempt_default_person_id_attempted_at_idx;
ALTER INDEX public.scan_attempt_pkey ATTACH PARTITION public.scan_attempt_default_pkey;
ALTER INDEX public.scan_attempt_venue ATTACH PARTITION public.scan_attempt_default_venue_id_attempted_at_idx;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.check_in FOR EACH ROW EXECUTE FUNCTION public.ledger_is_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.check_out FOR EACH ROW EXECUTE FUNCTION public.ledger_is_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.scan_attempt FOR EACH ROW EXECUTE FUNCTION public.ledger_is_append_only();
CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE ON public.units_auditentry FOR EACH ROW EXECUTE FUNCTION public.audit_is_append_only();
CREATE TRIGGER door_venue_came_or_went AFTER INSERT OR DELETE ON public.venues_venue FOR EACH ROW EXECUTE FUNCTION public.door_note_venue_change();
CREATE TRIGGER door_venue_changed AFTER UPDATE OF status, lat, lon, opening_hours ON public.venues_venue FOR EACH ROW WHEN ((((((old.status)::text IS DISTINCT FROM (new.status)::text) OR (old.lat IS DISTINCT FROM new.lat)) OR (old.lon IS DISTINCT FROM new.lon)) OR (old.opening_hours IS DISTINCT FROM new.opening_hours))) EXECUTE FUNCTION public.door_note_venue_change();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON public.compliance_countedday FOR EACH ROW EXECUTE FUNCTION public.programs_tell_of_day();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON public.referrals_referral FOR EACH ROW EXECUTE FUNCTION public.programs_tell_of_referral();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON public.signs_screeningrun FOR EACH ROW EXECUTE FUNCTION public.programs_tell_of_screening();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON public.tracing_case FOR EACH ROW EXECUTE FUNCTION public.programs_tell_of_case();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON public.venues_venue FOR EACH ROW EXECUTE FUNCTION public.programs_tell_of_venue();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.accountability_explaineditem FOR EACH ROW EXECUTE FUNCTION public.accountability_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.accountability_explanation FOR EACH ROW EXECUTE FUNCTION public.accountability_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.accountability_weeklyreport FOR EACH ROW EXECUTE FUNCTION public.accountability_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.helpdesk_ticketevent FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('the history of a ticket', 'DELETE UPDATE');
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_draw FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_inspection FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_inspectionfinding FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_inspectionpicture FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE ON public.inspections_measure FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_measureevent FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_measurepicture FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_recordnumber FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_signature FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_supplement FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.inspections_withdrawal FOR EACH ROW EXECUTE FUNCTION public.inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.knowledge_articleversion FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION public.stays_as_it_is('what was published');
CREATE TRIGGER stays BEFORE DELETE ON public.made_known_ownermessage FOR EACH ROW EXECUTE FUNCTION public.made_known_stays();
CREATE TRIGGER stays BEFORE DELETE ON public.made_known_sending FOR EACH ROW EXECUTE FUNCTION public.made_known_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.measures_measure FOR EACH ROW EXECUTE FUNCTION public.measures_stay();
CREATE TRIGGER stays BEFORE DELETE ON public.measures_measuredmember FOR EACH ROW WHEN ((old.kept_until >= CURRENT_DATE)) EXECUTE FUNCTION public.measures_stay();
CREATE TRIGGER stays BEFORE DELETE ON public.oversight_report FOR EACH ROW EXECUTE FUNCTION public.report_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.oversight_reportevent FOR EACH ROW EXECUTE FUNCTION public.report_history_stays();
CREATE TRIGGER stays BEFORE DELETE ON public.owner_notices_ownernotice FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('what an owner was told');
CREATE TRIGGER stays BEFORE DELETE ON public.privacy_breach FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('a breach');
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.privacy_breachevent FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('the history of a breach');
CREATE TRIGGER stays BEFORE DELETE ON public.privacy_personrequest FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('a request', 'DELETE');
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.privacy_purgecertificate FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('a certificate');
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.privacy_requestevent FOR EACH ROW EXECUTE FUNCTION public.stays_as_it_is('the history of a request', 'DELETE');
CREATE TRIGGER stays BEFORE DELETE ON public.referrals_referral FOR EACH ROW EXECUTE FUNCTION public.referral_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.referrals_referralevent FOR EACH ROW EXECUTE FUNCTION public.referral_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.referrals_referralpicture FOR EACH ROW EXECUTE FUNCTION public.referral_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.sanctions_appeal FOR EACH ROW EXECUTE FUNCTION public.sanction_appeal_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.sanctions_sanction FOR EACH ROW EXECUTE FUNCTION public.sanction_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.sanctions_sanctionbasis FOR EACH ROW EXECUTE FUNCTION public.sanction_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.sanctions_sanctionevent FOR EACH ROW EXECUTE FUNCTION public.sanction_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.sanctions_sanctionground FOR EACH ROW EXECUTE FUNCTION public.sanction_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.sanctions_sanctionpicture FOR EACH ROW EXECUTE FUNCTION public.sanction_history_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.zones_zoneorder FOR EACH ROW EXECUTE FUNCTION public.zone_order_stays();
CREATE TRIGGER stays BEFORE INSERT OR DELETE OR UPDATE ON public.zones_zoneorder_cases FOR EACH ROW EXECUTE FUNCTION public.zone_order_part_stays();
CREATE TRIGGER stays BEFORE INSERT OR DELETE OR UPDATE ON public.zones_zoneorder_categories FOR EACH ROW EXECUTE FUNCTION public.zone_order_part_stays();
CREATE TRIGGER stays BEFORE INSERT OR DELETE OR UPDATE ON public.zones_zoneorder_communes FOR EACH ROW EXECUTE FUNCTION public.zone_order_part_stays();
CREATE TRIGGER stays_as_it_is BEFORE UPDATE ON public.measures_measuredmember FOR EACH ROW EXECUTE FUNCTION public.measures_stay();
CREATE TRIGGER stays_worded BEFORE UPDATE ON public.made_known_ownermessage FOR EACH ROW WHEN ((((old.text)::text IS DISTINCT FROM (new.text)::text) OR ((old.sent_at IS NOT NULL) AND (old.sent_at IS DISTINCT FROM new.sent_at)))) EXECUTE FUNCTION public.made_known_stays();
CREATE TRIGGER stays_worded BEFORE UPDATE ON public.owner_notices_ownernotice FOR EACH ROW WHEN ((((old.text)::text IS DISTINCT FROM (new.text)::text) OR ((old.source)::text IS DISTINCT FROM (new.source)::text) OR ((old.sent_at IS NOT NULL) AND (old.sent_at IS DISTINCT FROM new.sent_at)))) EXECUTE FUNCTION public.stays_as_it_is('what an owner was told');
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_units_officer_id FOREIGN KEY (user_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accountability_explaineditem
    ADD CONSTRAINT accountability_expla_explanation_id_3b819c50_fk_accountab FOREIGN KEY (explanation_id) REFERENCES public.accountability_explanation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accountability_explanation
    ADD CONSTRAINT accountability_explanation_head_id_68239019_fk_units_officer_id FOREIGN KEY (head_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accountability_explanation
    ADD CONSTRAINT accountability_explanation_unit_id_60652a75_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accountability_reportlook
    ADD CONSTRAINT accountability_repor_officer_id_fcd0a7dc_fk_units_off FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accountability_reportlook
    ADD CONSTRAINT accountability_repor_report_id_401032e2_fk_accountab FOREIGN KEY (report_id) REFERENCES public.accountability_weeklyreport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accountability_weeklyreport
    ADD CONSTRAINT accountability_weeklyreport_unit_id_8ef8ae97_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.compliance_unitday
    ADD CONSTRAINT compliance_unitday_unit_id_e75367e6_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_appeal
    ADD CONSTRAINT follow_up_appeal_answered_by_id_97295ae6_fk_units_officer_id FOREIGN KEY (answered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_appeal
    ADD CONSTRAINT follow_up_appeal_order_id_3f45da88_fk_follow_up_order_id FOREIGN KEY (order_id) REFERENCES public.follow_up_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_appeal
    ADD CONSTRAINT follow_up_appeal_recorded_by_id_db51357b_fk_units_officer_id FOREIGN KEY (recorded_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_escalation
    ADD CONSTRAINT follow_up_escalation_follow_up_id_70f9459a_fk_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_escalation
    ADD CONSTRAINT follow_up_escalation_settled_by_id_4e64a5dd_fk_units_officer_id FOREIGN KEY (settled_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_began_by_id_9fc818d0_fk_units_officer_id FOREIGN KEY (began_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_case_id_6b5dad19_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_contact_id_a2a363ae_fk_tracing_contact_id FOREIGN KEY (contact_id) REFERENCES public.tracing_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_ended_by_id_ca78b3ce_fk_units_officer_id FOREIGN KEY (ended_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_rule_id_ff7c4887_fk_follow_up FOREIGN KEY (rule_id) REFERENCES public.follow_up_followuprule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followup
    ADD CONSTRAINT follow_up_followup_team_id_f872456f_fk_units_unit_id FOREIGN KEY (team_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followuprule
    ADD CONSTRAINT follow_up_followupru_disease_id_306dcf4d_fk_tracing_d FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followuptest
    ADD CONSTRAINT follow_up_followupte_follow_up_id_8ef27347_fk_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followuptest
    ADD CONSTRAINT follow_up_followupte_resulted_by_id_4fb25541_fk_units_off FOREIGN KEY (resulted_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_followuptest
    ADD CONSTRAINT follow_up_followupte_sampled_by_id_51a4a803_fk_units_off FOREIGN KEY (sampled_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_linkmessage
    ADD CONSTRAINT follow_up_linkmessag_follow_up_id_7d12b149_fk_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_missedday
    ADD CONSTRAINT follow_up_missedday_follow_up_id_ee1f3968_fk_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_appeal_route_id_7cfa3476_fk_follow_up FOREIGN KEY (appeal_route_id) REFERENCES public.follow_up_appealroute(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order_bases
    ADD CONSTRAINT follow_up_order_base_legalbasis_id_941b850d_fk_follow_up FOREIGN KEY (legalbasis_id) REFERENCES public.follow_up_legalbasis(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order_bases
    ADD CONSTRAINT follow_up_order_bases_order_id_fcb804ed_fk_follow_up_order_id FOREIGN KEY (order_id) REFERENCES public.follow_up_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_contact_id_ad926063_fk_tracing_contact_id FOREIGN KEY (contact_id) REFERENCES public.tracing_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_delivered_by_id_30a09e1a_fk_units_officer_id FOREIGN KEY (delivered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_drafted_by_id_de808f09_fk_units_officer_id FOREIGN KEY (drafted_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_exposure_venue_id_91df8d41_fk_venues_venue_id FOREIGN KEY (exposure_venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_follow_up_id_a050ac3f_fk_follow_up_followup_id FOREIGN KEY (follow_up_id) REFERENCES public.follow_up_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_releases_id_74180615_fk_follow_up_order_id FOREIGN KEY (releases_id) REFERENCES public.follow_up_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_revoked_by_id_8a9b81b3_fk_units_officer_id FOREIGN KEY (revoked_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_signed_by_id_368b82a0_fk_units_officer_id FOREIGN KEY (signed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_order
    ADD CONSTRAINT follow_up_order_unit_id_0a512609_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_orderalert
    ADD CONSTRAINT follow_up_orderalert_seen_by_id_296cb907_fk_units_officer_id FOREIGN KEY (seen_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_orderalert
    ADD CONSTRAINT follow_up_orderalert_unit_id_e41a5e58_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_symptomreport
    ADD CONSTRAINT follow_up_symptomrep_follow_up_id_0c513234_fk_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up_followup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.follow_up_symptomreport
    ADD CONSTRAINT follow_up_symptomreport_officer_id_19f95957_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hand_counts_handcount
    ADD CONSTRAINT hand_counts_handcount_officer_id_a23914a8_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hand_counts_handcount
    ADD CONSTRAINT hand_counts_handcount_venue_id_2178188d_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_agent_id_a75e76db_fk_units_officer_id FOREIGN KEY (agent_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_answered_by_id_b90055c1_fk_units_officer_id FOREIGN KEY (answered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_article_id_373d20e6_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_clock_id_1065fe80_fk_helpdesk_helpclock_id FOREIGN KEY (clock_id) REFERENCES public.helpdesk_helpclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_device_id_0bf96799_fk_venues_gatedevice_id FOREIGN KEY (device_id) REFERENCES public.venues_gatedevice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_opened_by_id_6a4316b0_fk_units_officer_id FOREIGN KEY (opened_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_unit_id_bd4ef83e_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticket
    ADD CONSTRAINT helpdesk_ticket_venue_id_ce5926da_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticketevent
    ADD CONSTRAINT helpdesk_ticketevent_officer_id_c0b3c6f8_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticketevent
    ADD CONSTRAINT helpdesk_ticketevent_ticket_id_362a4485_fk_helpdesk_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.helpdesk_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.helpdesk_ticketevent
    ADD CONSTRAINT helpdesk_ticketevent_to_id_ece19f75_fk_units_officer_id FOREIGN KEY (to_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_draw
    ADD CONSTRAINT inspections_draw_drawn_by_id_35fadeae_fk_units_officer_id FOREIGN KEY (drawn_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_draw
    ADD CONSTRAINT inspections_draw_round_id_12c1f862_fk_inspections_round_id FOREIGN KEY (round_id) REFERENCES public.inspections_round(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspectionpicture
    ADD CONSTRAINT inspections_inspecti_finding_id_1e407b79_fk_inspectio FOREIGN KEY (finding_id) REFERENCES public.inspections_inspectionfinding(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspecti_follows_id_5c684096_fk_inspectio FOREIGN KEY (follows_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspectionpicture
    ADD CONSTRAINT inspections_inspecti_inspection_id_6ede28d2_fk_inspectio FOREIGN KEY (inspection_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspectionfinding
    ADD CONSTRAINT inspections_inspecti_inspection_id_ee5db01c_fk_inspectio FOREIGN KEY (inspection_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspecti_inspector_id_aaec4b84_fk_units_off FOREIGN KEY (inspector_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspecti_poster_reading_id_54f067f2_fk_venues_po FOREIGN KEY (poster_reading_id) REFERENCES public.venues_posterreading(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspectionfinding
    ADD CONSTRAINT inspections_inspecti_supplement_id_67193151_fk_inspectio FOREIGN KEY (supplement_id) REFERENCES public.inspections_supplement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspection_stop_id_abff04fb_fk_inspections_stop_id FOREIGN KEY (stop_id) REFERENCES public.inspections_stop(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspection_unit_id_198b8916_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_inspection
    ADD CONSTRAINT inspections_inspection_venue_id_9aadf5ab_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_measure
    ADD CONSTRAINT inspections_measure_finding_id_e28c844c_fk_inspectio FOREIGN KEY (finding_id) REFERENCES public.inspections_inspectionfinding(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_measure
    ADD CONSTRAINT inspections_measure_inspection_id_e26683b9_fk_inspectio FOREIGN KEY (inspection_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_measureevent
    ADD CONSTRAINT inspections_measuree_measure_id_e125140c_fk_inspectio FOREIGN KEY (measure_id) REFERENCES public.inspections_measure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_measureevent
    ADD CONSTRAINT inspections_measuree_officer_id_307841a7_fk_units_off FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_measurepicture
    ADD CONSTRAINT inspections_measurep_event_id_83233e44_fk_inspectio FOREIGN KEY (event_id) REFERENCES public.inspections_measureevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_recordnumber
    ADD CONSTRAINT inspections_recordnu_given_by_id_8d8275ff_fk_units_off FOREIGN KEY (given_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_recordnumber
    ADD CONSTRAINT inspections_recordnu_inspection_id_350ed5d3_fk_inspectio FOREIGN KEY (inspection_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_recordnumber
    ADD CONSTRAINT inspections_recordnumber_unit_id_abec625c_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_round
    ADD CONSTRAINT inspections_round_opened_by_id_f1881d5d_fk_units_officer_id FOREIGN KEY (opened_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_round
    ADD CONSTRAINT inspections_round_unit_id_1734c26c_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_signature
    ADD CONSTRAINT inspections_signatur_inspection_id_2eedb254_fk_inspectio FOREIGN KEY (inspection_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_stop
    ADD CONSTRAINT inspections_stop_round_id_fcdfb9be_fk_inspections_round_id FOREIGN KEY (round_id) REFERENCES public.inspections_round(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_stop
    ADD CONSTRAINT inspections_stop_venue_id_574b5aeb_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_supplement
    ADD CONSTRAINT inspections_suppleme_inspection_id_88f18747_fk_inspectio FOREIGN KEY (inspection_id) REFERENCES public.inspections_inspection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_supplement
    ADD CONSTRAINT inspections_suppleme_written_by_id_bb3c5e78_fk_units_off FOREIGN KEY (written_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_teammember
    ADD CONSTRAINT inspections_teammemb_round_id_dbd70af5_fk_inspectio FOREIGN KEY (round_id) REFERENCES public.inspections_round(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_teammember
    ADD CONSTRAINT inspections_teammember_officer_id_45f98078_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_withdrawal
    ADD CONSTRAINT inspections_withdraw_finding_id_ff68803e_fk_inspectio FOREIGN KEY (finding_id) REFERENCES public.inspections_inspectionfinding(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inspections_withdrawal
    ADD CONSTRAINT inspections_withdraw_supplement_id_5df29ec7_fk_inspectio FOREIGN KEY (supplement_id) REFERENCES public.inspections_supplement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_caseimport
    ADD CONSTRAINT intake_caseimport_officer_id_b613d004_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_caseimport
    ADD CONSTRAINT intake_caseimport_unit_id_d99358e0_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_casename
    ADD CONSTRAINT intake_casename_case_id_49a2b7e4_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_labresult
    ADD CONSTRAINT intake_labresult_case_id_f146c243_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_labresult
    ADD CONSTRAINT intake_labresult_recorded_by_id_e144f407_fk_units_officer_id FOREIGN KEY (recorded_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_labresult
    ADD CONSTRAINT intake_labresult_taken_back_by_id_4d4588bc_fk_units_officer_id FOREIGN KEY (taken_back_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_call
    ADD CONSTRAINT interviews_call_interview_id_08038a9d_fk_interview FOREIGN KEY (interview_id) REFERENCES public.interviews_contactinterview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_call
    ADD CONSTRAINT interviews_call_officer_id_b634ca9a_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_callanswer
    ADD CONSTRAINT interviews_callanswe_interview_id_d897e3d4_fk_interview FOREIGN KEY (interview_id) REFERENCES public.interviews_contactinterview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_callanswer
    ADD CONSTRAINT interviews_callanswe_step_id_0319ebfc_fk_interview FOREIGN KEY (step_id) REFERENCES public.interviews_scriptstep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_callanswer
    ADD CONSTRAINT interviews_callanswer_officer_id_d03bb2b8_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_contactgrade
    ADD CONSTRAINT interviews_contactgr_disease_id_ab30a8cf_fk_tracing_d FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT interviews_contactin_assigned_to_id_fa6c3700_fk_units_off FOREIGN KEY (assigned_to_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT interviews_contactin_grade_id_d66e3376_fk_interview FOREIGN KEY (grade_id) REFERENCES public.interviews_contactgrade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT interviews_contactin_residence_id_ef341fbd_fk_units_uni FOREIGN KEY (residence_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT interviews_contactinterview_case_id_aaf21096_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_contactinterview
    ADD CONSTRAINT interviews_contactinterview_team_id_2004500d_fk_units_unit_id FOREIGN KEY (team_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT interviews_namedperson_case_id_300b0d30_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT interviews_namedperson_commune_id_7cd68bf0_fk_units_unit_id FOREIGN KEY (commune_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT interviews_namedperson_person_id_65c22bb9_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT interviews_namedperson_told_by_id_b84e47a7_fk_units_officer_id FOREIGN KEY (told_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_namedperson
    ADD CONSTRAINT interviews_namedperson_venue_id_a4d05cd8_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_scriptstep
    ADD CONSTRAINT interviews_scriptstep_disease_id_098132f7_fk_tracing_disease_id FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_toldstay
    ADD CONSTRAINT interviews_toldstay_case_id_139e63a6_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_toldstay
    ADD CONSTRAINT interviews_toldstay_told_by_id_2756280b_fk_units_officer_id FOREIGN KEY (told_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.interviews_toldstay
    ADD CONSTRAINT interviews_toldstay_venue_id_82acb0ac_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations_invitation
    ADD CONSTRAINT invitations_invitati_confirmed_by_id_c3f3a232_fk_units_off FOREIGN KEY (confirmed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations_invitation
    ADD CONSTRAINT invitations_invitation_made_by_id_2068bf52_fk_units_officer_id FOREIGN KEY (made_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations_invitation
    ADD CONSTRAINT invitations_invitation_officer_id_a2a74b74_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_current_id_c9aa81db_fk_knowledge FOREIGN KEY (current_id) REFERENCES public.knowledge_articleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_article_id_cba279b4_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_published_by_id_95615957_fk_units_off FOREIGN KEY (published_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_written_by_id_4979f6c5_fk_units_off FOREIGN KEY (written_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_cannedanswer
    ADD CONSTRAINT knowledge_cannedansw_changed_by_id_e51c9360_fk_units_off FOREIGN KEY (changed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_optout
    ADD CONSTRAINT made_known_optout_person_id_f48c1368_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_ownermessage
    ADD CONSTRAINT made_known_ownermess_sending_id_d701f18c_fk_made_know FOREIGN KEY (sending_id) REFERENCES public.made_known_sending(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_ownermessage
    ADD CONSTRAINT made_known_ownermessage_person_id_28b86204_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_sending
    ADD CONSTRAINT made_known_sending_called_off_by_id_a1534d95_fk_units_off FOREIGN KEY (called_off_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_sending
    ADD CONSTRAINT made_known_sending_confirmed_by_id_6a131ee1_fk_units_officer_id FOREIGN KEY (confirmed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_sending
    ADD CONSTRAINT made_known_sending_prepared_by_id_33b0f853_fk_units_officer_id FOREIGN KEY (prepared_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_sending
    ADD CONSTRAINT made_known_sending_template_id_f13e22e4_fk_made_know FOREIGN KEY (template_id) REFERENCES public.made_known_materialtemplate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.made_known_sending
    ADD CONSTRAINT made_known_sending_unit_id_54580758_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.measures_measure
    ADD CONSTRAINT measures_measure_agency_id_1f6f2d87_fk_roster_agency_id FOREIGN KEY (agency_id) REFERENCES public.roster_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.measures_measure
    ADD CONSTRAINT measures_measure_recorded_by_id_397e5966_fk_units_officer_id FOREIGN KEY (recorded_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.measures_measure
    ADD CONSTRAINT measures_measure_withdraws_id_6a59f9b0_fk_measures_measure_id FOREIGN KEY (withdraws_id) REFERENCES public.measures_measure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.measures_measuredmember
    ADD CONSTRAINT measures_measuredmem_measure_id_787f17d0_fk_measures_ FOREIGN KEY (measure_id) REFERENCES public.measures_measure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_units_officer_id FOREIGN KEY (user_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.national_batch
    ADD CONSTRAINT national_batch_stream_id_ae506b1f_fk_national_stream_id FOREIGN KEY (stream_id) REFERENCES public.national_stream(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.national_standing
    ADD CONSTRAINT national_standing_paused_by_id_4642dae3_fk_units_officer_id FOREIGN KEY (paused_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_case_id_b8c1507c_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_created_by_id_f13e4d0a_fk_units_officer_id FOREIGN KEY (created_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_run_id_84510ece_fk_tracing_tracerun_id FOREIGN KEY (run_id) REFERENCES public.tracing_tracerun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_withdrawn_by_id_baa4046a_fk_units_officer_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversio_decided_by_id_22cc2118_fk_units_off FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversio_drafted_by_id_d0b4222f_fk_units_off FOREIGN KEY (drafted_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversio_submitted_by_id_7f1240ea_fk_units_off FOREIGN KEY (submitted_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversion_commune_id_b757257c_fk_units_unit_id FOREIGN KEY (commune_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversion_notice_id_cb967581_fk_notices_notice_id FOREIGN KEY (notice_id) REFERENCES public.notices_notice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticeversion
    ADD CONSTRAINT notices_noticeversion_venue_id_415fe1b0_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_answered_by_id_febfb973_fk_units_officer_id FOREIGN KEY (answered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_clock_id_129d2687_fk_oversight_reportrule_id FOREIGN KEY (clock_id) REFERENCES public.oversight_reportrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_escalated_to_id_aa94b44e_fk_units_unit_id FOREIGN KEY (escalated_to_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_merged_into_id_57b8e47b_fk_oversight_report_id FOREIGN KEY (merged_into_id) REFERENCES public.oversight_report(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_person_id_8e9e41b0_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_unit_id_998309b7_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_report
    ADD CONSTRAINT oversight_report_venue_id_18c542f9_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reportevent
    ADD CONSTRAINT oversight_reportevent_officer_id_74f2b417_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reportevent
    ADD CONSTRAINT oversight_reportevent_report_id_e8676571_fk_oversight_report_id FOREIGN KEY (report_id) REFERENCES public.oversight_report(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reportevent
    ADD CONSTRAINT oversight_reportevent_unit_id_befeec8c_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reportphoto
    ADD CONSTRAINT oversight_reportphot_published_by_id_43a25e13_fk_units_off FOREIGN KEY (published_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reportphoto
    ADD CONSTRAINT oversight_reportphoto_report_id_e057a1e0_fk_oversight_report_id FOREIGN KEY (report_id) REFERENCES public.oversight_report(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.owner_notices_ownernotice
    ADD CONSTRAINT owner_notices_ownern_person_id_a5298c9e_fk_people_pe FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.owner_notices_ownernotice
    ADD CONSTRAINT owner_notices_ownernotice_venue_id_4c30402e_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.participation_agencyday
    ADD CONSTRAINT participation_agencyday_agency_id_c9ca37fd_fk_roster_agency_id FOREIGN KEY (agency_id) REFERENCES public.roster_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_cardchange
    ADD CONSTRAINT people_cardchange_card_id_76323beb_fk_people_controlcard_id FOREIGN KEY (card_id) REFERENCES public.people_controlcard(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_consent
    ADD CONSTRAINT people_consent_person_id_a757a92f_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_issued_by_id_0e621abb_fk_units_officer_id FOREIGN KEY (issued_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_person_id_11d477e6_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_replaced_by_id_38b006c9_fk_people_co FOREIGN KEY (replaced_by_id) REFERENCES public.people_controlcard(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_revoked_by_id_bdbe2b18_fk_units_officer_id FOREIGN KEY (revoked_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_controlcard
    ADD CONSTRAINT people_controlcard_unit_id_0ec7fb98_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_credential
    ADD CONSTRAINT people_credential_person_id_5152203f_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_identity
    ADD CONSTRAINT people_identity_person_id_b725ea39_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.phones_codesrefused
    ADD CONSTRAINT phones_codesrefused_person_id_035edba5_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.phones_numberletgo
    ADD CONSTRAINT phones_numberletgo_person_id_00b6502f_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.phones_ownphone
    ADD CONSTRAINT phones_ownphone_ended_by_id_acd9a9e4_fk_units_officer_id FOREIGN KEY (ended_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.phones_ownphone
    ADD CONSTRAINT phones_ownphone_person_id_45b95bd0_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_recorded_by_id_9f1bebbf_fk_units_officer_id FOREIGN KEY (recorded_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_unit_id_e194258d_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_breachevent
    ADD CONSTRAINT privacy_breachevent_breach_id_694797e7_fk_privacy_breach_id FOREIGN KEY (breach_id) REFERENCES public.privacy_breach(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_breachevent
    ADD CONSTRAINT privacy_breachevent_officer_id_e72a0f4c_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_person_id_01c272f2_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_request_id_f52e7c43_fk_privacy_p FOREIGN KEY (request_id) REFERENCES public.privacy_personrequest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personreques_clock_id_ceb233ed_fk_privacy_r FOREIGN KEY (clock_id) REFERENCES public.privacy_requestclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personreques_received_by_id_77ea91b4_fk_units_off FOREIGN KEY (received_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personrequest_ended_by_id_4550ac27_fk_units_officer_id FOREIGN KEY (ended_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personrequest_escalated_to_id_b46217a9_fk_units_unit_id FOREIGN KEY (escalated_to_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_personrequest
    ADD CONSTRAINT privacy_personrequest_unit_id_987d8fe0_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_requestevent
    ADD CONSTRAINT privacy_requestevent_officer_id_11f554a3_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_requestevent
    ADD CONSTRAINT privacy_requestevent_request_id_057d8dfd_fk_privacy_p FOREIGN KEY (request_id) REFERENCES public.privacy_personrequest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.privacy_requestevent
    ADD CONSTRAINT privacy_requestevent_unit_id_8fb8608d_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.programs_attempt
    ADD CONSTRAINT programs_attempt_delivery_id_994e1f14_fk_programs_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.programs_delivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_delivery
    ADD CONSTRAINT programs_delivery_event_id_0e44c9e0_fk_programs_event_id FOREIGN KEY (event_id) REFERENCES public.programs_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_delivery
    ADD CONSTRAINT programs_delivery_webhook_id_9f5af948_fk_programs_webhook_id FOREIGN KEY (webhook_id) REFERENCES public.programs_webhook(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_program
    ADD CONSTRAINT programs_program_approved_by_id_9ae716a4_fk_units_officer_id FOREIGN KEY (approved_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_program
    ADD CONSTRAINT programs_program_made_by_id_9d9d917a_fk_units_officer_id FOREIGN KEY (made_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_program
    ADD CONSTRAINT programs_program_unit_id_38ba04c9_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_registration
    ADD CONSTRAINT programs_registratio_program_id_de1f5d4c_fk_programs_ FOREIGN KEY (program_id) REFERENCES public.programs_program(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_registration
    ADD CONSTRAINT programs_registration_venue_id_34f813bf_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_token
    ADD CONSTRAINT programs_token_made_by_id_a8d95679_fk_units_officer_id FOREIGN KEY (made_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_token
    ADD CONSTRAINT programs_token_program_id_59a50303_fk_programs_program_id FOREIGN KEY (program_id) REFERENCES public.programs_program(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_token
    ADD CONSTRAINT programs_token_revoked_by_id_898e9764_fk_units_officer_id FOREIGN KEY (revoked_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_webhook
    ADD CONSTRAINT programs_webhook_made_by_id_05c51b73_fk_units_officer_id FOREIGN KEY (made_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_webhook
    ADD CONSTRAINT programs_webhook_paused_by_id_4e1d1152_fk_units_officer_id FOREIGN KEY (paused_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.programs_webhook
    ADD CONSTRAINT programs_webhook_program_id_eb56797b_fk_programs_program_id FOREIGN KEY (program_id) REFERENCES public.programs_program(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_answered_by_id_607bb116_fk_units_officer_id FOREIGN KEY (answered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_clock_id_eda06360_fk_referrals_clockrule_id FOREIGN KEY (clock_id) REFERENCES public.referrals_clockrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_escalated_to_id_6035dc47_fk_units_unit_id FOREIGN KEY (escalated_to_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_handed_by_id_042deb1d_fk_units_officer_id FOREIGN KEY (handed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_unit_id_ee4e7031_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_venue_id_b76e0f17_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referralevent
    ADD CONSTRAINT referrals_referralev_referral_id_e2ad0427_fk_referrals FOREIGN KEY (referral_id) REFERENCES public.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referralevent
    ADD CONSTRAINT referrals_referralevent_officer_id_9291bb53_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referralevent
    ADD CONSTRAINT referrals_referralevent_unit_id_63a374ff_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.referrals_referralpicture
    ADD CONSTRAINT referrals_referralpi_event_id_a79396bd_fk_referrals FOREIGN KEY (event_id) REFERENCES public.referrals_referralevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.restrictions_restriction
    ADD CONSTRAINT restrictions_restriction_person_id_04d8418b_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_agency
    ADD CONSTRAINT roster_agency_unit_id_67ce216e_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_agency_venues
    ADD CONSTRAINT roster_agency_venues_agency_id_2055d7c0_fk_roster_agency_id FOREIGN KEY (agency_id) REFERENCES public.roster_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_agency_venues
    ADD CONSTRAINT roster_agency_venues_venue_id_b534bde4_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_leave
    ADD CONSTRAINT roster_leave_member_id_21b5a346_fk_roster_member_id FOREIGN KEY (member_id) REFERENCES public.roster_member(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_member
    ADD CONSTRAINT roster_member_agency_id_adfe873c_fk_roster_agency_id FOREIGN KEY (agency_id) REFERENCES public.roster_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_rosterlist
    ADD CONSTRAINT roster_rosterlist_agency_id_31f9cdd2_fk_roster_agency_id FOREIGN KEY (agency_id) REFERENCES public.roster_agency(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_rosterlist
    ADD CONSTRAINT roster_rosterlist_officer_id_3d23e457_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roster_shift
    ADD CONSTRAINT roster_shift_member_id_5fe5adf0_fk_roster_member_id FOREIGN KEY (member_id) REFERENCES public.roster_member(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_answered_by_id_88022a21_fk_units_officer_id FOREIGN KEY (answered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_clock_id_10b47202_fk_sanctions_appealclock_id FOREIGN KEY (clock_id) REFERENCES public.sanctions_appealclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_effect_by_id_2b9817d2_fk_units_officer_id FOREIGN KEY (effect_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_escalated_to_id_23adea2c_fk_units_unit_id FOREIGN KEY (escalated_to_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_sanction_id_9abddb4d_fk_sanctions_sanction_id FOREIGN KEY (sanction_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_appeal
    ADD CONSTRAINT sanctions_appeal_unit_id_c5aacc72_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_legalbasis
    ADD CONSTRAINT sanctions_legalbasis_added_by_id_38bfd49a_fk_units_officer_id FOREIGN KEY (added_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_legalbasis
    ADD CONSTRAINT sanctions_legalbasis_unit_id_dc8c63d3_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_by_appeal_id_4a0abba4_fk_sanctions_appeal_id FOREIGN KEY (by_appeal_id) REFERENCES public.sanctions_appeal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_clock_id_3d2d4c54_fk_sanctions FOREIGN KEY (clock_id) REFERENCES public.sanctions_appealclock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_corrects_id_9e4292c4_fk_sanctions FOREIGN KEY (corrects_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_decided_by_id_28ad5e47_fk_units_officer_id FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_issuer_unit_id_83e3cfbd_fk_units_unit_id FOREIGN KEY (issuer_unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_lifts_id_07868f16_fk_sanctions_sanction_id FOREIGN KEY (lifts_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_proposed_by_id_4b4afda7_fk_units_officer_id FOREIGN KEY (proposed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_unit_id_3b1e80f9_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanction
    ADD CONSTRAINT sanctions_sanction_venue_id_e48627c5_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionbasis
    ADD CONSTRAINT sanctions_sanctionba_basis_id_c4a8c5a7_fk_sanctions FOREIGN KEY (basis_id) REFERENCES public.sanctions_legalbasis(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionbasis
    ADD CONSTRAINT sanctions_sanctionba_sanction_id_bb5613d5_fk_sanctions FOREIGN KEY (sanction_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionevent
    ADD CONSTRAINT sanctions_sanctionev_other_id_bf8149a2_fk_sanctions FOREIGN KEY (other_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionevent
    ADD CONSTRAINT sanctions_sanctionev_sanction_id_e7ff5fb0_fk_sanctions FOREIGN KEY (sanction_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionevent
    ADD CONSTRAINT sanctions_sanctionevent_officer_id_7b6982df_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionevent
    ADD CONSTRAINT sanctions_sanctionevent_unit_id_ad821510_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionground
    ADD CONSTRAINT sanctions_sanctiongr_sanction_id_113eb6ac_fk_sanctions FOREIGN KEY (sanction_id) REFERENCES public.sanctions_sanction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_sanctionpicture
    ADD CONSTRAINT sanctions_sanctionpi_event_id_024cf3df_fk_sanctions FOREIGN KEY (event_id) REFERENCES public.sanctions_sanctionevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_suspensionalert
    ADD CONSTRAINT sanctions_suspension_seen_by_id_fb18c493_fk_units_off FOREIGN KEY (seen_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sanctions_suspensionalert
    ADD CONSTRAINT sanctions_suspensionalert_unit_id_5c177dde_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_dismissal
    ADD CONSTRAINT signs_dismissal_dismissed_by_id_ac0491c7_fk_units_officer_id FOREIGN KEY (dismissed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_dismissal
    ADD CONSTRAINT signs_dismissal_venue_id_14c3d441_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_dismissal
    ADD CONSTRAINT signs_dismissal_withdrawn_by_id_68a1f94d_fk_units_officer_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_screeningrun
    ADD CONSTRAINT signs_screeningrun_asked_by_id_6dedc2fa_fk_units_officer_id FOREIGN KEY (asked_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_screeningrun
    ADD CONSTRAINT signs_screeningrun_earlier_id_68a0298e_fk_signs_screeningrun_id FOREIGN KEY (earlier_id) REFERENCES public.signs_screeningrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_sign
    ADD CONSTRAINT signs_sign_run_id_a768b735_fk_signs_screeningrun_id FOREIGN KEY (run_id) REFERENCES public.signs_screeningrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signs_sign
    ADD CONSTRAINT signs_sign_venue_id_e584f706_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_social_user_id_8146e70c_fk_units_off FOREIGN KEY (user_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_aerosoltail
    ADD CONSTRAINT tracing_aerosoltail_rule_id_500c2bc1_fk_tracing_doctrinerule_id FOREIGN KEY (rule_id) REFERENCES public.tracing_doctrinerule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_disease_id_7e4ed77b_fk_tracing_disease_id FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_intake_id_e01aa4e6_fk_intake_caseimport_id FOREIGN KEY (intake_id) REFERENCES public.intake_caseimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_person_id_d5c2d47e_fk_people_person_id FOREIGN KEY (person_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_registered_by_id_5b83d30a_fk_units_officer_id FOREIGN KEY (registered_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_rule_id_06e9cc25_fk_tracing_doctrinerule_id FOREIGN KEY (rule_id) REFERENCES public.tracing_doctrinerule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_source_contact_id_9585c095_fk_tracing_contact_id FOREIGN KEY (source_contact_id) REFERENCES public.tracing_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_case
    ADD CONSTRAINT tracing_case_unit_id_25df6799_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_contact
    ADD CONSTRAINT tracing_contact_interview_id_b02574a5_fk_interview FOREIGN KEY (interview_id) REFERENCES public.interviews_contactinterview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_contact
    ADD CONSTRAINT tracing_contact_run_id_46fc9e92_fk_tracing_tracerun_id FOREIGN KEY (run_id) REFERENCES public.tracing_tracerun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_contact
    ADD CONSTRAINT tracing_contact_venue_id_460742f3_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_crowdnotice
    ADD CONSTRAINT tracing_crowdnotice_run_id_86ca4447_fk_tracing_tracerun_id FOREIGN KEY (run_id) REFERENCES public.tracing_tracerun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_crowdnotice
    ADD CONSTRAINT tracing_crowdnotice_venue_id_46407f98_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_disclosure
    ADD CONSTRAINT tracing_disclosure_decided_by_id_5416c2af_fk_units_officer_id FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_disclosure
    ADD CONSTRAINT tracing_disclosure_requested_by_id_5f7b21b6_fk_units_officer_id FOREIGN KEY (requested_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_disclosure
    ADD CONSTRAINT tracing_disclosure_run_id_6237fb22_fk_tracing_tracerun_id FOREIGN KEY (run_id) REFERENCES public.tracing_tracerun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_doctrinerule
    ADD CONSTRAINT tracing_doctrinerule_disease_id_a1f97027_fk_tracing_disease_id FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_epidemiologicalparameters
    ADD CONSTRAINT tracing_epidemiologi_disease_id_f589d95f_fk_tracing_d FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_tracerun
    ADD CONSTRAINT tracing_tracerun_case_id_cd74ca1d_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tracing_tracerun
    ADD CONSTRAINT tracing_tracerun_requested_by_id_812e20e7_fk_units_officer_id FOREIGN KEY (requested_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_appointment
    ADD CONSTRAINT units_appointment_in_place_of_id_4e45c6c4_fk_units_officer_id FOREIGN KEY (in_place_of_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_appointment
    ADD CONSTRAINT units_appointment_officer_id_d1ea5145_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_appointment
    ADD CONSTRAINT units_appointment_unit_id_550e5f85_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_auditentry
    ADD CONSTRAINT units_auditentry_actor_id_7bfc3707_fk_units_officer_id FOREIGN KEY (actor_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_auditentry
    ADD CONSTRAINT units_auditentry_in_place_of_id_65b9b812_fk_units_officer_id FOREIGN KEY (in_place_of_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_officer
    ADD CONSTRAINT units_officer_acts_under_id_3ecc8512_fk_units_appointment_id FOREIGN KEY (acts_under_id) REFERENCES public.units_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_officer_groups
    ADD CONSTRAINT units_officer_groups_group_id_70f1a260_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_officer_groups
    ADD CONSTRAINT units_officer_groups_officer_id_45a7091b_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_officer_user_permissions
    ADD CONSTRAINT units_officer_user_p_officer_id_acb04a9e_fk_units_off FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_officer_user_permissions
    ADD CONSTRAINT units_officer_user_p_permission_id_90334884_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_proposal
    ADD CONSTRAINT units_proposal_decided_by_id_bf8c70fc_fk_units_officer_id FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_proposal
    ADD CONSTRAINT units_proposal_officer_id_c6a65f38_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_proposal
    ADD CONSTRAINT units_proposal_proposed_by_id_50297bee_fk_units_officer_id FOREIGN KEY (proposed_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_proposal
    ADD CONSTRAINT units_proposal_unit_id_c8da1d5f_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_stint
    ADD CONSTRAINT units_stint_appointment_id_cf730b09_fk_units_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.units_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_stint
    ADD CONSTRAINT units_stint_officer_id_95214df5_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_successor
    ADD CONSTRAINT units_successor_earlier_id_7369b7cb_fk_units_unit_id FOREIGN KEY (earlier_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_successor
    ADD CONSTRAINT units_successor_later_id_6042c7af_fk_units_unit_id FOREIGN KEY (later_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_unit
    ADD CONSTRAINT units_unit_parent_id_7bc80175_fk_units_unit_id FOREIGN KEY (parent_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_units_officer_id FOREIGN KEY (user_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venue_lists_venuelist
    ADD CONSTRAINT venue_lists_venuelist_officer_id_ee42f7bf_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venue_lists_venuelist
    ADD CONSTRAINT venue_lists_venuelist_unit_id_8454daa3_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venue_lists_venuerow
    ADD CONSTRAINT venue_lists_venuerow_venue_id_47cd5629_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venue_lists_venuerow
    ADD CONSTRAINT venue_lists_venuerow_venue_list_id_dc15d665_fk_venue_lis FOREIGN KEY (venue_list_id) REFERENCES public.venue_lists_venuelist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_gatedevice
    ADD CONSTRAINT venues_gatedevice_venue_id_c8cab828_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_gateinvitation
    ADD CONSTRAINT venues_gateinvitation_venue_id_bf33c4af_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_modeorder_categories
    ADD CONSTRAINT venues_modeorder_cat_category_id_53a0f76d_fk_venues_ca FOREIGN KEY (category_id) REFERENCES public.venues_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_modeorder_categories
    ADD CONSTRAINT venues_modeorder_cat_modeorder_id_e6b9a0b6_fk_venues_mo FOREIGN KEY (modeorder_id) REFERENCES public.venues_modeorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_modeorder
    ADD CONSTRAINT venues_modeorder_issuer_id_146ad2c1_fk_units_unit_id FOREIGN KEY (issuer_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_modeorder
    ADD CONSTRAINT venues_modeorder_made_by_id_d9fd5fcc_fk_units_officer_id FOREIGN KEY (made_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_modeorder
    ADD CONSTRAINT venues_modeorder_unit_id_f4c9611d_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_modeorder
    ADD CONSTRAINT venues_modeorder_withdrawn_by_id_b3c7190a_fk_units_officer_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_poster
    ADD CONSTRAINT venues_poster_venue_id_4f64151e_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_posterreading
    ADD CONSTRAINT venues_posterreading_officer_id_b30a6bb7_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_posterreading
    ADD CONSTRAINT venues_posterreading_venue_id_61f35319_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venue
    ADD CONSTRAINT venues_venue_category_id_fccc6366_fk_venues_category_id FOREIGN KEY (category_id) REFERENCES public.venues_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venue
    ADD CONSTRAINT venues_venue_decided_by_id_78fce128_fk_units_officer_id FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venue
    ADD CONSTRAINT venues_venue_owner_id_97d17b46_fk_people_person_id FOREIGN KEY (owner_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venue
    ADD CONSTRAINT venues_venue_unit_id_7343d055_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venuehold
    ADD CONSTRAINT venues_venuehold_venue_id_d6a1ba79_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venuepicture
    ADD CONSTRAINT venues_venuepicture_uploader_id_b9200256_fk_people_person_id FOREIGN KEY (uploader_id) REFERENCES public.people_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.venues_venuepicture
    ADD CONSTRAINT venues_venuepicture_venue_id_2aaf446a_fk_venues_venue_id FOREIGN KEY (venue_id) REFERENCES public.venues_venue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.watch_alarm
    ADD CONSTRAINT watch_alarm_officer_id_d97e7f58_fk_units_officer_id FOREIGN KEY (officer_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.watch_alarm
    ADD CONSTRAINT watch_alarm_rule_id_4298b3bb_fk_watch_rule_id FOREIGN KEY (rule_id) REFERENCES public.watch_rule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.watch_alarm
    ADD CONSTRAINT watch_alarm_seen_by_id_496c7649_fk_units_officer_id FOREIGN KEY (seen_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presence
    ADD CONSTRAINT zones_presence_presence_list_id_9cb64393_fk_zones_pre FOREIGN KEY (presence_list_id) REFERENCES public.zones_presencelist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presencedisclosure
    ADD CONSTRAINT zones_presencedisclo_decided_by_id_72720378_fk_units_off FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presencedisclosure
    ADD CONSTRAINT zones_presencedisclo_presence_list_id_fc982ff9_fk_zones_pre FOREIGN KEY (presence_list_id) REFERENCES public.zones_presencelist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presencedisclosure
    ADD CONSTRAINT zones_presencedisclo_requested_by_id_39c22dc3_fk_units_off FOREIGN KEY (requested_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presencelist
    ADD CONSTRAINT zones_presencelist_case_id_c58ca260_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presencelist
    ADD CONSTRAINT zones_presencelist_made_by_id_3751e9f0_fk_units_officer_id FOREIGN KEY (made_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_presencelist
    ADD CONSTRAINT zones_presencelist_order_id_1549d3d6_fk_zones_zoneorder_id FOREIGN KEY (order_id) REFERENCES public.zones_zoneorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_publicfigure
    ADD CONSTRAINT zones_publicfigure_unit_id_7c4e1759_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zone
    ADD CONSTRAINT zones_zone_disease_id_7555f646_fk_tracing_disease_id FOREIGN KEY (disease_id) REFERENCES public.tracing_disease(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zone
    ADD CONSTRAINT zones_zone_unit_id_95ca2c4b_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder_cases
    ADD CONSTRAINT zones_zoneorder_case_zoneorder_id_852f3cd6_fk_zones_zon FOREIGN KEY (zoneorder_id) REFERENCES public.zones_zoneorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder_cases
    ADD CONSTRAINT zones_zoneorder_cases_case_id_58a1c6d6_fk_tracing_case_id FOREIGN KEY (case_id) REFERENCES public.tracing_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder_categories
    ADD CONSTRAINT zones_zoneorder_cate_category_id_a28534b8_fk_venues_ca FOREIGN KEY (category_id) REFERENCES public.venues_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder_categories
    ADD CONSTRAINT zones_zoneorder_cate_zoneorder_id_62e46c08_fk_zones_zon FOREIGN KEY (zoneorder_id) REFERENCES public.zones_zoneorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder_communes
    ADD CONSTRAINT zones_zoneorder_comm_zoneorder_id_b0eaf8ed_fk_zones_zon FOREIGN KEY (zoneorder_id) REFERENCES public.zones_zoneorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder_communes
    ADD CONSTRAINT zones_zoneorder_communes_unit_id_f82071e4_fk_units_unit_id FOREIGN KEY (unit_id) REFERENCES public.units_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder
    ADD CONSTRAINT zones_zoneorder_decided_by_id_fa3f76d9_fk_units_officer_id FOREIGN KEY (decided_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder
    ADD CONSTRAINT zones_zoneorder_drafted_by_id_0ece7cb1_fk_units_officer_id FOREIGN KEY (drafted_by_id) REFERENCES public.units_officer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder
    ADD CONSTRAINT zones_zoneorder_level_id_54034734_fk_zones_risklevel_id FOREIGN KEY (level_id) REFERENCES public.zones_risklevel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.zones_zoneorder
    ADD CONSTRAINT zones_zoneorder_zone_id_a768a205_fk_zones_zone_id FOREIGN KEY (zone_id) REFERENCES public.zones_zone(id) DEFERRABLE INITIALLY DEFERRED;
REVOKE ALL ON FUNCTION public.door_changed_venues(known pg_snapshot) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.door_check_in(scans public.door_scan[]) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_check_in(scans public.door_scan[]) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.door_check_in_known(scans public.door_scan[], known pg_snapshot) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_check_in_known(scans public.door_scan[], known pg_snapshot) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.door_check_out(leavings public.door_leaving[]) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_check_out(leavings public.door_leaving[]) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.door_gate_scan(items public.door_gate_item[], nameless bytea) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_gate_scan(items public.door_gate_item[], nameless bytea) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.door_scan_attempt(scans public.door_scan[]) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_scan_attempt(scans public.door_scan[]) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.door_signed_out(since timestamp with time zone) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_signed_out(since timestamp with time zone) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.door_venues(since pg_snapshot) FROM PUBLIC;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dauchan_door') THEN
    GRANT ALL ON FUNCTION public.door_venues(since pg_snapshot) TO dauchan_door;
END IF; END $$;
REVOKE ALL ON FUNCTION public.gate_record(items public.door_gate_item[], nameless bytea, released boolean) FROM PUBLIC;
