-- What others are told of is written down by the transaction that changes it, whatever code that was: nothing is told that
-- was rolled back, and nothing that was committed is missed. Nobody to tell, nothing written.

CREATE FUNCTION programs_tell(kind text, unit_id bigint, told jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM programs_webhook WHERE ended_at IS NULL AND kinds @> to_jsonb(kind)) THEN
        INSERT INTO programs_event (event_id, kind, unit_id, told, at)
        VALUES (gen_random_uuid(), kind, unit_id, told, clock_timestamp());
    END IF;
END $$;

-- Of sensitive places nothing is told; of those not yet approved neither.
CREATE FUNCTION programs_tell_of_venue() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION programs_tell_of_referral() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION programs_tell_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.status, OLD.unit_id) IS NOT DISTINCT FROM (NEW.status, NEW.unit_id) THEN
        RETURN NULL;
    END IF;
    PERFORM programs_tell('case.changed', NEW.unit_id,
        jsonb_build_object('case_code', NEW.code, 'unit_id', NEW.unit_id, 'status', NEW.status));
    RETURN NULL;
END $$;

CREATE FUNCTION programs_tell_of_screening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'done' AND OLD.outcome IS DISTINCT FROM NEW.outcome THEN
        PERFORM programs_tell('signs.screened', NULL, jsonb_build_object('on', NEW."on"));
    END IF;
    RETURN NULL;
END $$;

-- A day is counted again and again while it lasts; it is told of once, when it is over.
CREATE FUNCTION programs_tell_of_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over timestamptz := (NEW.day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
BEGIN
    IF NEW.counted_at >= over AND (TG_OP = 'INSERT' OR OLD.counted_at < over) THEN
        PERFORM programs_tell('indicators.counted', NULL, jsonb_build_object('day', NEW.day));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON venues_venue
    FOR EACH ROW EXECUTE FUNCTION programs_tell_of_venue();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION programs_tell_of_referral();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON tracing_case
    FOR EACH ROW EXECUTE FUNCTION programs_tell_of_case();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON signs_screeningrun
    FOR EACH ROW EXECUTE FUNCTION programs_tell_of_screening();
CREATE TRIGGER programs_tell AFTER INSERT OR UPDATE ON compliance_countedday
    FOR EACH ROW EXECUTE FUNCTION programs_tell_of_day();
