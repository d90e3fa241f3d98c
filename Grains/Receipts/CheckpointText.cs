using System.Globalization;
using System.Text.Json;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Receipts;

/// <summary>Where a writer's commits ended at a moment (校验点), signed: kept where the town can't write, it proves later that nothing before
/// was changed or cut.</summary>
/// <param name="Writer">0 where a record has one writer.</param>
/// <param name="At">When it was signed, by the clock of the silo.</param>
public sealed record SignedCheckpoint(long Writer, ChainCheckpoint End, DateTimeOffset At);

/// <summary>A signed checkpoint as a line of text: a signature (JWS) over JSON of <c>v, writer, commit, root, at</c>.</summary>
public static class CheckpointText
{
    internal const string Type = "checkpoint+jws";

    private const int Form = 1;

    internal static string Sign(SignedCheckpoint checkpoint, SigningKey key) =>
        JsonWebSignature.Sign(
            key,
            Type,
            JsonSerializer.SerializeToUtf8Bytes(
                new CheckpointContent(
                    Form,
                    checkpoint.Writer == 0 ? null : checkpoint.Writer,
                    checkpoint.End.Commit,
                    checkpoint.End.Root,
                    checkpoint.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
                ),
                ReceiptJson.Default.CheckpointContent
            )
        );

    /// <summary>Whether a line is a checkpoint, whoever has signed it; false where it is torn.</summary>
    public static bool IsOne(string line) => JsonWebSignature.Read(line.Trim(), Type) is { Signature.Length: 64 };

    /// <returns>Null for what is none, or whose signature doesn't hold by these keys.</returns>
    public static SignedCheckpoint? Read(string line, PublicKeys keys)
    {
        if (JsonWebSignature.Read(line.Trim(), Type) is not { } signature || !keys.Verify(signature))
        {
            return null;
        }

        try
        {
            return
                JsonSerializer.Deserialize(signature.Payload, ReceiptJson.Default.CheckpointContent)
                    is { V: Form, Commit: > 0, Root.Length: 64 } it
                && DateTimeOffset.TryParse(it.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? new SignedCheckpoint(it.Writer ?? 0, new ChainCheckpoint(it.Commit, it.Root), at)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record CheckpointContent(int V, long? Writer, long Commit, string Root, string At);
