using System.Text;

namespace TownReform.Grains.Journal.Redo;

/// <summary>A text as UTF-8, or none.</summary>
internal readonly ref struct StoredText
{
    public StoredText(ReadOnlySpan<byte> utf8)
    {
        Utf8 = utf8;
        IsThere = true;
    }

    public ReadOnlySpan<byte> Utf8 { get; }

    public bool IsThere { get; }

    public string? OrNull() => IsThere ? Encoding.UTF8.GetString(Utf8) : null;

    public override string ToString() => OrNull() ?? "";
}
