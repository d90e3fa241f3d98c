using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TownReform.Grains.Journal.Writing;

/// <summary>Moments as stored: UTC with seven decimals. Text that sorts as time does.</summary>
internal static class Moment
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Letters of a moment.</summary>
    public const int Length = 28;

    public static string Text(DateTimeOffset at) =>
        string.Create(
            Length,
            at,
            static (text, at) =>
            {
                Span<byte> utf8 = stackalloc byte[Length];
                Write(at, utf8);
                Encoding.ASCII.GetChars(utf8, text);
            }
        );

    /// <summary>The same in UTF-8. The standard form of a UTC moment is the stored one, and many times quicker than by its
    /// pattern.</summary>
    /// <param name="utf8">At least <see cref="Length"/> bytes; so many are written.</param>
    public static void Write(DateTimeOffset at, Span<byte> utf8) =>
        Utf8Formatter.TryFormat(at.UtcDateTime, utf8, out _, new StandardFormat('O'));

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
