-- A certificate by its number, for whoever checks one; the number is unique (B1), and most cases have none.
CREATE INDEX standing_certificate ON standing (world, certificate) WHERE certificate IS NOT NULL;
