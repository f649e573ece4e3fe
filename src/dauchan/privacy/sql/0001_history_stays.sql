-- What happened stays told. Breaches and certificates are never changed or removed; a request's history is only ever added
-- to, and goes with the request when retention says so.

CREATE FUNCTION privacy_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('dauchan.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'history stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON privacy_requestevent
    FOR EACH ROW EXECUTE FUNCTION privacy_history_stays();
CREATE TRIGGER stays BEFORE DELETE ON privacy_personrequest
    FOR EACH ROW EXECUTE FUNCTION privacy_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON privacy_breachevent
    FOR EACH ROW EXECUTE FUNCTION privacy_history_stays();
CREATE TRIGGER stays BEFORE DELETE ON privacy_breach
    FOR EACH ROW EXECUTE FUNCTION privacy_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON privacy_purgecertificate
    FOR EACH ROW EXECUTE FUNCTION privacy_history_stays();
