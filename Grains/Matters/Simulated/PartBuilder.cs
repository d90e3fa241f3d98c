using System.Collections.Immutable;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>Takes what a matter says of its part of a scenario.</summary>
/// <typeparam name="T">What is read from it.</typeparam>
internal sealed class PartBuilder<T>
{
    private readonly List<Func<T, SimulatedTown, IEnumerable<Happening>>> years = [];
    private readonly List<Func<T, RandomStream, FilingReply>> filings = [];
    private ScenarioPart part;

    /// <param name="key">The scenario's key; without <c>Required</c> a scenario may do without.</param>
    /// <param name="read">Reads it when its shape is right.</param>
    public PartBuilder(Key key, Func<Entry, T> read) =>
        part = new ScenarioPart(
            key,
            entry =>
            {
                var settings = read(entry);
                return new ReadPart(
                    key.Name,
                    [.. years.Select(year => (Func<SimulatedTown, IEnumerable<Happening>>)(town => year(settings, town)))],
                    [.. filings.Select(filing => (Func<RandomStream, FilingReply>)(random => filing(settings, random)))]
                );
            }
        );

    public ScenarioPart Part => part;

    /// <summary>What happens in a town over the run.</summary>
    /// <param name="procedures">Codes of the procedures that it opens cases of.</param>
    public PartBuilder<T> Year(Func<T, SimulatedTown, IEnumerable<Happening>> year, params ImmutableArray<string> procedures)
    {
        years.Add(year);
        part = part with { Opens = part.Opens.AddRange(procedures) };
        return this;
    }

    /// <summary>What county departments do with a filing copy (B2).</summary>
    public PartBuilder<T> Filing(Func<T, RandomStream, FilingReply> reply)
    {
        filings.Add(reply);
        return this;
    }

    /// <summary>Shares that exclude each other are parts of one whole.</summary>
    public PartBuilder<T> Exclusive(params ImmutableArray<string> shares)
    {
        part = part with { Exclusive = shares };
        return this;
    }

    /// <summary>What its shape can't say: what it names must be there, days lie in the run.</summary>
    public PartBuilder<T> Check(Action<PartCheck> check)
    {
        part = part with { Checks = part.Checks.Add(check) };
        return this;
    }
}
