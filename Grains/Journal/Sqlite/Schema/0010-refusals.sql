-- Refusals by moment (I2): what was refused in the last days, by clause, without a look at everything that was ever recorded. RefusedRecord.Kinds names the same.
CREATE INDEX journal_refused ON journal (world, at)
    WHERE kind IN ('case.act-refused', 'intake.refused', 'county.filing-refused', 'county.interference-recorded', 'staff.refused', 'catalogue.refused', 'establishment.refused', 'assessment.refused', 'town.refused');
