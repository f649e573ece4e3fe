-- What a head has signed, and what was reported of a week, stays as it is: rows are added, never changed and never removed.

CREATE FUNCTION accountability_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was signed stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON accountability_explanation
    FOR EACH ROW EXECUTE FUNCTION accountability_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON accountability_explaineditem
    FOR EACH ROW EXECUTE FUNCTION accountability_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON accountability_weeklyreport
    FOR EACH ROW EXECUTE FUNCTION accountability_stays();
