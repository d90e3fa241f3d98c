namespace TownReform.Grains.Rules.Records;

/// <summary>Something that happened on a stream. The kind is its durable name; CLR names never reach storage.</summary>
public interface IRecorded
{
    /// <summary>Durable name in the past tense, such as <c>case.act-taken</c>.</summary>
    string Kind { get; }
}
