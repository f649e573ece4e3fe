-- As in 0001, and with the label of impossible travel, which depends on two scans and so is derived as well.

CREATE OR REPLACE VIEW visit AS
SELECT i.check_in_id,
       i.person_id,
       i.venue_id,
       i.entered_at,
       o.left_at,
       CASE WHEN o.left_at IS NULL THEN least(n.entered_at, i.entered_at + stay.usual) END AS imputed_left_at,
       coalesce(o.left_at, least(n.entered_at, i.entered_at + stay.usual)) AS ended_at,
       coalesce(o.closed_by, CASE WHEN n.entered_at IS NULL THEN 5 ELSE 4 END)::smallint AS left_by,
       i.labels | coalesce(o.labels, 0)
           | CASE WHEN ledger_is_impossible(i.person_id, i.venue_id, i.entered_at) THEN 2048 ELSE 0 END AS labels,
       i.source,
       i.assurance,
       i.party
FROM check_in AS i
LEFT JOIN venues_venue AS v ON v.id = i.venue_id
LEFT JOIN venues_category AS c ON c.id = v.category_id
CROSS JOIN LATERAL (SELECT make_interval(mins => coalesce(c.default_stay_minutes, 60)) AS usual) AS stay
LEFT JOIN LATERAL (
    SELECT o.left_at, o.closed_by, o.labels
    FROM check_out AS o
    WHERE o.check_in_id = i.check_in_id
      AND o.left_at >= i.entered_at
      AND (o.person_id = i.person_id OR o.venue_id = i.venue_id)
    ORDER BY o.left_at, o.closed_by
    LIMIT 1
) AS o ON true
LEFT JOIN LATERAL (
    SELECT min(n.entered_at) AS entered_at
    FROM check_in AS n
    WHERE o.left_at IS NULL
      AND n.person_id = i.person_id
      AND n.entered_at > i.entered_at
      AND n.entered_at < i.entered_at + stay.usual
) AS n ON true;
