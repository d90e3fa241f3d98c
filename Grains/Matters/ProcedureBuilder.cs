using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters;

/// <summary>Takes what a matter says of one of its procedures.</summary>
public sealed class ProcedureBuilder
{
    private readonly IReadOnlyDictionary<Type, Delegate> values;

    internal ProcedureBuilder(IReadOnlyDictionary<Type, Delegate> values) => this.values = values;

    internal DeclaredProcedure Declared { get; private set; } = DeclaredProcedure.None;

    /// <summary>For which office of the county it is opened, and every act done that names the county: another office is refused.</summary>
    /// <param name="office">A pure function that answers the code of a department.</param>
    /// <exception cref="ArgumentException">A parameter can't be bound.</exception>
    public ProcedureBuilder Requester(Delegate office)
    {
        var (reads, call) = FunctionBinder<string?>.Bind(office, values);
        Declared = Declared with { Requester = new CaseValue(reads, call) };
        return this;
    }

    /// <summary>What holds for every case of it after every record; an audit tells where it doesn't.</summary>
    /// <param name="clause">The clause that it follows from.</param>
    public ProcedureBuilder AlwaysTrue(string clause, Words says, Func<CaseFile, bool> holds)
    {
        Declared = Declared with { AlwaysTrue = Declared.AlwaysTrue.Add(new CaseInvariant(clause, says, holds)) };
        return this;
    }
}
