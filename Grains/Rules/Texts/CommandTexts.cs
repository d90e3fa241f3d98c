namespace TownReform.Grains.Rules.Texts;

/// <summary>
/// Every text of every command, read by <see cref="TextRules"/> before anything else is asked: the first statement of whatever takes a
/// command. From then on the command
/// is in normal form. A refusal says which text can't be taken and why; it is not recorded.
/// </summary>
public static partial class CommandTexts
{
    private delegate T Reader<T>(T command, ref CommandReading texts);

    // Opening and acting are done thousands of times a second: what is in normal form already stays the same object.
    public static Refusal? Read(ref OpenCase command) =>
        Read(
            ref command,
            static (OpenCase it, ref CommandReading texts) =>
            {
                var (stamp, town, procedure) = (
                    texts.Stamp(it.Stamp),
                    texts.Need(TextKind.Code, TextNames.Town, it.Town),
                    texts.Need(TextKind.Code, TextNames.Procedure, it.Procedure)
                );
                var (subject, party, fields) = (
                    texts.Take(TextKind.PersonId, TextNames.Subject, it.Subject) ?? "",
                    texts.Party(it.Party),
                    texts.Fields(it.Fields)
                );
                return
                    Same(stamp, it.Stamp)
                    && Same(town, it.Town)
                    && Same(procedure, it.Procedure)
                    && Same(subject, it.Subject)
                    && Same(party, it.Party)
                    && fields == it.Fields
                    ? it
                    : it with
                    {
                        Stamp = stamp,
                        Town = town,
                        Procedure = procedure,
                        Subject = subject,
                        Party = party,
                        Fields = fields,
                    };
            }
        );

    public static Refusal? Read(ref ActOnCase command) =>
        Read(
            ref command,
            static (ActOnCase it, ref CommandReading texts) =>
            {
                var (stamp, act, fields) = (
                    texts.Stamp(it.Stamp),
                    texts.Need(TextKind.Code, TextNames.Act, it.Act),
                    texts.Fields(it.Fields)
                );
                return Same(stamp, it.Stamp) && Same(act, it.Act) && fields == it.Fields
                    ? it
                    : it with
                    {
                        Stamp = stamp,
                        Act = act,
                        Fields = fields,
                    };
            }
        );

    /// <summary>Of who asks a question.</summary>
    public static Refusal? Read(ref Stamp stamp) => Read(ref stamp, static (Stamp it, ref CommandReading texts) => texts.Stamp(it));

    public static Refusal? Read(ref AnswerFiling command) =>
        Read(
            ref command,
            static (AnswerFiling it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Case = texts.Need(TextKind.CaseNumber, TextNames.Case, it.Case),
                    SpecialCircumstance = texts.Take(TextKind.Remark, TextNames.Circumstance, it.SpecialCircumstance),
                    Comment = texts.Take(TextKind.Remark, TextNames.Comment, it.Comment),
                }
        );

    public static Refusal? Read(ref HireStaff command) =>
        Read(
            ref command,
            static (HireStaff it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Particulars = texts.Particulars(it.Particulars),
                }
        );

    public static Refusal? Read(ref TakeLeave command) =>
        Read(ref command, static (TakeLeave it, ref CommandReading texts) => it with { Stamp = texts.Stamp(it.Stamp) });

    public static Refusal? Read(ref AppointToPost command) =>
        Read(
            ref command,
            static (AppointToPost it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Staff = texts.Need(TextKind.PersonId, TextNames.Staff, it.Staff),
                }
        );

    public static Refusal? Read(ref ReleasePost command) =>
        Read(
            ref command,
            static (ReleasePost it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Staff = texts.Need(TextKind.PersonId, TextNames.Staff, it.Staff),
                }
        );

    public static Refusal? Read(ref OpenAssessment command) =>
        Read(
            ref command,
            static (OpenAssessment it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    People = texts.People(it.People),
                }
        );

    public static Refusal? Read(ref MarkStaff command) =>
        Read(
            ref command,
            static (MarkStaff it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Staff = texts.Need(TextKind.PersonId, TextNames.Staff, it.Staff),
                }
        );

    public static Refusal? Read(ref CloseAssessment command) =>
        Read(ref command, static (CloseAssessment it, ref CommandReading texts) => it with { Stamp = texts.Stamp(it.Stamp) });

    public static Refusal? Read(ref FoundTown command) =>
        Read(
            ref command,
            static (FoundTown it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Without = texts.Codes(TextNames.Without, it.Without),
                }
        );

    public static Refusal? Read(ref RetryEffect command) =>
        Read(
            ref command,
            static (RetryEffect it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Town = texts.Need(TextKind.Code, TextNames.Town, it.Town),
                }
        );

    public static Refusal? Read(ref FoundCatalogue command) =>
        Read(
            ref command,
            static (FoundCatalogue it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Without = texts.Codes(TextNames.Without, it.Without),
                }
        );

    /// <summary>A search with its ids and codes in normal form.</summary>
    /// <returns>False when a text of it can't be anything's: then nothing matches.</returns>
    public static bool TrySearch(ref CaseSearch search) =>
        search is null
        || Read(
            ref search,
            static (CaseSearch it, ref CommandReading texts) =>
                it with
                {
                    Town = texts.Take(TextKind.Code, TextNames.Town, it.Town),
                    Procedure = texts.Take(TextKind.Code, TextNames.Procedure, it.Procedure),
                    Subject = texts.Take(TextKind.PersonId, TextNames.Subject, it.Subject),
                    Workplace = texts.Take(TextKind.Stream, TextNames.Workplace, it.Workplace),
                    Party = texts.Take(TextKind.PersonId, TextNames.PartyId, it.Party),
                    BeforeNumber = texts.Take(TextKind.CaseNumber, TextNames.Case, it.BeforeNumber),
                    Labels = texts.Labels(it.Labels),
                    Numbers = texts.Numbers(it.Numbers),
                }
        )
            is null;

    private static Refusal? Read<T>(ref T command, Reader<T> reader)
        where T : class
    {
        if (command is null)
        {
            return TextRefusals.Missing(TextNames.Command);
        }

        var texts = default(CommandReading);
        var read = reader(command, ref texts);
        command = texts.Refusal is null ? read : command;
        return texts.Refusal;
    }

    private static bool Same(object? one, object? other) => ReferenceEquals(one, other);
}
