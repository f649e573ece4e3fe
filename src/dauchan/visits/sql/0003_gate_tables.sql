-- Gates without a network: what waits for a person's decision, what a wrong clock hides, and one index.

-- What a gate handed in and nobody may take without a look: scans of a revoked device, texts that cannot be opened. They stay
-- sealed. A decided row stays too, without its text, so that handing it in again changes nothing.
CREATE TABLE gate_quarantine (
    scan_id      uuid        NOT NULL,
    device_id    bigint      NOT NULL,
    venue_id     bigint      NOT NULL,
    scanned_at   timestamptz NOT NULL,
    device_at    timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    undoes       uuid,
    sealed       bytea,
    labels       integer     NOT NULL,
    direction    smallint    NOT NULL,
    failed       smallint    NOT NULL,
    reason       smallint    NOT NULL,
    released     boolean,
    decided_at   timestamptz,
    PRIMARY KEY (device_id, scan_id)
);

COMMENT ON TABLE gate_quarantine IS 'A scan of a gate that waits for a decision. Kept 21 days.';
COMMENT ON COLUMN gate_quarantine.sealed IS 'sealed by the gate for the server; null once decided';
COMMENT ON COLUMN gate_quarantine.direction IS 'dauchan.visits.gate_items.Direction';
COMMENT ON COLUMN gate_quarantine.failed IS 'the AttemptReason that the gate told, else 0';
COMMENT ON COLUMN gate_quarantine.reason IS 'dauchan.visits.gate_items.Quarantine';

CREATE INDEX gate_quarantine_undoes ON gate_quarantine (undoes) WHERE reason = 4 AND decided_at IS NULL;

-- Entries and unpaired exits whose identifiers lie about their day: the search for a partner looks at few partitions, and here.
CREATE TABLE gate_odd_event (
    person_id bigint      NOT NULL,
    venue_id  bigint      NOT NULL,
    at        timestamptz NOT NULL,
    id        uuid        NOT NULL,
    is_exit   boolean     NOT NULL,
    PRIMARY KEY (person_id, venue_id, at, id)
);

COMMENT ON TABLE gate_odd_event IS 'Scans at gates whose device''s clock was off by most of a day. Kept 21 days.';

-- A gate's own exits: its shift, and the exit that it takes back.
CREATE INDEX check_out_device ON check_out (device_id, left_at) WHERE device_id IS NOT NULL;
-- Exits without an entry, for the entry that arrives later.
CREATE INDEX scan_attempt_not_inside ON scan_attempt (person_id, attempted_at) WHERE reason = 14;

-- One scan as the door opened it. `direction` 1 in, 2 out, 3 undo, 4 failed; `subject` 1 a person's number, 2 a document's hash,
-- 3 a phone's hash, 4 a card's number; `reason` is an AttemptReason where there is one; `quarantine` why it must wait, else 0.
CREATE TYPE door_gate_item AS (
    scan_id        uuid,
    device_id      bigint,
    venue_id       bigint,
    at             timestamptz,
    device_at      timestamptz,
    received_at    timestamptz,
    labels         integer,
    direction      smallint,
    subject        smallint,
    assurance      smallint,
    reason         smallint,
    quarantine     smallint,
    subject_number bigint,
    new_person_id  bigint,
    subject_kind   text,
    subject_hash   bytea,
    phone          bytea,
    undoes         uuid,
    sealed         bytea
);

-- A scan whose person is known.
CREATE TYPE gate_event AS (
    nth         integer,
    scan_id     uuid,
    device_id   bigint,
    venue_id    bigint,
    person_id   bigint,
    at          timestamptz,
    device_at   timestamptz,
    received_at timestamptz,
    labels      integer,
    direction   smallint,
    assurance   smallint,
    reason      smallint,
    undoes      uuid,
    outcome     smallint
);

-- The earliest entry that an exit of this instant may end: of the local day before.
CREATE FUNCTION gate_since(at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (date_trunc('day', at AT TIME ZONE 'Asia/Ho_Chi_Minh') - interval '1 day') AT TIME ZONE 'Asia/Ho_Chi_Minh'
$$;

-- The smallest UUIDv7 of an instant.
CREATE FUNCTION gate_id(at timestamptz) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (lpad(to_hex(greatest((extract(epoch FROM at) * 1000)::bigint, 0)), 12, '0') || repeat('0', 20))::uuid
$$;

-- Whether an identifier's day is too far from the scan's for the search among partitions to find it.
CREATE FUNCTION gate_is_odd(id uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT id < gate_id(at - interval '20 hours') OR id > gate_id(at + interval '20 hours')
$$;
