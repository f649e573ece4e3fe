-- member_scans --
-- Member and instant (epoch seconds) of every check-in in [start, end) of a member at a venue of their own agency; of no other place.
-- Scans from afar (label 4096) and floods, as the indicators leave them out, show nobody at the door
WITH scans AS MATERIALIZED (
    SELECT m.id AS member_id, i.person_id, i.entered_at
    FROM roster_member AS m
    JOIN people_identity AS p ON p.phone_hash = m.phone_hash
    JOIN check_in AS i ON i.person_id = p.person_id
    JOIN roster_agency_venues AS at ON at.agency_id = m.agency_id AND at.venue_id = i.venue_id
    WHERE m.agency_id = ANY(%(agencies)s)
      AND i.entered_at >= %(start)s AND i.entered_at < %(end)s
      AND i.labels & 4096 = 0
), floods AS (
    SELECT DISTINCT i.person_id, ledger_span(i.entered_at) AS span
    FROM check_in AS i
    WHERE i.person_id IN (SELECT s.person_id FROM scans AS s)
      AND i.entered_at >= %(start)s - interval '10 minutes'
      AND i.entered_at < %(end)s + interval '10 minutes'
      AND (i.labels & 32 = 32 OR i.labels & 9216 = 9216)
)
SELECT s.member_id, floor(extract(epoch FROM s.entered_at))::bigint
FROM scans AS s
LEFT JOIN floods AS f ON f.person_id = s.person_id AND f.span = ledger_span(s.entered_at)
WHERE f.person_id IS NULL
