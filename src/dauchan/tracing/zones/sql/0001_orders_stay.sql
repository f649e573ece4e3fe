-- The history of a zone is never rewritten: of a decided order nothing changes but the instant until which it holds, and
-- that only comes nearer. What belongs to an order (communes, cases, kinds of venue) is fixed with it.

CREATE FUNCTION zone_order_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.approved IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'holds_to' = to_jsonb(OLD) - 'holds_to'
        AND (OLD.holds_to IS NULL OR NEW.holds_to <= OLD.holds_to)
        AND NEW.holds_to >= NEW.holds_from
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a decided order on a zone stays as it is: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION zone_order_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'INSERT' THEN part := NEW; ELSE part := OLD; END IF;
    IF EXISTS (SELECT FROM zones_zoneorder AS o WHERE o.id = part.zoneorder_id AND o.approved IS NOT NULL) THEN
        RAISE EXCEPTION 'a decided order on a zone stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN part;
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON zones_zoneorder
    FOR EACH ROW EXECUTE FUNCTION zone_order_stays();
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON zones_zoneorder_communes
    FOR EACH ROW EXECUTE FUNCTION zone_order_part_stays();
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON zones_zoneorder_cases
    FOR EACH ROW EXECUTE FUNCTION zone_order_part_stays();
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON zones_zoneorder_categories
    FOR EACH ROW EXECUTE FUNCTION zone_order_part_stays();
