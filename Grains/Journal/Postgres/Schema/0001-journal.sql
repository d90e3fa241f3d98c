-- The durable record of a county's towns, written by any number of silos. Moments are UTC text, ISO 8601 with seven decimals, because the
-- chain covers them to 100 ns and a timestamp keeps microseconds; days are ISO dates; hashes are 32 bytes.

-- One row per silo that was ever started. A writer that is closed can commit nothing any more: its silo was declared dead.
-- tx counts its transactions, so that a commit whose answer was lost can be found out; commit_no and root are the end of its chain of commits.
CREATE TABLE writers
(
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    address    text    NOT NULL,
    port       integer NOT NULL,
    generation integer NOT NULL,
    tx         bigint  NOT NULL DEFAULT 0,
    commit_no  bigint  NOT NULL DEFAULT 0,
    root       bytea   NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (length(root) = 32),
    closed     boolean NOT NULL DEFAULT false,
    started_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (address, port, generation)
) WITH (fillfactor = 20);

CREATE SEQUENCE journal_seq;

-- What happened. seq rises along each stream and along each writer's commits. The primary key is the fence against a second activation.
CREATE TABLE journal
(
    seq          bigint  NOT NULL,
    writer       bigint  NOT NULL,
    commit_no    bigint  NOT NULL,
    world        text COLLATE "C"    NOT NULL,
    stream       text COLLATE "C"    NOT NULL,
    version      bigint  NOT NULL CHECK (version > 0),
    at           text COLLATE "C"    NOT NULL,
    kind         text COLLATE "C"    NOT NULL,
    actor_id     text COLLATE "C"    NOT NULL,
    actor_office text COLLATE "C"    NOT NULL,
    actor_for    text COLLATE "C",
    command_id   uuid    NOT NULL,
    payload      text    NOT NULL,
    prev_hash    bytea   NOT NULL,
    hash         bytea   NOT NULL,
    PRIMARY KEY (world, stream, version)
);

-- One row per commit that holds records: root = SHA-256(prev_root, then the hashes of its records in order).
-- seq orders the commits of all writers: what a stream's next record follows was committed before it.
CREATE TABLE commits
(
    seq       bigint  NOT NULL,
    writer    bigint  NOT NULL,
    no        bigint  NOT NULL,
    records   integer NOT NULL,
    prev_root bytea   NOT NULL,
    root      bytea   NOT NULL,
    PRIMARY KEY (writer, no)
);

-- What never changes of a case.
CREATE TABLE cases
(
    world      text COLLATE "C" NOT NULL,
    number     text COLLATE "C" NOT NULL,
    town       text COLLATE "C" NOT NULL,
    procedure  text COLLATE "C" NOT NULL,
    kind       text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    party_id   text COLLATE "C" NOT NULL,
    opened_at  text COLLATE "C" NOT NULL,
    opened_by  uuid NOT NULL,
    PRIMARY KEY (world, number)
);

CREATE UNIQUE INDEX cases_opened_by ON cases (world, opened_by);
CREATE INDEX cases_newest ON cases (world, opened_at, number);
CREATE INDEX cases_of_town ON cases (world, town, opened_at, number);
CREATE INDEX cases_of_party ON cases (world, party_id, opened_at, number);

-- What changes with each step. disposition: 1 open, 2 decided, 3 withdrawn, 4 transferred. colour: 1 green, 2 amber, 3 red, 4 overdue, 5 supervised.
-- work is the present step as work, in JSON; null when the case has ended. Rows are rewritten in place: there is room on each page.
CREATE TABLE standing
(
    world       text COLLATE "C"     NOT NULL,
    number      text COLLATE "C"     NOT NULL,
    step        text COLLATE "C"     NOT NULL,
    disposition smallint NOT NULL,
    workplace   text COLLATE "C",
    colour      smallint NOT NULL,
    party_name  text     NOT NULL,
    certificate text,
    opened_at   text COLLATE "C"     NOT NULL,
    changed_at  text COLLATE "C"     NOT NULL,
    since       text COLLATE "C",
    work        text,
    PRIMARY KEY (world, number)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.2);

CREATE INDEX standing_at_workplace ON standing (world, workplace, opened_at, number) WHERE workplace IS NOT NULL;

-- Effects that have committed and wait for delivery by their writer's silo; a delivered one is deleted. id rises in commit order.
CREATE TABLE outbox
(
    writer      bigint  NOT NULL,
    id          bigint  NOT NULL,
    world       text COLLATE "C"    NOT NULL,
    stream      text COLLATE "C"    NOT NULL,
    version     bigint  NOT NULL,
    ordinal     integer NOT NULL,
    target_type text COLLATE "C"    NOT NULL,
    target_key  text COLLATE "C"    NOT NULL,
    at          text COLLATE "C"    NOT NULL,
    effect      text    NOT NULL,
    PRIMARY KEY (writer, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

CREATE INDEX outbox_of_stream ON outbox (world, stream);

-- One commit of one writer: records with their read model and effects, and receipts of effects that have arrived. All or nothing, in one round trip.
-- Fails with TR001 when the writer is closed or its place isn't what it believes, and with TR002 when appends lost their places; the message
-- lists those appends after its colon (a DETAIL would be redacted by clients). p_append says which append a record belongs to; p_first marks an append's first record.
CREATE FUNCTION record_commit(
    p_writer bigint, p_tx bigint, p_commit bigint, p_prev_root bytea, p_root bytea, p_world text,
    p_append integer[], p_first boolean[], p_stream text[], p_version bigint[], p_at text[], p_kind text[], p_actor_id text[], p_actor_office text[],
    p_actor_for text[], p_command uuid[], p_payload text[], p_prev bytea[], p_hash bytea[],
    p_new_append integer[], p_new_number text[], p_town text[], p_procedure text[], p_case_kind text[], p_subject text[], p_party_id text[], p_new_opened_at text[], p_opened_by uuid[],
    p_number text[], p_step text[], p_disposition smallint[], p_workplace text[], p_colour smallint[], p_party_name text[], p_certificate text[],
    p_opened_at text[], p_changed_at text[], p_since text[], p_work text[],
    p_effect_id bigint[], p_effect_stream text[], p_effect_version bigint[], p_effect_ordinal integer[], p_target_type text[], p_target_key text[], p_effect_at text[], p_effect text[],
    p_arrived bigint[], p_resumed text[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    written bigint;
    lost    text;
    adopted bigint := 0;
BEGIN
    UPDATE writers SET tx = p_tx, commit_no = p_commit, root = p_root
    WHERE id = p_writer AND tx = p_tx - 1 AND NOT closed;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'writer % is closed', p_writer USING ERRCODE = 'TR001';
    END IF;

    IF cardinality(p_append) > 0 THEN
        INSERT INTO journal (seq, writer, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev_hash, hash)
        SELECT nextval('journal_seq'), p_writer, p_commit, p_world, r.stream, r.version, r.at, r.kind, r.actor_id, r.actor_office, r.actor_for, r.command_id, r.payload, r.prev, r.hash
        FROM unnest(p_first, p_stream, p_version, p_at, p_kind, p_actor_id, p_actor_office, p_actor_for, p_command, p_payload, p_prev, p_hash)
            AS r(first, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev, hash)
        WHERE NOT r.first OR r.version = 1
           -- Not EXISTS: the planner would hash the whole table for it.
           OR (SELECT j.hash FROM journal j WHERE j.world = p_world AND j.stream = r.stream AND j.version = r.version - 1) = r.prev
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS written = ROW_COUNT;
        IF written < cardinality(p_append) THEN
            SELECT string_agg(DISTINCT r.append::text, ',') INTO lost
            FROM unnest(p_append, p_first, p_stream, p_version, p_prev, p_hash) AS r(append, first, stream, version, prev, hash)
            WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.world = p_world AND j.stream = r.stream AND j.version = r.version AND j.hash = r.hash AND j.writer = p_writer AND j.commit_no = p_commit);
            RAISE EXCEPTION 'places are taken: %', lost USING ERRCODE = 'TR002';
        END IF;

        IF cardinality(p_new_number) > 0 THEN
            INSERT INTO cases (world, number, town, procedure, kind, subject, party_id, opened_at, opened_by)
            SELECT p_world, c.* FROM unnest(p_new_number, p_town, p_procedure, p_case_kind, p_subject, p_party_id, p_new_opened_at, p_opened_by) AS c
            ON CONFLICT DO NOTHING;
            GET DIAGNOSTICS written = ROW_COUNT;
            IF written < cardinality(p_new_number) THEN
                SELECT string_agg(DISTINCT c.append::text, ',') INTO lost
                FROM unnest(p_new_append, p_new_number, p_opened_by) AS c(append, number, opened_by)
                WHERE NOT EXISTS (SELECT 1 FROM cases k WHERE k.world = p_world AND k.number = c.number AND k.opened_by = c.opened_by);
                RAISE EXCEPTION 'commands have opened other cases: %', coalesce(lost, '') USING ERRCODE = 'TR002';
            END IF;
        END IF;

        IF cardinality(p_number) > 0 THEN
            INSERT INTO standing AS s (world, number, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work)
            SELECT p_world, c.* FROM unnest(p_number, p_step, p_disposition, p_workplace, p_colour, p_party_name, p_certificate, p_opened_at, p_changed_at, p_since, p_work) AS c
            ON CONFLICT (world, number) DO UPDATE SET
                step = excluded.step, disposition = excluded.disposition, workplace = excluded.workplace, colour = excluded.colour, party_name = excluded.party_name,
                certificate = excluded.certificate, changed_at = excluded.changed_at, since = excluded.since, work = excluded.work;
        END IF;

        INSERT INTO commits (seq, writer, no, records, prev_root, root) VALUES (nextval('journal_seq'), p_writer, p_commit, cardinality(p_append), p_prev_root, p_root);
    END IF;

    -- Effects of a stream that another silo committed and hasn't delivered go before those that follow now.
    IF cardinality(p_resumed) > 0 THEN
        UPDATE outbox o SET writer = p_writer, id = (p_tx << 20) | n.place
        FROM (SELECT w.writer, w.id, row_number() OVER (ORDER BY w.stream, w.version, w.ordinal) AS place
              FROM outbox w WHERE w.world = p_world AND w.stream = ANY (p_resumed) AND w.writer <> p_writer LIMIT 500000) n
        WHERE o.writer = n.writer AND o.id = n.id;
        GET DIAGNOSTICS adopted = ROW_COUNT;
    END IF;

    IF cardinality(p_effect_id) > 0 THEN
        INSERT INTO outbox (writer, id, world, stream, version, ordinal, target_type, target_key, at, effect)
        SELECT p_writer, e.id, p_world, e.stream, e.version, e.ordinal, e.target_type, e.target_key, e.at, e.effect
        FROM unnest(p_effect_id, p_effect_stream, p_effect_version, p_effect_ordinal, p_target_type, p_target_key, p_effect_at, p_effect)
            AS e(id, stream, version, ordinal, target_type, target_key, at, effect);
    END IF;

    IF cardinality(p_arrived) > 0 THEN
        DELETE FROM outbox WHERE writer = p_writer AND id = ANY (p_arrived);
    END IF;

    RETURN adopted;
END
$$;

-- Takes over what closed writers have left to deliver: each effect goes to exactly one of the silos that ask. Returns how many.
CREATE FUNCTION adopt_effects(p_writer bigint, p_tx bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    adopted bigint;
BEGIN
    UPDATE writers SET tx = p_tx WHERE id = p_writer AND tx = p_tx - 1 AND NOT closed;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'writer % is closed', p_writer USING ERRCODE = 'TR001';
    END IF;

    -- One silo at a time, so that the effects of one writer keep their order.
    IF NOT pg_try_advisory_xact_lock(7461201922) THEN
        RETURN 0;
    END IF;

    UPDATE outbox o SET writer = p_writer, id = (p_tx << 20) | n.place
    FROM (SELECT w.writer, w.id, row_number() OVER (ORDER BY w.writer, w.id) AS place
          FROM outbox w WHERE w.writer IN (SELECT id FROM writers WHERE closed) ORDER BY w.writer, w.id LIMIT 500000) n
    WHERE o.writer = n.writer AND o.id = n.id;
    GET DIAGNOSTICS adopted = ROW_COUNT;
    RETURN adopted;
END
$$;
