-- Labels of a case, as its procedure declares them: what it is found by beside the columns. A JSON list of {"name", "value"}, or null for none.
ALTER TABLE standing ADD COLUMN labels jsonb;

-- Silos of the version before would bring in rows without labels: their next commit tells them that they are closed.
UPDATE writers SET closed = true WHERE NOT closed;

-- The same, one row for each: a list by label is one range of the key, newest first. The triggers keep it in step, in the transaction that moves the case.
CREATE TABLE case_labels
(
    world     text COLLATE "C" NOT NULL,
    name      text COLLATE "C" NOT NULL,
    value     text COLLATE "C" NOT NULL,
    opened_at text COLLATE "C" NOT NULL,
    number    text COLLATE "C" NOT NULL,
    PRIMARY KEY (world, name, value, opened_at, number)
);

CREATE FUNCTION label_case() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    l jsonb;
BEGIN
    -- One by one, by key, as rows of cases are.
    IF TG_OP = 'UPDATE' THEN
        FOR l IN SELECT jsonb_array_elements(OLD.labels) EXCEPT SELECT jsonb_array_elements(NEW.labels) LOOP
            DELETE FROM case_labels
            WHERE world = OLD.world AND name = l ->> 'name' AND value = l ->> 'value' AND opened_at = OLD.opened_at AND number = OLD.number;
        END LOOP;
    END IF;
    FOR l IN SELECT jsonb_array_elements(NEW.labels) LOOP
        INSERT INTO case_labels (world, name, value, opened_at, number)
        VALUES (NEW.world, l ->> 'name', l ->> 'value', NEW.opened_at, NEW.number)
        ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE TRIGGER labels_of_new_case AFTER INSERT ON standing FOR EACH ROW WHEN (NEW.labels IS NOT NULL) EXECUTE FUNCTION label_case();
CREATE TRIGGER labels_of_case AFTER UPDATE ON standing FOR EACH ROW WHEN (OLD.labels IS DISTINCT FROM NEW.labels) EXECUTE FUNCTION label_case();

DROP FUNCTION follow_commits;

-- Brings into the tables what commits p_first to p_last of a writer have left in redo, and lets effects go that have arrived. By whoever does it: one at a
-- time for each writer. Fails with TR003 when redo doesn't hold p_commits of them: somebody else was faster.
CREATE FUNCTION follow_commits(
    p_writer bigint, p_first bigint, p_last bigint, p_commits bigint, p_world text,
    p_number text[], p_shows bigint[], p_step text[], p_disposition smallint[], p_workplace text[], p_colour smallint[], p_party_name text[], p_certificate text[],
    p_opened_at text[], p_changed_at text[], p_since text[], p_work text[], p_labels text[],
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
    FOR c IN SELECT * FROM unnest(p_number, p_shows, p_step, p_disposition, p_workplace, p_colour, p_party_name, p_certificate, p_opened_at, p_changed_at, p_since, p_work, p_labels)
        AS r(number, shows, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work, labels)
    LOOP
        UPDATE standing s SET
            version = c.shows, step = c.step, disposition = c.disposition, workplace = c.workplace, colour = c.colour, party_name = c.party_name,
            certificate = c.certificate, changed_at = c.changed_at, since = c.since, work = c.work, labels = c.labels::jsonb
        WHERE s.world = p_world AND s.number = c.number AND s.version < c.shows;
        IF NOT FOUND THEN
            -- A case that is new, or one whose row is a later record's already.
            INSERT INTO standing (world, number, version, step, disposition, workplace, colour, party_name, certificate, opened_at, changed_at, since, work, labels)
            VALUES (p_world, c.number, c.shows, c.step, c.disposition, c.workplace, c.colour, c.party_name, c.certificate, c.opened_at, c.changed_at, c.since, c.work, c.labels::jsonb)
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
