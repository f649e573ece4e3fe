-- What the door asks of a venue for every scan, without its names and addresses: an eighth of a scan's cost in a batch.
CREATE INDEX venues_venue_at_door ON venues_venue (id) INCLUDE (status, lat, lon, scan_hours);
