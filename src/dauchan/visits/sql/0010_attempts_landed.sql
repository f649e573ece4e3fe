-- Scans that failed know the transaction that brought them, as check-ins and check-outs do (0007): what is sent to others follows the order
-- in which rows became visible, and no clock.

ALTER TABLE scan_attempt ADD COLUMN landed bigint;
ALTER TABLE scan_attempt ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint;
COMMENT ON COLUMN scan_attempt.landed IS 'the transaction that inserted the row; null before there was this column';
CREATE INDEX scan_attempt_landed ON scan_attempt USING brin (landed) WITH (pages_per_range = 32, autosummarize = on);

-- As in 0007, for three tables.
CREATE OR REPLACE FUNCTION ledger_settle() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    ledger text;
BEGIN
    PERFORM FROM ledger_home WHERE home <> ledger_here() FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    FOREACH ledger IN ARRAY ARRAY['check_in', 'check_out', 'scan_attempt'] LOOP
        EXECUTE format('ALTER TABLE %I DROP COLUMN landed', ledger);
        EXECUTE format('ALTER TABLE %I ADD COLUMN landed bigint', ledger);
        EXECUTE format('ALTER TABLE %I ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint', ledger);
        EXECUTE format('CREATE INDEX %I ON %I USING brin (landed) WITH (pages_per_range = 32, autosummarize = on)',
                       ledger || '_landed', ledger);
    END LOOP;
    DELETE FROM visits_segment;
    UPDATE ledger_home SET home = ledger_here();
    RETURN true;
END $$;
