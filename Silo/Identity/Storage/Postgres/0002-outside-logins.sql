-- A link to an outside provider's identity decides who a token is, so it counts as a change too.
SET LOCAL search_path = accounts;

CREATE TRIGGER outside_counted AFTER INSERT OR UPDATE OR DELETE ON outside_logins FOR EACH STATEMENT EXECUTE FUNCTION count_change();

-- What runs after this script in the same transaction goes where it always went.
SET LOCAL search_path TO DEFAULT;
