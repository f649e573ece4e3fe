-- Measures are added, never changed and never removed. Names go once the day is over until which they are kept.

CREATE FUNCTION measures_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a measure stays as it was recorded: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION measures_stay();
CREATE TRIGGER stays_as_it_is BEFORE UPDATE ON measures_measuredmember
    FOR EACH ROW EXECUTE FUNCTION measures_stay();
CREATE TRIGGER stays BEFORE DELETE ON measures_measuredmember
    FOR EACH ROW WHEN (OLD.kept_until >= current_date) EXECUTE FUNCTION measures_stay();
