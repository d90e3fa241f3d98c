using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Streams;
using TownReform.Silo.Identity;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace TownReform.Silo.Api.Cases;

/// <summary>A case as it goes on, for whoever may open its file: an event with each new version.</summary>
internal static class CaseEvents
{
    private const string Event = "case";

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    public static async Task<IResult> WatchAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        IOptions<JsonOptions> json,
        string number,
        [FromQuery] string? office,
        [FromQuery] string? reason
    )
    {
        if ((await files.OpenAsync(who, number, new(FilePart.File, reason), office)).IsRefused(out var refusal, out var file))
        {
            return http.Refused(refusal);
        }

        var (@case, options) = (town.Case(file.Case.Number), json.Value.SerializerOptions);
        return new EventStream(
            Event,
            $"case/{file.Case.Number}",
            (latest, _) => NextAsync(@case, latest, options),
            async () => (await files.MayAsync(who, number, CaseRights.Read, office)).Value is not null
        );
    }

    private static async Task<FeedState?> NextAsync(ICaseGrain @case, FeedState? latest, JsonSerializerOptions options)
    {
        var seen = latest is null ? 0 : long.Parse(latest.Id, CultureInfo.InvariantCulture);
        return (await TownCalls.SendAsync(() => @case.WatchAsync(seen, AtMost))).IsRefused(out _, out var view) ? null
            : view.Version == seen && view.Disposition == Disposition.Open ? latest
            : new FeedState(
                view.Version.ToString(CultureInfo.InvariantCulture),
                JsonSerializer.SerializeToUtf8Bytes(view, options),
                view.Disposition != Disposition.Open
            );
    }
}
