-- most_pressing --
-- What the score of each venue is made of, the highest first, then by name; the points are those of `scoring.score`
WITH v (id, sort_key, setting) AS ({venues}),
     s (venue_id, confidence) AS ({signs}),
     r (venue_id, number) AS ({reports}),
     f (venue_id, number) AS ({findings}),
     i (venue_id, last_at) AS ({inspected}),
     facts AS (
         SELECT v.id, v.sort_key, v.setting, coalesce(s.confidence, 0) AS confidence, coalesce(r.number, 0) AS reports,
                coalesce(f.number, 0) AS findings, %s::date - (i.last_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS days_since
         FROM v
         LEFT JOIN s ON s.venue_id = v.id
         LEFT JOIN r ON r.venue_id = v.id
         LEFT JOIN f ON f.venue_id = v.id
         LEFT JOIN i ON i.venue_id = v.id
     )
SELECT id, confidence, reports, findings, setting, days_since
FROM facts
ORDER BY round(%s * least(greatest(confidence, 0), 1)::double precision)
         + least(%s * reports, %s)
         + least(%s * findings, %s)
         + coalesce((%s::jsonb ->> setting)::integer, 0)
         + round(%s * least(greatest(coalesce(days_since, %s), 0)::double precision / %s, 1)) DESC,
         sort_key, id
