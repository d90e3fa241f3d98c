namespace TownReform.Grains.Rules.Texts;

public static partial class CommandTexts
{
    /// <summary>Of the case that somebody asks about.</summary>
    public static Refusal? ReadCase(ref string number) =>
        Read(ref number, static (string it, ref CommandReading texts) => texts.Need(TextKind.CaseNumber, TextNames.Case, it));

    public static Refusal? Read(ref RateCase rate) =>
        Read(
            ref rate,
            static (RateCase it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Words = texts.Take(TextKind.Remark, TextNames.RatingWords, it.Words),
                }
        );

    public static Refusal? Read(ref NoteRead read) =>
        Read(
            ref read,
            static (NoteRead it, ref CommandReading texts) =>
                it with
                {
                    Stamp = texts.Stamp(it.Stamp),
                    Case = texts.Need(TextKind.CaseNumber, TextNames.Case, it.Case),
                    Reason = texts.Take(TextKind.Remark, TextNames.ReadReason, it.Reason),
                }
        );
}
