-- scans_by_hour --
-- Check-ins of venues of a category by local weekday (0 is Monday) and hour, without bursts and scans from afar; of so many venues at most
SELECT extract(isodow FROM i.entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int - 1 AS weekday,
       extract(hour FROM i.entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS hour, count(*)
FROM (
    SELECT v.id FROM venues_venue AS v
    WHERE v.category_id = %(category)s AND v.status IN ('approved', 'suspended')
    ORDER BY v.id LIMIT %(most)s
) AS v
JOIN check_in AS i ON i.venue_id = v.id
WHERE i.entered_at >= %(start)s AND i.entered_at < %(end)s
  AND i.labels & (32 | 4096 | 8192) = 0
GROUP BY weekday, hour
