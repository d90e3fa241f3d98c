using Orleans.Concurrency;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Receipts;

/// <inheritdoc cref="IReceiptGrain"/>
[GrainType("receipts"), StatelessWorker, Reentrant]
public sealed class ReceiptGrain(IWorlds worlds, SigningKeys keys) : Grain, IReceiptGrain, IForgettable
{
    public bool HasNothing => this.GetPrimaryKeyString() != Address.Live;

    private WorldStorage Storage => worlds.Of(this.GetPrimaryKeyString());

    private static ICommitPlaces? Places(WorldStorage storage) => storage.Journal as ICommitPlaces;

    public async Task<Outcome<SignedReceipt>> IssueAsync(string number, long? version)
    {
        var storage = Storage;
        if (!TextRules.IsStreamAsked($"case/{number}") || Places(storage) is not { } places)
        {
            return CaseRefusals.Unknown(number ?? "");
        }

        if (await places.FindPlacedAsync($"case/{number}", version is 0 ? -1 : version) is not { } placed)
        {
            return await places.FindPlacedAsync($"case/{number}", null) is { Record: var last }
                ? ReceiptRefusals.NoRecord(number, version ?? 0, last.Version)
                : CaseRefusals.Unknown(number);
        }

        var clock = worlds.ReceptionOf(this.GetPrimaryKeyString()).Clock;
        return ReceiptText.Sign(
            new Receipt(
                Case: number,
                Version: placed.Record.Version,
                Hash: Convert.ToHexStringLower(placed.Record.Hash.Span),
                Commit: placed.End.Commit,
                Root: placed.End.Root,
                At: (clock?.Now ?? placed.Record.At).ToUniversalTime(),
                Writer: placed.Writer,
                Practice: clock?.IsPractice ?? false
            ),
            await keys.PresentAsync()
        );
    }

    public async Task<ReceiptVerdict> CheckAsync(string signed)
    {
        var read = ReceiptText.Read(signed ?? "", await keys.PublicAsync());
        if (read.Receipt is not { } receipt)
        {
            return read;
        }

        var storage = Storage;
        return ReceiptCheck.Over(
            read,
            await storage.Journal.ReadAsync($"case/{receipt.Case}", 0),
            Places(storage) is { } places ? await places.FindCommitAsync(receipt.Writer, receipt.Commit) : null
        );
    }

    public async Task<ReceiptVerdict> CheckWordsAsync(string number, long version, string words)
    {
        var stream = $"case/{number}";
        if (ReceiptWords.Read(words ?? "") is not { } typed || version < 1 || !TextRules.IsStreamAsked(stream))
        {
            return new ReceiptVerdict(null, null, [ReceiptFindings.WordsDiffer()]);
        }

        var records = await Storage.Journal.ReadAsync(stream, 0);
        var hash = records.FirstOrDefault(record => record.Version == version) is { } record
            ? Convert.ToHexStringLower(HashChain.Of(record, record.PreviousHash.Span))
            : "";
        return ReceiptWords.Of(number, version, hash).SequenceEqual(typed)
            ? new ReceiptVerdict(null, null, [], records[^1].Version - version)
            : new ReceiptVerdict(null, null, [ReceiptFindings.WordsDiffer()]);
    }

    public async Task<string> KeysAsync() => (await keys.PublicAsync()).Json;
}
