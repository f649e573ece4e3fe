-- Which order on the way of scanning holds at a venue on a local day, as the orders stood at an instant: of those for
-- its kind and an area around it the one for the smallest area, then the one that began last, then the last one made.
CREATE FUNCTION venue_mode_order(venue bigint, day date, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT o.id
    FROM venues_venue AS v
    JOIN units_unit AS here ON here.id = v.unit_id
    JOIN venues_modeorder_categories AS kind ON kind.category_id = v.category_id
    JOIN venues_modeorder AS o ON o.id = kind.modeorder_id
    JOIN units_unit AS area ON area.id = o.unit_id
    WHERE v.id = venue
      AND o.starts_on <= day AND (o.ends_on IS NULL OR o.ends_on > day)
      AND o.made_at <= at AND (o.withdrawn_at IS NULL OR o.withdrawn_at > at)
      AND (here.path = area.path OR starts_with(here.path, area.path || '.'))
    ORDER BY array_length(string_to_array(area.path, '.'), 1) DESC, o.starts_on DESC, o.id DESC
    LIMIT 1
$$;

-- The way of scanning that held at a venue at an instant: that of the order, else the usual one of its kind.
CREATE FUNCTION venue_mode(venue bigint, at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT o.mode FROM venues_modeorder AS o
         WHERE o.id = venue_mode_order(venue, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, at)),
        (SELECT c.mode FROM venues_venue AS v JOIN venues_category AS c ON c.id = v.category_id WHERE v.id = venue))
$$;
