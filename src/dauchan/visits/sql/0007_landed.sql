-- Which transaction brought a row. A day's segment on disk keeps the snapshot in which the day was read; what that snapshot did not
-- show is found by this number, exactly: neither the clock nor the order of commits matters, and a row that is moved to another
-- partition keeps it (its xmin would change, and is a subtransaction's where a savepoint was open).
-- Null: of before this column, and so shown to every snapshot since.

ALTER TABLE check_in ADD COLUMN landed bigint;
ALTER TABLE check_out ADD COLUMN landed bigint;
ALTER TABLE check_in ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint;
ALTER TABLE check_out ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint;
COMMENT ON COLUMN check_in.landed IS 'the transaction that inserted the row; null before there was this column';
COMMENT ON COLUMN check_out.landed IS 'the transaction that inserted the row; null before there was this column';

CREATE INDEX check_in_landed ON check_in USING brin (landed) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX check_out_landed ON check_out USING brin (landed) WITH (pages_per_range = 32, autosummarize = on);

-- Who was checked in or out by rows that a snapshot did not show, and when the visit began: entries in [start, after). The first test
-- is for the index, the second is exact. Never a scan of whole days, whatever the statistics say: most days have next to nothing late.
CREATE FUNCTION ledger_late(seen pg_snapshot, start timestamptz, after timestamptz) RETURNS TABLE (person_id bigint, entered_at timestamptz)
LANGUAGE sql STABLE SET enable_seqscan TO off SET enable_hashjoin TO off SET enable_mergejoin TO off AS $$
    SELECT i.person_id, i.entered_at
    FROM check_in AS i
    WHERE i.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(i.landed::text::xid8, seen)
      AND i.entered_at >= start AND i.entered_at < after
    UNION ALL
    SELECT i.person_id, i.entered_at
    FROM check_out AS o
    CROSS JOIN LATERAL (SELECT c.person_id, c.entered_at FROM check_in AS c WHERE c.check_in_id = o.check_in_id OFFSET 0) AS i
    WHERE o.landed >= pg_snapshot_xmin(seen)::text::bigint AND NOT pg_visible_in_snapshot(o.landed::text::xid8, seen)
      AND i.entered_at >= start AND i.entered_at < after
$$;

-- Where transaction numbers come from: this server and this database. Restored elsewhere, they mean something else.
CREATE FUNCTION ledger_here() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid FROM pg_database WHERE datname = current_database()
$$;

CREATE TABLE ledger_home (single boolean PRIMARY KEY DEFAULT true CHECK (single), home text NOT NULL);
INSERT INTO ledger_home (home) VALUES (ledger_here());

-- In a database restored elsewhere: forget the numbers of the old one and every segment made there. True where there was something
-- to forget. The columns are dropped and made anew, which changes no row; nobody writes to the ledger in between.
CREATE FUNCTION ledger_settle() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_home WHERE home <> ledger_here() FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    ALTER TABLE check_in DROP COLUMN landed;
    ALTER TABLE check_out DROP COLUMN landed;
    ALTER TABLE check_in ADD COLUMN landed bigint;
    ALTER TABLE check_out ADD COLUMN landed bigint;
    ALTER TABLE check_in ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint;
    ALTER TABLE check_out ALTER COLUMN landed SET DEFAULT (pg_current_xact_id()::text)::bigint;
    CREATE INDEX check_in_landed ON check_in USING brin (landed) WITH (pages_per_range = 32, autosummarize = on);
    CREATE INDEX check_out_landed ON check_out USING brin (landed) WITH (pages_per_range = 32, autosummarize = on);
    DELETE FROM visits_segment;
    UPDATE ledger_home SET home = ledger_here();
    RETURN true;
END $$;
