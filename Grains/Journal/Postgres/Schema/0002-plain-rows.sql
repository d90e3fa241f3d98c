-- The commit with plain inserts and updates. Before, ON CONFLICT took two more records of the log per row, and a lock per update, to be ready for a
-- conflict that next to never comes; now a taken place fails the statement (23505) and the caller asks which it was.
-- What a writer itself has written needs no look: p_look marks the records whose stream was read anew since.
-- Silos of the version before call the function under its old parameters; it stays for them.
CREATE FUNCTION record_commit(
    p_writer bigint, p_tx bigint, p_commit bigint, p_prev_root bytea, p_root bytea, p_world text,
    p_append integer[], p_look boolean[], p_stream text[], p_version bigint[], p_at text[], p_kind text[], p_actor_id text[], p_actor_office text[],
    p_actor_for text[], p_command uuid[], p_payload text[], p_prev bytea[], p_hash bytea[],
    p_new_number text[], p_town text[], p_procedure text[], p_case_kind text[], p_subject text[], p_party_id text[], p_new_opened_at text[], p_opened_by uuid[],
    p_number text[], p_opens boolean[], p_step text[], p_disposition smallint[], p_workplace text[], p_colour smallint[], p_party_name text[], p_certificate text[],
    p_opened_at text[], p_changed_at text[], p_since text[], p_work text[],
    p_effect_id bigint[], p_effect_stream text[], p_effect_version bigint[], p_effect_ordinal integer[], p_target_type text[], p_target_key text[], p_effect_at text[], p_effect text[],
    p_arrived bigint[], p_resumed text[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    written bigint;
    moved   bigint;
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

        IF cardinality(p_new_number) > 0 THEN
            INSERT INTO cases (world, number, town, procedure, kind, subject, party_id, opened_at, opened_by)
            SELECT p_world, c.* FROM unnest(p_new_number, p_town, p_procedure, p_case_kind, p_subject, p_party_id, p_new_opened_at, p_opened_by) AS c;

            INSERT INTO standing (world, number, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work)
            SELECT p_world, c.number, c.step, c.disposition, c.workplace, c.colour, c.party_name, c.certificate, c.opened_at, c.changed_at, c.since, c.work
            FROM unnest(p_number, p_opens, p_step, p_disposition, p_workplace, p_colour, p_party_name, p_certificate, p_opened_at, p_changed_at, p_since, p_work)
                AS c(number, opens, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work)
            WHERE c.opens;
        END IF;

        IF cardinality(p_number) > cardinality(p_new_number) THEN
            -- By the place of the row, which each case looks up by its key: joined by the key itself, a plan made while the table is
            -- small goes through the whole of it for ever after.
            UPDATE standing s SET
                step = c.step, disposition = c.disposition, workplace = c.workplace, colour = c.colour, party_name = c.party_name,
                certificate = c.certificate, changed_at = c.changed_at, since = c.since, work = c.work
            FROM (SELECT m.*, (SELECT t.ctid FROM standing t WHERE t.world = p_world AND t.number = m.number) AS place
                  FROM unnest(p_number, p_opens, p_step, p_disposition, p_workplace, p_colour, p_party_name, p_certificate, p_changed_at, p_since, p_work)
                      AS m(number, opens, step, disposition, workplace, colour, party_name, certificate, changed_at, since, work)
                  WHERE NOT m.opens OFFSET 0) c
            WHERE s.ctid = c.place;
            GET DIAGNOSTICS moved = ROW_COUNT;
            IF moved + cardinality(p_new_number) <> cardinality(p_number) THEN
                RAISE EXCEPTION 'a case that moves has no row, or moves twice' USING ERRCODE = 'cardinality_violation';
            END IF;
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
