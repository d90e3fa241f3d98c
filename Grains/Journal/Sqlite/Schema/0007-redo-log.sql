-- One row while a redo log (town.redo1, town.redo2) belongs to the file; none once the town was closed in order. began: the last commit in the tables when the log was begun.
CREATE TABLE redo_log
(
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    began INTEGER NOT NULL
);

-- Commits that a salvage could not save whole. Their numbers are never given again, so that whoever audits the file is told.
CREATE TABLE lost_commits
(
    first INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL CHECK (last >= first)
);
