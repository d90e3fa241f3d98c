-- A silo has several writers, its lanes: while one waits for its commit the other makes its own. A stream keeps to one lane.
ALTER TABLE writers ADD COLUMN lane integer NOT NULL DEFAULT 0;
ALTER TABLE writers DROP CONSTRAINT writers_address_port_generation_key;
ALTER TABLE writers ADD UNIQUE (address, port, generation, lane);
