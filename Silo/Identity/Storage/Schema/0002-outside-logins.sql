-- A link to an outside provider's identity decides who a token is, so it counts as a change too.
CREATE TRIGGER outside_inserted AFTER INSERT ON outside_logins BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER outside_changed AFTER UPDATE ON outside_logins BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER outside_deleted AFTER DELETE ON outside_logins BEGIN UPDATE changes SET n = n + 1; END;
