using System.Globalization;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Api.Cases;

/// <summary>An earlier moment of a case, as it is written in an address: the number of a record, or a moment with its offset.</summary>
internal static class AsOfText
{
    private const string Name = "asOf";

    private static readonly string[] Moments =
    [
        "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <returns>Null where none is asked for.</returns>
    /// <exception cref="RequestFault">It is neither.</exception>
    public static AsOf? Read(string? text) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? new AsOf(version)
        : DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new AsOf(null, at)
        : throw new RequestFault(
            StatusCodes.Status400BadRequest,
            Name,
            new(
                $"{Name} 须为记录号（如 7）或带时区的时刻（如 2026-03-02T09:30:00+08:00，地址中 + 写作 %2B）。",
                $"{Name} is the number of a record (such as 7) or a moment with its offset (such as 2026-03-02T09:30:00+08:00, the + "
                    + "written %2B in an address)."
            )
        );
}
