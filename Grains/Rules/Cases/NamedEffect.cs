namespace TownReform.Grains.Rules.Cases;

/// <summary>An effect that acts of procedures cause by name: a message to another grain that leaves with the act's record.</summary>
public sealed class NamedEffect
{
    private readonly CaseFunction<Message> function;
    private readonly Func<string, Message> missing;

    /// <param name="reads">All that it reads of the case as the act leaves it.</param>
    public NamedEffect(string name, CaseReads reads, CaseFunction<Message> function)
    {
        (Name, Reads, this.function) = (name, reads, function);
        missing = what => throw new InvalidOperationException($"Effect '{name}' reads '{what}', which the case doesn't have.");
    }

    public string Name { get; }

    public CaseReads Reads { get; }

    /// <summary>The message as it would be now, for asking its receiver beforehand; null while something that it reads isn't
    /// there.</summary>
    public Message? Foreseen(in ActCheck check) => function(check, static _ => default) is { Effect: not null } message ? message : null;

    /// <summary>The message, and who receives it.</summary>
    /// <exception cref="InvalidOperationException">Something that it reads isn't there; loading a procedure checks that it is.</exception>
    public Message Of(in ActCheck check) => function(check, missing);
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
