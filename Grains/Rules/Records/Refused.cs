namespace TownReform.Grains.Rules.Records;

/// <summary>An act that was refused, as it stands on the stream it was said to (I2).</summary>
/// <param name="Act">The act in the grain's own words, such as <c>hire</c>.</param>
public sealed record Refused(string Act, Refusal Refusal);

/// <summary>An event that records a refusal; it may also change the state (an interference is counted).</summary>
public interface IRefused
{
    Refused Refused { get; }
}
