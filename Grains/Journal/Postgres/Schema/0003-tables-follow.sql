-- The read model and the outbox follow the record. A commit is its records, what never changes of the cases that it opens, and one row of redo: the images
-- of where cases stand and of the effects that leave. The writer's own silo brings them into the tables a tenth of a second later, many commits at once, where a case
-- that moves five times in that time is written once, and an effect that has arrived not at all. Whoever is dead has it done by the others.

-- Silos of the version before would not see what is in redo: their next commit tells them that they are closed.
UPDATE writers SET closed = true WHERE NOT closed;

-- frame: a head of 124 bytes and the images, as in the redo log of a file. A row is there until its content is in the tables.
CREATE TABLE redo
(
    writer bigint NOT NULL,
    no     bigint NOT NULL,
    frame  bytea  NOT NULL,
    PRIMARY KEY (writer, no)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 20000);

-- Half of a commit's time would go into pages that the tables grow by: lz4 takes a frame to a quarter in no time. A server built without it stores it plain.
DO $$
BEGIN
    ALTER TABLE redo ALTER COLUMN frame SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    ALTER TABLE redo ALTER COLUMN frame SET STORAGE EXTERNAL;
END
$$;

-- The record that a row shows. Of two silos that bring rows of one case, the later record's stays.
ALTER TABLE standing ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- One commit of one writer. Fails as the function of its name before. p_frame is empty when nothing follows.
CREATE FUNCTION commit_records(
    p_writer bigint, p_tx bigint, p_commit bigint, p_prev_root bytea, p_root bytea, p_world text,
    p_append integer[], p_look boolean[], p_stream text[], p_version bigint[], p_at text[], p_kind text[], p_actor_id text[], p_actor_office text[],
    p_actor_for text[], p_command uuid[], p_payload text[], p_prev bytea[], p_hash bytea[],
    p_number text[], p_town text[], p_procedure text[], p_case_kind text[], p_subject text[], p_party_id text[], p_opened_at text[], p_opened_by uuid[],
    p_resumed text[], p_frame bytea)
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

    INSERT INTO journal (seq, writer, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev_hash, hash)
    SELECT nextval('journal_seq'), p_writer, p_commit, p_world, r.stream, r.version, r.at, r.kind, r.actor_id, r.actor_office, r.actor_for, r.command_id, r.payload, r.prev, r.hash
    FROM unnest(p_look, p_stream, p_version, p_at, p_kind, p_actor_id, p_actor_office, p_actor_for, p_command, p_payload, p_prev, p_hash)
        AS r(look, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev, hash)
    WHERE NOT r.look
       -- Not EXISTS: the planner would hash the whole table for it.
       OR (SELECT j.hash FROM journal j WHERE j.world = p_world AND j.stream = r.stream AND j.version = r.version - 1) = r.prev;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < cardinality(p_append) THEN
        SELECT string_agg(DISTINCT r.append::text, ',') INTO lost
        FROM unnest(p_append, p_look, p_stream, p_version, p_prev) AS r(append, look, stream, version, prev)
        WHERE r.look AND (SELECT j.hash FROM journal j WHERE j.world = p_world AND j.stream = r.stream AND j.version = r.version - 1) IS DISTINCT FROM r.prev;
        RAISE EXCEPTION 'places are taken: %', lost USING ERRCODE = 'TR002';
    END IF;

    IF cardinality(p_number) > 0 THEN
        INSERT INTO cases (world, number, town, procedure, kind, subject, party_id, opened_at, opened_by)
        SELECT p_world, c.* FROM unnest(p_number, p_town, p_procedure, p_case_kind, p_subject, p_party_id, p_opened_at, p_opened_by) AS c;
    END IF;

    INSERT INTO commits (seq, writer, no, records, prev_root, root) VALUES (nextval('journal_seq'), p_writer, p_commit, cardinality(p_append), p_prev_root, p_root);

    -- Effects of a stream that another silo committed and hasn't delivered go before those that follow now.
    IF cardinality(p_resumed) > 0 THEN
        UPDATE outbox o SET writer = p_writer, id = (p_tx << 20) | n.place
        FROM (SELECT w.writer, w.id, row_number() OVER (ORDER BY w.stream, w.version, w.ordinal) AS place
              FROM outbox w WHERE w.world = p_world AND w.stream = ANY (p_resumed) AND w.writer <> p_writer LIMIT 500000) n
        WHERE o.writer = n.writer AND o.id = n.id;
        GET DIAGNOSTICS adopted = ROW_COUNT;
    END IF;

    IF length(p_frame) > 0 THEN
        INSERT INTO redo (writer, no, frame) VALUES (p_writer, p_commit, p_frame);
    END IF;

    RETURN adopted;
END
$$;

-- Brings into the tables what commits p_first to p_last of a writer have left in redo, and lets effects go that have arrived. By whoever does it: one at a
-- time for each writer. Fails with TR003 when redo doesn't hold p_commits of them: somebody else was faster.
CREATE FUNCTION follow_commits(
    p_writer bigint, p_first bigint, p_last bigint, p_commits bigint, p_world text,
    p_number text[], p_shows bigint[], p_step text[], p_disposition smallint[], p_workplace text[], p_colour smallint[], p_party_name text[], p_certificate text[],
    p_opened_at text[], p_changed_at text[], p_since text[], p_work text[],
    p_effect_id bigint[], p_stream text[], p_version bigint[], p_ordinal integer[], p_target_type text[], p_target_key text[], p_at text[], p_effect text[],
    p_arrived bigint[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    gone bigint;
    c    record;
BEGIN
    PERFORM pg_advisory_xact_lock(7461201, p_writer::integer);
    DELETE FROM redo WHERE writer = p_writer AND no BETWEEN p_first AND p_last;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone <> p_commits THEN
        RAISE EXCEPTION 'redo of writer % holds % of % commits', p_writer, gone, p_commits USING ERRCODE = 'TR003';
    END IF;

    -- Row by row, by key: a plan for all of them at once, made while the table is small, goes through the whole of it for ever after.
    FOR c IN SELECT * FROM unnest(p_number, p_shows, p_step, p_disposition, p_workplace, p_colour, p_party_name, p_certificate, p_opened_at, p_changed_at, p_since, p_work)
        AS r(number, shows, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work)
    LOOP
        UPDATE standing s SET
            version = c.shows, step = c.step, disposition = c.disposition, workplace = c.workplace, colour = c.colour, party_name = c.party_name,
            certificate = c.certificate, changed_at = c.changed_at, since = c.since, work = c.work
        WHERE s.world = p_world AND s.number = c.number AND s.version < c.shows;
        IF NOT FOUND THEN
            -- A case that is new, or one whose row is a later record's already.
            INSERT INTO standing (world, number, version, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work)
            VALUES (p_world, c.number, c.shows, c.step, c.disposition, c.workplace, c.colour, c.party_name, c.certificate, c.opened_at, c.changed_at, c.since, c.work)
            ON CONFLICT DO NOTHING;
        END IF;
    END LOOP;

    IF cardinality(p_effect_id) > 0 THEN
        INSERT INTO outbox (writer, id, world, stream, version, ordinal, target_type, target_key, at, effect)
        SELECT p_writer, e.id, p_world, e.stream, e.version, e.ordinal, e.target_type, e.target_key, e.at, e.effect
        FROM unnest(p_effect_id, p_stream, p_version, p_ordinal, p_target_type, p_target_key, p_at, p_effect)
            AS e(id, stream, version, ordinal, target_type, target_key, at, effect);
    END IF;

    IF cardinality(p_arrived) > 0 THEN
        DELETE FROM outbox WHERE writer = p_writer AND id = ANY (p_arrived);
    END IF;
END
$$;
