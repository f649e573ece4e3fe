-- Partitions of the ledger: a local day is opened ahead of time and dropped when its time is up.

-- The smallest UUIDv7 of a local day in Viet Nam.
CREATE FUNCTION ledger_day_floor(day date) RETURNS uuid LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') * 1000)::bigint), 12, '0')
            || repeat('0', 20))::uuid
$$;

-- Gives a day its partition in one table and moves rows there that had to wait in the default partition.
-- True when a partition was made. The new table is attached, which never locks the whole ledger.
CREATE FUNCTION ledger_open_table_day(ledger text, day date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    partition text := ledger || to_char(day, '_YYYYMMDD');
    bounds    text := format('%L AND %L', ledger_day_floor(day), ledger_day_floor(day + 1));
    key       text := CASE ledger WHEN 'scan_attempt' THEN 'attempt_id' ELSE 'check_in_id' END;
BEGIN
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM set_config('dauchan.retention', 'on', true);
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', ledger || '_default');
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition, ledger);
    EXECUTE format('WITH waiting AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM waiting',
                   ledger || '_default', key, ledger_day_floor(day), key, ledger_day_floor(day + 1), partition);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   ledger, partition, ledger_day_floor(day), ledger_day_floor(day + 1));
    PERFORM set_config('dauchan.retention', 'off', true);
    RETURN true;
END $$;

-- Opens a day in all tables; true when it was not open before.
CREATE FUNCTION ledger_open_day(day date) RETURNS boolean LANGUAGE sql AS $$
    SELECT bool_or(ledger_open_table_day(ledger, day)) FROM unnest(ARRAY['check_in', 'check_out', 'scan_attempt']) AS ledger
$$;

-- The days that have a partition.
CREATE VIEW ledger_day AS
    SELECT to_date(right(child.relname, 8), 'YYYYMMDD') AS day
    FROM pg_inherits AS tree
    JOIN pg_class AS child ON child.oid = tree.inhrelid
    WHERE tree.inhparent = 'check_in'::regclass AND child.relname ~ '^check_in_[0-9]{8}$';

-- Drops a day. An identifier can lie about its day where a device's clock was wrong: rows whose corrected time is still
-- within the limit are first moved to the default partition, each check-out with its check-in.
CREATE FUNCTION ledger_close_day(day date, kept_from timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    suffix text := to_char(day, '_YYYYMMDD');
BEGIN
    EXECUTE format('ALTER TABLE check_out DETACH PARTITION %I', 'check_out' || suffix);
    EXECUTE format('ALTER TABLE check_in DETACH PARTITION %I', 'check_in' || suffix);
    EXECUTE format('ALTER TABLE scan_attempt DETACH PARTITION %I', 'scan_attempt' || suffix);
    EXECUTE format('INSERT INTO check_out_default SELECT o.* FROM %I o JOIN %I i USING (check_in_id) WHERE i.entered_at >= %L',
                   'check_out' || suffix, 'check_in' || suffix, kept_from);
    EXECUTE format('INSERT INTO check_in_default SELECT * FROM %I WHERE entered_at >= %L', 'check_in' || suffix, kept_from);
    EXECUTE format('INSERT INTO scan_attempt_default SELECT * FROM %I WHERE attempted_at >= %L', 'scan_attempt' || suffix, kept_from);
    EXECUTE format('DROP TABLE %I, %I, %I', 'check_out' || suffix, 'check_in' || suffix, 'scan_attempt' || suffix);
END $$;

-- Removes single rows past the limit from the partitions that remain: those of wrong clocks. Returns how many.
CREATE FUNCTION ledger_delete_before(kept_from timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    removed bigint := 0;
    part    bigint;
BEGIN
    PERFORM set_config('dauchan.retention', 'on', true);
    DELETE FROM check_out AS o USING check_in AS i
        WHERE i.check_in_id = o.check_in_id AND i.entered_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM check_out WHERE left_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM check_in WHERE entered_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    removed := removed + part;
    DELETE FROM scan_attempt WHERE attempted_at < kept_from;
    GET DIAGNOSTICS part = ROW_COUNT;
    PERFORM set_config('dauchan.retention', 'off', true);
    RETURN removed + part;
END $$;
