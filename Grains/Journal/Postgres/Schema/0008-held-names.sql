-- What one at a time holds on its stream: a certificate number for ever, somebody's post until it is released. Each commit asks before it gives one. Payloads are JSON without blanks; by a
-- pattern, and not as JSON, so that one that somebody has damaged keeps nobody from starting.
CREATE INDEX journal_held ON journal
    (world, stream, coalesce("substring"(payload, '"certificate":"([^"]*)"'), "substring"(payload, '"staff":"([^"]*)"')), version)
    WHERE kind = ANY (ARRAY['establishment.post-filled', 'establishment.post-released', 'seal.certificate-issued']);

-- One commit of one writer: TR001 when it is closed or doesn't stand where the caller believes; TR002 when appends follow nothing that is there, and the message lists those
-- after its colon; TR004 when appends would give what is held, listed in the same way. p_frame is empty when nothing follows.
CREATE OR REPLACE FUNCTION commit_records(
    p_writer bigint, p_tx bigint, p_commit bigint, p_prev_root bytea, p_root bytea, p_world text,
    p_append integer[], p_look boolean[], p_stream text[], p_version bigint[], p_at text[], p_kind text[], p_actor_id text[], p_actor_office text[],
    p_actor_for text[], p_command uuid[], p_payload text[], p_prev bytea[], p_hash bytea[], p_received text[], p_late text[], p_digest bytea[],
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

    INSERT INTO journal (seq, writer, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev_hash, hash, received_at, late, digest)
    SELECT nextval('journal_seq'), p_writer, p_commit, p_world, p_stream[i], p_version[i], p_at[i], p_kind[i], p_actor_id[i], p_actor_office[i], p_actor_for[i], p_command[i],
        p_payload[i], p_prev[i], p_hash[i], p_received[i], p_late[i], p_digest[i]
    FROM generate_series(1, cardinality(p_append)) AS i
    WHERE NOT p_look[i]
       -- Not EXISTS: the planner would hash the whole table for it.
       OR (SELECT j.hash FROM journal j WHERE j.world = p_world AND j.stream = p_stream[i] AND j.version = p_version[i] - 1) = p_prev[i];
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < cardinality(p_append) THEN
        SELECT string_agg(DISTINCT r.append::text, ',') INTO lost
        FROM unnest(p_append, p_look, p_stream, p_version, p_prev) AS r(append, look, stream, version, prev)
        WHERE r.look AND (SELECT j.hash FROM journal j WHERE j.world = p_world AND j.stream = r.stream AND j.version = r.version - 1) IS DISTINCT FROM r.prev;
        RAISE EXCEPTION 'places are taken: %', lost USING ERRCODE = 'TR002';
    END IF;

    -- The last record before that names the same takes it: the one that was to give it now would give it twice.
    IF p_kind && ARRAY['establishment.post-filled', 'seal.certificate-issued'] THEN
        SELECT string_agg(DISTINCT p_append[i]::text, ',') INTO lost
        FROM generate_series(1, cardinality(p_append)) AS i
        WHERE p_kind[i] = ANY (ARRAY['establishment.post-filled', 'seal.certificate-issued'])
          AND (SELECT j.kind FROM journal j
               WHERE j.world = p_world AND j.stream = p_stream[i]
                 AND coalesce("substring"(j.payload, '"certificate":"([^"]*)"'), "substring"(j.payload, '"staff":"([^"]*)"')) = coalesce("substring"(p_payload[i], '"certificate":"([^"]*)"'), "substring"(p_payload[i], '"staff":"([^"]*)"'))
                 AND j.version < p_version[i]
                 AND j.kind = ANY (ARRAY['establishment.post-filled', 'establishment.post-released', 'seal.certificate-issued'])
               ORDER BY j.version DESC LIMIT 1) = ANY (ARRAY['establishment.post-filled', 'seal.certificate-issued']);
        IF lost IS NOT NULL THEN
            RAISE EXCEPTION 'held already: %', lost USING ERRCODE = 'TR004';
        END IF;
    END IF;

    IF cardinality(p_number) > 0 THEN
        INSERT INTO cases (world, number, town, procedure, kind, subject, party_id, opened_at, opened_by)
        SELECT p_world, p_number[i], p_town[i], p_procedure[i], p_case_kind[i], p_subject[i], p_party_id[i], p_opened_at[i], p_opened_by[i]
        FROM generate_series(1, cardinality(p_number)) AS i;
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
