-- The ledger: what happened at the doors. Facts are added, never changed.
--
-- Every table is partitioned by its UUIDv7, whose first 48 bits are a time in milliseconds: one partition a local day. So
-- the primary key, which makes a repeated request harmless, holds over all partitions, and retention drops whole tables.
-- Columns stand in order of width, which saves the padding. There are no foreign keys: each would lock the venue's row
-- for every scan, and the ledger must be able to forget a person without touching a row.

CREATE TABLE check_in (
    check_in_id    uuid        NOT NULL,
    person_id      bigint      NOT NULL,
    venue_id       bigint      NOT NULL,
    entered_at     timestamptz NOT NULL,
    device_at      timestamptz NOT NULL,
    received_at    timestamptz NOT NULL,
    device_id      bigint,
    labels         integer     NOT NULL DEFAULT 0,
    lat            real,
    lon            real,
    accuracy_m     real,
    poster_version smallint    NOT NULL DEFAULT 0,
    source         smallint    NOT NULL,
    assurance      smallint    NOT NULL,
    party          smallint    NOT NULL DEFAULT 1 CHECK (party BETWEEN 1 AND 20),
    PRIMARY KEY (check_in_id)
) PARTITION BY RANGE (check_in_id);

COMMENT ON TABLE check_in IS 'A person entered a venue. Kept 21 days.';
COMMENT ON COLUMN check_in.check_in_id IS 'UUIDv7 made by the device; its time chooses the partition';
COMMENT ON COLUMN check_in.person_id IS 'people_person.id, a random number; no foreign key';
COMMENT ON COLUMN check_in.entered_at IS 'the time that counts: the device''s, corrected when its clock was wrong';
COMMENT ON COLUMN check_in.device_at IS 'the time the device showed, kept as it came';
COMMENT ON COLUMN check_in.received_at IS 'when the door received it';
COMMENT ON COLUMN check_in.device_id IS 'the gate''s device, null for a visitor''s own phone';
COMMENT ON COLUMN check_in.labels IS 'bits of dauchan.visits.registry.Label';
COMMENT ON COLUMN check_in.source IS 'dauchan.visits.registry.Source';
COMMENT ON COLUMN check_in.assurance IS 'dauchan.visits.registry.Assurance';
COMMENT ON COLUMN check_in.party IS 'how many people came in together, this person included';

CREATE INDEX check_in_person ON check_in (person_id, entered_at);
CREATE INDEX check_in_venue ON check_in (venue_id, entered_at);
-- Finds a stretch of time in any partition for a few kilobytes a day; the multi form is not blinded by one odd clock.
CREATE INDEX check_in_entered ON check_in USING brin (entered_at timestamptz_minmax_multi_ops);

CREATE TABLE check_out (
    check_in_id  uuid        NOT NULL,
    check_out_id uuid        NOT NULL,
    person_id    bigint,
    venue_id     bigint,
    left_at      timestamptz NOT NULL,
    device_at    timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    device_id    bigint,
    labels       integer     NOT NULL DEFAULT 0,
    closed_by    smallint    NOT NULL,
    PRIMARY KEY (check_in_id, check_out_id),
    CHECK (person_id IS NOT NULL OR venue_id IS NOT NULL)
) PARTITION BY RANGE (check_in_id);

COMMENT ON TABLE check_out IS 'Somebody said that a visit ended. It counts only where person or venue agree with the check-in.';
COMMENT ON COLUMN check_out.person_id IS 'the visitor who closed it, null when a gate or the venue did';
COMMENT ON COLUMN check_out.venue_id IS 'the venue whose gate closed it, null when the visitor did';
COMMENT ON COLUMN check_out.left_at IS 'the time that counts, moved to the allowed limits';
COMMENT ON COLUMN check_out.device_at IS 'the time that was asked for, kept as it came';
COMMENT ON COLUMN check_out.closed_by IS 'dauchan.visits.registry.Closer';

CREATE TABLE scan_attempt (
    attempt_id   uuid        NOT NULL,
    person_id    bigint,
    venue_id     bigint,
    attempted_at timestamptz NOT NULL,
    device_at    timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    device_id    bigint,
    code_hash    bigint,
    labels       integer     NOT NULL DEFAULT 0,
    reason       smallint    NOT NULL,
    source       smallint    NOT NULL,
    PRIMARY KEY (attempt_id)
) PARTITION BY RANGE (attempt_id);

COMMENT ON TABLE scan_attempt IS 'A scan that did not become a check-in, and why. Kept 21 days.';
COMMENT ON COLUMN scan_attempt.code_hash IS 'keyed hash of a text that is not one of our codes; the text is never stored';
COMMENT ON COLUMN scan_attempt.reason IS 'dauchan.visits.registry.AttemptReason';

CREATE INDEX scan_attempt_venue ON scan_attempt (venue_id, attempted_at) WHERE venue_id IS NOT NULL;

-- Identifiers whose time is impossible, or of a day without a partition, land here. Nothing acknowledged is refused a place.
CREATE TABLE check_in_default PARTITION OF check_in DEFAULT;
CREATE TABLE check_out_default PARTITION OF check_out DEFAULT;
CREATE TABLE scan_attempt_default PARTITION OF scan_attempt DEFAULT;
