-- What is remarkable about a scan, where the venue decides it: out of hours, far away, impossible travel. The thresholds
-- stand here once; tests/visits/rules.json holds examples of each.

-- Metres between two points of a province: the sphere laid flat, within 0.1 % up to 100 km at this latitude.
CREATE FUNCTION ledger_metres(lat double precision, lon double precision, other_lat double precision, other_lon double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 111195 * sqrt((other_lat - lat) ^ 2 + ((other_lon - lon) * cos(radians((lat + other_lat) / 2))) ^ 2)
$$;

-- The minute of the local week, 0 on Monday at midnight. Viet Nam is 7 hours ahead the whole year; 1970 began on a Thursday.
CREATE FUNCTION ledger_minute(at timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((floor(extract(epoch FROM at) / 60)::bigint + 7 * 60 + 3 * 1440) % 10080)::integer
$$;

-- Opening hours (see dauchan.venues.opening_hours) as minutes of the week, half an hour wider at both ends: staff come
-- before the doors open. Null where nothing was stated; a stretch that cannot be read says nothing.
CREATE FUNCTION ledger_hours(hours jsonb) RETURNS int4multirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT range_agg(int4range(minutes.start - 30 + week, minutes.finish + 30 + week)) * int4multirange(int4range(0, 10080))
    FROM unnest(ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) WITH ORDINALITY AS day (name, nth)
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(hours -> day.name) WHEN 'array' THEN hours -> day.name ELSE '[]' END) AS stretch
    CROSS JOIN LATERAL (
        SELECT CASE WHEN stretch ->> 0 ~ '^\d\d:\d\d$' AND stretch ->> 1 ~ '^\d\d:\d\d$'
                    THEN ARRAY[left(stretch ->> 0, 2)::integer * 60 + right(stretch ->> 0, 2)::integer,
                               left(stretch ->> 1, 2)::integer * 60 + right(stretch ->> 1, 2)::integer] END AS said
    ) AS words
    CROSS JOIN LATERAL (
        SELECT (day.nth - 1)::integer * 1440 + said[1] AS start,
               (day.nth - 1)::integer * 1440 + said[2] + CASE WHEN said[2] <= said[1] THEN 1440 ELSE 0 END AS finish
    ) AS minutes
    CROSS JOIN unnest(ARRAY[-10080, 0, 10080]) AS week
    WHERE minutes.start IS NOT NULL
$$;

-- Worked out when a venue is saved and not for every scan.
ALTER TABLE venues_venue ADD COLUMN scan_hours int4multirange GENERATED ALWAYS AS (ledger_hours(opening_hours)) STORED;

-- Labels of a scan by its venue: 1024 outside opening hours; 4096 more than 500 m away, the accuracy of the position allowed for.
CREATE FUNCTION ledger_labels(entered_at timestamptz, hours int4multirange, lat real, lon real, accuracy_m real,
                              venue_lat double precision, venue_lon double precision)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN hours IS NULL OR hours @> ledger_minute(entered_at) THEN 0 ELSE 1024 END
         | CASE WHEN lat IS NULL OR venue_lat IS NULL THEN 0
                WHEN ledger_metres(lat, lon, venue_lat, venue_lon) - coalesce(accuracy_m, 0) > 500 THEN 4096 ELSE 0 END
$$;

-- Whether a person was at another venue too far away for the time in between: faster than 120 km/h, 2 km of error allowed.
-- Asked when a visit is read: an offline scan may arrive after both. Looks two hours back and ahead: 240 km.
CREATE FUNCTION ledger_is_impossible(person bigint, venue bigint, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM check_in AS other
        JOIN venues_venue AS there ON there.id = other.venue_id
        JOIN venues_venue AS here ON here.id = venue
        WHERE other.person_id = person
          AND other.entered_at > at - interval '2 hours' AND other.entered_at < at + interval '2 hours'
          AND other.venue_id <> venue
          AND ledger_metres(here.lat, here.lon, there.lat, there.lon)
              > 2000 + 33.34 * abs(extract(epoch FROM other.entered_at - at)))
$$;

-- The ten minutes that the pace of a person is counted in (dauchan.door.pace).
CREATE FUNCTION ledger_span(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT floor(extract(epoch FROM at) / 600)::bigint
$$;

-- Floods: the spans in which a person's scans went beyond any visitor's pace (32), and the scans of a crowd (8192) that
-- came while the venue was closed (1024). Contact lists and indicators leave out all of a person's scans in such a span:
-- whoever sends a thousand scans at four in the morning was not at the first twelve places either.
CREATE FUNCTION ledger_floods(first timestamptz, after timestamptz) RETURNS TABLE (person_id bigint, span bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT i.person_id, ledger_span(i.entered_at)
    FROM check_in AS i
    WHERE i.entered_at >= first - interval '10 minutes' AND i.entered_at < after + interval '10 minutes'
      AND (i.labels & 32 = 32 OR i.labels & 9216 = 9216)
$$;
