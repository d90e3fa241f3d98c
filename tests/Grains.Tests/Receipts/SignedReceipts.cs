using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Receipts;
using TownReform.Grains.Tests.Journal.Tampering;

namespace TownReform.Grains.Tests.Receipts;

/// <summary>A recorded history with a receipt of each of its records, signed right after the record's commit, as parties hold
/// them.</summary>
internal sealed class SignedReceipts
{
    private readonly StoredKey key = StoredKey.New(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SignedReceipts(TamperedHistory history)
    {
        var signing = key.Open();
        var roots = history.Commits.ToDictionary(
            commit => (commit.Writer, commit.No),
            commit => Convert.ToHexStringLower(commit.Root.Span)
        );
        All =
        [
            .. history.Rows.Select(row =>
                (
                    row,
                    ReceiptText
                        .Sign(
                            new Receipt(
                                row.Stream["case/".Length..],
                                row.Version,
                                Convert.ToHexStringLower(row.Record.Hash.Span),
                                row.Commit,
                                roots[(row.Writer, row.Commit)],
                                row.Record.At,
                                row.Writer
                            ),
                            signing
                        )
                        .Signed
                )
            ),
        ];
    }

    public PublicKeys Keys => PublicKeys.Of([key]);

    /// <summary>Each with the record that it is of, in order of commit.</summary>
    public IReadOnlyList<(TamperedRow Of, string Signed)> All { get; }

    public Task<ReceiptVerdict> CheckAsync(string signed, IJournalScan scan) =>
        ReceiptCheck.OverAsync(signed, Keys, scan.ScanAsync(TestContext.Current.CancellationToken));
}
