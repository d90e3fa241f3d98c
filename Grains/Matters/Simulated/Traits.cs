using System.Collections.Immutable;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>How a party or its business is, drawn when it appears: names that a scenario's conditions ask for. A matter declares its
/// own.</summary>
internal readonly struct Traits
{
    /// <summary>The party is an organisation.</summary>
    public const string Organisation = "organisation";

    /// <summary>The case goes by the green channel, where the plan has one.</summary>
    public const string Green = "green";

    private readonly ImmutableArray<string> names;

    private Traits(ImmutableArray<string> names) => this.names = names;

    public static Traits None => default;

    public bool Has(string name)
    {
        if (names.IsDefaultOrEmpty)
        {
            return false;
        }

        foreach (var known in names)
        {
            if (known == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With one more, if it holds.</summary>
    public Traits With(string name, bool holds = true) => !holds || Has(name) ? this : new(names.IsDefault ? [name] : names.Add(name));

    public Traits Without(string name) => Has(name) ? new(names.Remove(name)) : this;
}
