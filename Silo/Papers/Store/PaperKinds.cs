using System.Collections.Immutable;
using System.IO.Compression;

namespace TownReform.Silo.Papers.Store;

/// <summary>Sorts of files that are taken: a file is of a sort by its first bytes and by the ending of its name, both.</summary>
internal static class PaperKinds
{
    /// <summary>So many bytes of a file tell its sort.</summary>
    public const int Head = 32;

    private static readonly ImmutableArray<byte> Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly string[] HeicBrands = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"];

    /// <summary>Endings for a file dialogue.</summary>
    public const string Accepted = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.ofd";

    public static string MediaType(PaperKind kind) =>
        kind switch
        {
            PaperKind.Pdf => "application/pdf",
            PaperKind.Jpeg => "image/jpeg",
            PaperKind.Png => "image/png",
            PaperKind.Heic => "image/heic",
            _ => "application/ofd",
        };

    /// <summary>Whether browsers show it themselves; others only save it.</summary>
    public static bool IsShown(PaperKind kind) => kind is PaperKind.Pdf or PaperKind.Jpeg or PaperKind.Png;

    /// <summary>The sort that a name promises; null for one that isn't taken.</summary>
    public static PaperKind? OfName(string name) =>
        Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".PDF" => PaperKind.Pdf,
            ".JPG" or ".JPEG" => PaperKind.Jpeg,
            ".PNG" => PaperKind.Png,
            ".HEIC" or ".HEIF" => PaperKind.Heic,
            ".OFD" => PaperKind.Ofd,
            _ => null,
        };

    /// <summary>Whether a file is of a sort.</summary>
    /// <param name="head">Its first bytes, at most <see cref="Head"/>.</param>
    /// <param name="path">Where it lies for now: what is inside of an OFD file tells it from another archive.</param>
    public static bool Is(PaperKind kind, ReadOnlySpan<byte> head, string path) =>
        kind switch
        {
            PaperKind.Pdf => head.StartsWith("%PDF-"u8),
            PaperKind.Jpeg => head is [0xFF, 0xD8, 0xFF, ..],
            PaperKind.Png => head.StartsWith(Png.AsSpan()),
            PaperKind.Heic => head.Length >= 12
                && head[4..8].SequenceEqual("ftyp"u8)
                && HeicBrands.Contains(System.Text.Encoding.ASCII.GetString(head[8..12])),
            PaperKind.Ofd => head.StartsWith("PK\u0003\u0004"u8) && HasOfd(path),
            _ => false,
        };

    // Only the list of what is inside is read; nothing is unpacked.
    private static bool HasOfd(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.GetEntry("OFD.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
