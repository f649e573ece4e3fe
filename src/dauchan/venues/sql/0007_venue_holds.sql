-- The hold that lays down the way of scanning at a venue at an instant: of several the strictest, then the last one.
CREATE FUNCTION venue_mode_hold(venue bigint, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT h.id
    FROM venues_venuehold AS h
    WHERE h.venue_id = venue AND h.mode <> ''
      AND h.placed_at <= at AND (h.released_at IS NULL OR h.released_at > at)
    ORDER BY array_position(ARRAY['gate', 'both', 'poster'], h.mode::text), h.id DESC
    LIMIT 1
$$;

-- The way of scanning that held at a venue at an instant: that of a hold, else of an order, else the usual one of its kind.
CREATE OR REPLACE FUNCTION venue_mode(venue bigint, at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT h.mode FROM venues_venuehold AS h WHERE h.id = venue_mode_hold(venue, at)),
        (SELECT o.mode FROM venues_modeorder AS o
         WHERE o.id = venue_mode_order(venue, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, at)),
        (SELECT c.mode FROM venues_venue AS v JOIN venues_category AS c ON c.id = v.category_id WHERE v.id = venue))
$$;
