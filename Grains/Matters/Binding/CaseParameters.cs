using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Binding;

/// <summary>What a parameter can have of the case itself, by its name and type. A parameter of another name is a field of the
/// procedure.</summary>
/// <param name="Read">How it is read; null where the case has none.</param>
/// <param name="Needs">Facts that have to be gathered for it.</param>
/// <param name="Subject">What the procedure's cases must have when the parameter can't be null.</param>
/// <param name="Told">What a refusal calls it when it isn't there.</param>
internal sealed record CaseParameter(
    Delegate Read,
    FactNeeds Needs = FactNeeds.None,
    RuleSubject Subject = RuleSubject.Any,
    string? Told = null
)
{
    private delegate T Reading<out T>(in ActCheck check);

    /// <summary>By name; the type is that of the reading.</summary>
    public static IReadOnlyDictionary<string, CaseParameter> All { get; } =
        new Dictionary<string, CaseParameter>(StringComparer.Ordinal)
        {
            ["file"] = Of(static (in c) => c.File),
            ["step"] = Of(static (in c) => c.Step),
            ["act"] = Of(static (in c) => c.Act),
            ["stamp"] = Of(static (in c) => c.Stamp),
            ["given"] = Of(static (in c) => c.Given),
            ["plan"] = Of(static (in c) => c.Facts.Plan),
            ["procedure"] = Of(static (in c) => c.Facts.Procedure),
            ["calendar"] = Of(static (in c) => c.Facts.Calendar),
            ["day"] = Of(static (in c) => c.Facts.Day),
            ["law"] = Of(static (in c) => new CaseLaw(c.Facts.Law, c.Facts.Day, c.File.StepOn)),
            ["stepLimit"] = Of(static (in c) => c.Step?.Limit, FactNeeds.None, RuleSubject.StepLimit, "limit"),
            ["item"] = Of(static (in c) => c.Facts.Item, FactNeeds.None, RuleSubject.Item),
            ["holding"] = Of(static (in c) => c.Facts.Holding, FactNeeds.Holding, RuleSubject.Item),
            ["person"] = Of(static (in c) => c.Facts.Person, FactNeeds.Person, RuleSubject.Person),
            ["owner"] = Of(static (in c) => c.Facts.Owner, FactNeeds.Owner),
            ["actor"] = Of(static (in c) => c.Facts.Actor),
            ["bureauPeople"] = Of(static (in c) => c.Facts.BureauPeople, FactNeeds.BureauPeople, RuleSubject.Item),
        };

    public Type Type => Read.Method.ReturnType;

    private static CaseParameter Of<T>(
        Reading<T> read,
        FactNeeds needs = FactNeeds.None,
        RuleSubject subject = RuleSubject.Any,
        string? told = null
    ) => new(read, needs, subject, told);
}
