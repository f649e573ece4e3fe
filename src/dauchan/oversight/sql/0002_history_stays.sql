-- What happened to a citizen's report stays told: lines are added, never changed and never removed. A report itself stays too.

CREATE FUNCTION report_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of a report stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- What was answered before there was a history.
INSERT INTO oversight_reportevent (report_id, kind, at, officer_id, unit_id, words, outcome, mark)
    SELECT id, 'answered', answered_at, answered_by_id, unit_id, answer, '', '' FROM oversight_report WHERE status = 'answered';

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON oversight_reportevent
    FOR EACH ROW EXECUTE FUNCTION report_history_stays();
CREATE TRIGGER stays BEFORE DELETE ON oversight_report
    FOR EACH ROW EXECUTE FUNCTION report_history_stays();
