namespace TownReform.Grains.Simulation.Results;

/// <summary>Watches that every grant carries a number and that no number is carried twice (B1). Grows with certificates.</summary>
internal sealed class CertificateTally
{
    /// <summary>Cases named of each fault; the count goes on.</summary>
    private const int Named = 10;

    private readonly HashSet<string> numbers = new(StringComparer.Ordinal);
    private readonly List<string> missingOn = [];
    private readonly List<string> repeatedOn = [];
    private readonly List<string> unfoundedOn = [];
    private long granted;
    private long missing;
    private long repeated;
    private long unfounded;

    public void Add(CaseRecord record, bool grants)
    {
        granted += grants ? 1 : 0;
        if (record.Certificate is not { } number)
        {
            Note(grants, ref missing, missingOn, record.Number);
            return;
        }

        // A decided case that waits for delivery or payment carries its number already; only an end can belie it.
        Note(!grants && record.Disposition != Disposition.Open, ref unfounded, unfoundedOn, record.Number);
        Note(!numbers.Add(number), ref repeated, repeatedOn, $"{record.Number} ({number})");
    }

    public CertificateCounts Close(string town) =>
        new(
            Town: town,
            Granted: granted,
            Numbers: numbers.Count,
            Missing: missing,
            Repeated: repeated,
            Unfounded: unfounded,
            MissingOn: [.. missingOn],
            RepeatedOn: [.. repeatedOn],
            UnfoundedOn: [.. unfoundedOn]
        );

    private static void Note(bool fault, ref long count, List<string> on, string what)
    {
        if (!fault)
        {
            return;
        }

        count++;
        if (on.Count < Named)
        {
            on.Add(what);
        }
    }
}
