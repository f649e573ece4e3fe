-- The last located scans of posters that people scanned from afar (4096) lately: venue, poster version, person, when, where, whether from
-- afar. Looks only at venues of at least so many people from afar, which the index of such scans finds; floods are no people.
-- A coach's and a boat's poster is scanned wherever they are.
WITH suspects AS (
    SELECT i.venue_id
    FROM check_in AS i
    WHERE i.labels & 4096 <> 0 AND i.entered_at >= %(since)s AND i.entered_at < %(now)s AND i.labels & 32 = 0
    GROUP BY i.venue_id
    HAVING count(DISTINCT i.person_id) >= %(people)s
)
SELECT v.id, scan.poster_version, scan.person_id, scan.entered_at, scan.lat, scan.lon, scan.labels & 4096 <> 0
FROM suspects
JOIN venues_venue AS v ON v.id = suspects.venue_id
JOIN venues_category AS c ON c.id = v.category_id AND c.setting <> 'vehicle'
CROSS JOIN LATERAL (
    SELECT i.*, row_number() OVER (PARTITION BY i.poster_version ORDER BY i.entered_at DESC) AS nth
    FROM check_in AS i
    WHERE i.venue_id = v.id AND i.entered_at >= %(since)s AND i.entered_at < %(now)s AND i.lat IS NOT NULL AND i.labels & 32 = 0
) AS scan
WHERE scan.nth <= %(scans)s
ORDER BY v.id, scan.poster_version, scan.entered_at
