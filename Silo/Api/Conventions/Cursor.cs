using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Where the next page of a list begins: opaque to clients, so that how a list is ordered can change.</summary>
internal static class Cursor
{
    public const int DefaultTake = 50,
        MostTaken = 200;

    private const string Name = "cursor",
        Taken = "take";

    /// <summary>A cursor behind the last entry of a page; null where nothing follows.</summary>
    public static string? After(string? last) => last is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    /// <summary>The entry that a cursor stands behind; null at the beginning of the list.</summary>
    /// <exception cref="RequestFault">It is no cursor.</exception>
    public static string? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(cursor)) is { Length: > 0 } last ? last : throw NoCursor();
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw NoCursor();
        }
    }

    /// <summary>How many entries a page has.</summary>
    /// <exception cref="RequestFault">Less than one, or too many.</exception>
    public static int Take(int? take) =>
        take is null ? DefaultTake
        : take is >= 1 and <= MostTaken ? take.Value
        : throw new RequestFault(
            StatusCodes.Status400BadRequest,
            Taken,
            new($"{Taken} 须为 1 至 {MostTaken}。", $"{Taken} is a number from 1 to {MostTaken}.")
        );

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static RequestFault NoCursor() =>
        new(StatusCodes.Status400BadRequest, Name, new($"{Name} 须取自上一页的 next。", $"{Name} is taken from next of the page before."));
}
