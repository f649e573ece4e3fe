-- As in 0001, and with the labels of the venue (0002_rules.sql).

-- Records a group of check-ins. Answers with no row at all when every scan was recorded just as the door sent it, else
-- with a row for each: outcome 1 recorded, 2 repeated (with the first answer), 3 refused (kept as a scan attempt).
CREATE OR REPLACE FUNCTION door_check_in(scans door_scan[])
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
