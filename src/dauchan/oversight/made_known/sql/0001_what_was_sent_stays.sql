-- The log of messages to owners is never shortened; what stands in it of a message that has gone out is never reworded.

CREATE FUNCTION made_known_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was sent to owners stays told: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE DELETE ON made_known_sending
    FOR EACH ROW EXECUTE FUNCTION made_known_stays();
CREATE TRIGGER stays BEFORE DELETE ON made_known_ownermessage
    FOR EACH ROW EXECUTE FUNCTION made_known_stays();
CREATE TRIGGER stays_worded BEFORE UPDATE ON made_known_ownermessage
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text OR (OLD.sent_at IS NOT NULL AND OLD.sent_at IS DISTINCT FROM NEW.sent_at))
    EXECUTE FUNCTION made_known_stays();
