-- Phones that were signed out from afar since: the door marks what they send, for their tokens still hold.
CREATE FUNCTION door_signed_out(since timestamptz)
RETURNS TABLE (phone_id bigint, ended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.ended_at FROM phones_ownphone AS p
    WHERE p.ended_at > since AND p.ending IN ('elsewhere', 'hotline', 'number')
$$;

REVOKE ALL ON FUNCTION door_signed_out(timestamptz) FROM PUBLIC;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dauchan_door') THEN
        GRANT EXECUTE ON FUNCTION door_signed_out(timestamptz) TO dauchan_door;
    END IF;
END $$;
