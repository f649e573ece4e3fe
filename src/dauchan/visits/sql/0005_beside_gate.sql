-- The label of a scan that the visitor made where a gate keeper was to scan, else 0. Derived when a visit is read: an
-- order may be withdrawn, but what held at an instant never changes. 1 poster, 2 link, 3 typed, 7 call, 8 text.
CREATE FUNCTION ledger_beside_gate(venue bigint, source integer, at timestamptz) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN source IN (1, 2, 3, 7, 8) AND venue_mode(venue, at) = 'gate' THEN 32768 ELSE 0 END
$$;

-- Adds it to the labels of the view, whatever stands there by now.
DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW visit AS ' || replace(
        pg_get_viewdef('visit'::regclass, true),
        ' AS labels',
        ' | ledger_beside_gate(i.venue_id, i.source, i.entered_at) AS labels');
END $$;
