namespace TownReform;

/// <summary>Something that people read, in Chinese and in English.</summary>
[GenerateSerializer, Immutable, Alias("words")]
public sealed record Words(string Zh, string En)
{
    /// <inheritdoc/>
    public override string ToString() => En;
}
