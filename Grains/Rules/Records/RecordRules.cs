namespace TownReform.Grains.Rules.Records;

/// <summary>What belongs in the legal record: what the law or the state of a matter refuses (I2), and not what the keyboard does.</summary>
[Clause("I2")]
public static class RecordRules
{
    /// <summary>
    /// Whether a refusal of a command is recorded. A text that can't be taken, a name that nobody or nothing has, and a value that isn't
    /// what its field takes are told and leave no trace:
    /// nothing was asked of the law yet. Nor was it of a case that has moved on, of an id that stands for another command, of somebody who
    /// speaks as the system, or while there are too many commands to take one more.
    /// </summary>
    public static bool IsRecorded(Refusal refusal) =>
        refusal.Code
            is not (
                RefusalCode.CaseUnknown
                or RefusalCode.ActUnknown
                or RefusalCode.FieldMissing
                or RefusalCode.FieldMalformed
                or RefusalCode.FieldUnknown
                or RefusalCode.ProcedureUnknown
                or RefusalCode.SubjectUnknown
                or RefusalCode.StaffUnknown
                or RefusalCode.TownUnknown
                or RefusalCode.RoundUnknown
                or RefusalCode.NotSetAside
                or RefusalCode.TextMissing
                or RefusalCode.TextTooLong
                or RefusalCode.TextForbidden
                or RefusalCode.TooManyEntries
                or RefusalCode.LateEntryIncomplete
                or RefusalCode.CaseMovedOn
                or RefusalCode.CommandIdReused
                or RefusalCode.SystemFromOutside
                or RefusalCode.NoSuchOffice
                or RefusalCode.NotForClients
                or RefusalCode.Busy
            );
}
