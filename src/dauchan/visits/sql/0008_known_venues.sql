-- What the door may remember of venues. Looking a venue up for every scan costs a third of a scan in a list; venues change a few times
-- a day. So the door remembers them, says with each group as of when, and its rows count only where no venue has changed since.

-- The last change of a venue, as far as it matters to the door; one row a venue, made by the triggers below.
CREATE TABLE door_venue_change (
    venue_id   bigint PRIMARY KEY,
    changed_in xid8 NOT NULL
);

COMMENT ON TABLE door_venue_change IS 'Which transaction last changed what the door knows of a venue.';

CREATE INDEX door_venue_change_in ON door_venue_change (changed_in);

CREATE FUNCTION door_note_venue_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO door_venue_change VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, pg_current_xact_id())
    ON CONFLICT (venue_id) DO UPDATE SET changed_in = excluded.changed_in;
    RETURN NULL;
END $$;

CREATE TRIGGER door_venue_came_or_went AFTER INSERT OR DELETE ON venues_venue
    FOR EACH ROW EXECUTE FUNCTION door_note_venue_change();
CREATE TRIGGER door_venue_changed AFTER UPDATE OF status, lat, lon, opening_hours ON venues_venue
    FOR EACH ROW WHEN ((OLD.status, OLD.lat, OLD.lon, OLD.opening_hours) IS DISTINCT FROM (NEW.status, NEW.lat, NEW.lon, NEW.opening_hours))
    EXECUTE FUNCTION door_note_venue_change();

-- The venues that changed since what was known, all of them where nothing was; an index of changes finds none in one probe.
-- Visible means: committed before the snapshot was taken, so a long transaction that commits late is not missed.
CREATE FUNCTION door_changed_venues(known pg_snapshot) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT venue_id FROM door_venue_change
    WHERE changed_in >= pg_snapshot_xmin(known) AND NOT pg_visible_in_snapshot(changed_in, known)
$$;

-- What the door remembers: status (null where the venue is gone), place, and the minutes of the week at which the hours begin and end.
CREATE FUNCTION door_venues(since pg_snapshot)
RETURNS TABLE (venue_id bigint, status text, lat double precision, lon double precision, hours integer[], known text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT wanted.id, v.status, v.lat, v.lon,
           (SELECT array_agg(edge ORDER BY edge) FROM unnest(v.scan_hours) AS r CROSS JOIN LATERAL (VALUES (lower(r)), (upper(r))) AS e (edge)),
           pg_current_snapshot()::text
    FROM (SELECT id FROM venues_venue WHERE since IS NULL UNION ALL SELECT door_changed_venues(since)) AS wanted
    LEFT JOIN venues_venue AS v ON v.id = wanted.id
$$;

-- Records a group of check-ins whose labels the door judged by the venues it knows: true when every scan was recorded as it was
-- sent. False: nothing was written, because a venue has changed or an identifier is there already; then door_check_in decides.
CREATE FUNCTION door_check_in_known(scans door_scan[], known pg_snapshot) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan TO off AS $$
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

REVOKE ALL ON FUNCTION door_venues(pg_snapshot), door_check_in_known(door_scan[], pg_snapshot), door_changed_venues(pg_snapshot) FROM PUBLIC;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dauchan_door') THEN
        GRANT EXECUTE ON FUNCTION door_venues(pg_snapshot), door_check_in_known(door_scan[], pg_snapshot) TO dauchan_door;
    END IF;
END $$;
