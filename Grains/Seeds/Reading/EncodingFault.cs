using System.Buffers;
using System.Text;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>Why a file isn't UTF-8: where the first byte stands that isn't, and what the file seems to be instead.</summary>
/// <param name="Line">From 1.</param>
internal sealed record EncodingFault(int Line, string Found)
{
    /// <summary>What was expected, with the remedy for the commonest cause: a spreadsheet that saved as plain CSV.</summary>
    public const string Expected = "UTF-8 text (in a spreadsheet: save as \"CSV UTF-8\")";

    public static EncodingFault? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new(1, "UTF-16 text");
        }

        var line = 1;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) != OperationStatus.Done)
            {
                return new(line, $"byte 0x{bytes[0]:X2}, which is not UTF-8 (GBK?)");
            }

            if (rune.Value == 0)
            {
                return new(line, "byte 0x00 (UTF-16 text?)");
            }

            line += rune.Value == '\n' ? 1 : 0;
            bytes = bytes[length..];
        }

        return null;
    }
}
