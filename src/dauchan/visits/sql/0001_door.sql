-- What the door may do: three functions, each for a group of rows that arrived together. Its role may execute them and
-- nothing else. Numbers are those of dauchan.visits.registry; a test compares them.

-- One scan as the door verified it. `reason` is 0, or an AttemptReason where the door has already refused it.
CREATE TYPE door_scan AS (
    check_in_id    uuid,
    person_id      bigint,
    venue_id       bigint,
    entered_at     timestamptz,
    device_at      timestamptz,
    received_at    timestamptz,
    labels         integer,
    poster_version smallint,
    source         smallint,
    assurance      smallint,
    party          smallint,
    reason         smallint,
    code_hash      bigint,
    device_id      bigint,
    lat            real,
    lon            real,
    accuracy_m     real
);

-- Records a group of check-ins. Answers with no row at all when every scan was recorded just as the door sent it, else
-- with a row for each: outcome 1 recorded, 2 repeated (with the first answer), 3 refused (kept as a scan attempt).
CREATE FUNCTION door_check_in(scans door_scan[])
RETURNS TABLE (nth integer, outcome smallint, venue_id bigint, entered_at timestamptz, received_at timestamptz,
               labels integer, reason smallint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
               s.labels | CASE v.status WHEN 'suspended' THEN 8 WHEN 'closed' THEN 16 ELSE 0 END,
               s.lat, s.lon, s.accuracy_m, s.poster_version, s.source, s.assurance, s.party
        FROM unnest(scans) AS s
        CROSS JOIN LATERAL (SELECT w.status FROM venues_venue AS w WHERE w.id = s.venue_id OFFSET 0) AS v
        WHERE s.reason = 0 AND v.status IN ('approved', 'suspended', 'closed')
        ON CONFLICT (check_in_id) DO NOTHING
        RETURNING check_in_id, labels
    )
    SELECT array_agg(check_in_id), count(*) FILTER (WHERE labels & 24 <> 0) INTO stored, marked FROM landed;

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

-- One check-out; the door has already moved a time in the future to the present.
CREATE TYPE door_leaving AS (
    check_out_id uuid,
    check_in_id  uuid,
    person_id    bigint,
    venue_id     bigint,
    left_at      timestamptz,
    device_at    timestamptz,
    received_at  timestamptz,
    labels       integer,
    closed_by    smallint,
    device_id    bigint
);

-- Records a group of check-outs, a row of answer for each: outcome 1 recorded, 2 repeated, 3 refused, with reason
-- 1 somebody else's visit, 2 before the entry. A check-out that overtook its check-in is kept with the label unmatched
-- (512); whether it counts is decided when the visit is read. Two minutes before the entry are a clock's fault.
CREATE FUNCTION door_check_out(leavings door_leaving[])
RETURNS TABLE (nth integer, outcome smallint, left_at timestamptz, received_at timestamptz, labels integer, reason smallint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

-- Keeps a group of failed scans: `reason` is set in every one. Answers how many were new.
CREATE FUNCTION door_scan_attempt(scans door_scan[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

REVOKE ALL ON FUNCTION door_check_in(door_scan[]), door_check_out(door_leaving[]), door_scan_attempt(door_scan[]) FROM PUBLIC;

-- The role. A hosted database may not let us make one: docs/door.md tells its operator what to grant.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dauchan_door') THEN
        CREATE ROLE dauchan_door LOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN RAISE NOTICE 'no right to create the role dauchan_door';
    WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was faster
END $$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dauchan_door') THEN
        GRANT EXECUTE ON FUNCTION door_check_in(door_scan[]), door_check_out(door_leaving[]), door_scan_attempt(door_scan[])
            TO dauchan_door;
    END IF;
END $$;
