-- What was signed at a door stays as it was signed; what happened to a measure stays told. Lines are added, never changed
-- and never removed. A measure itself changes its state, but is never removed.

CREATE FUNCTION inspection_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a record of inspection stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_inspection
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_inspectionfinding
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_inspectionpicture
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_signature
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_recordnumber
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_supplement
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_withdrawal
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_measureevent
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_measurepicture
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON inspections_draw
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
CREATE TRIGGER stays BEFORE DELETE ON inspections_measure
    FOR EACH ROW EXECUTE FUNCTION inspection_record_stays();
