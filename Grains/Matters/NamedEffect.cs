using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters;

/// <summary>An effect that acts of procedures cause by name: a message to another grain that leaves with the act's record.</summary>
/// <param name="Reads">All that it reads of the case as the act leaves it.</param>
public sealed record NamedEffect(string Name, CaseReads Reads, NamedEffect.Making Make)
{
    /// <summary>The message, and who receives it.</summary>
    /// <param name="missing">Asked when something that the effect must read isn't there.</param>
    public delegate Message Making(in ActCheck check, Func<string, Message> missing);

    /// <exception cref="InvalidOperationException">Something that it reads isn't there; loading a procedure checks that it is.</exception>
    public Message Of(in ActCheck check) => Make(check, Missing);

    private Message Missing(string what) => throw new InvalidOperationException($"Effect '{Name}' reads '{what}', which the case doesn't have.");
}

/// <summary>A message of an effect, addressed.</summary>
public readonly record struct Message(Receiver To, Effect Effect);

/// <summary>Who receives a message: the type of a grain, and its key without the world.</summary>
public readonly record struct Receiver(string Type, string Key)
{
    public static Receiver Seal(string town) => new("seal", town);

    public static Receiver CountyOffice(string office) => new("county-office", office);

    public static Receiver Staff(string town, string person) => new("staff", $"{town}/{person}");

    public static Receiver Catalogue(string town) => new("catalogue", town);
}
