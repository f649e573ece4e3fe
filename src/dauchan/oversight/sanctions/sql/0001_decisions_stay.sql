-- The history of a sanction is never rewritten. What a decision says is fixed from its first word on; who approved it and
-- under which number is written once; afterwards only its state moves on, and never back from its end. A correction is a
-- decision of its own, which cites the old one.

CREATE FUNCTION sanction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION sanction_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of a sanction stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION sanction_appeal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON sanctions_sanction
    FOR EACH ROW EXECUTE FUNCTION sanction_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON sanctions_sanctionbasis
    FOR EACH ROW EXECUTE FUNCTION sanction_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON sanctions_sanctionground
    FOR EACH ROW EXECUTE FUNCTION sanction_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON sanctions_sanctionevent
    FOR EACH ROW EXECUTE FUNCTION sanction_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON sanctions_sanctionpicture
    FOR EACH ROW EXECUTE FUNCTION sanction_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON sanctions_appeal
    FOR EACH ROW EXECUTE FUNCTION sanction_appeal_stays();
