using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>Takes the rating of a case from the page of its party (B12).</summary>
internal static class RatingPages
{
    private static readonly Words ChooseOne = new("请选择一级", "Choose one of the five levels");

    public static void Map(IEndpointRouteBuilder my) => my.MapPost("/cases/{number}/rating", RateAsync).DisableAntiforgery();

    private static async Task<IResult> RateAsync(MyDesk desk, CaseRatings ratings, Requester who, HttpContext http, string number)
    {
        var sent = await SentForm.ReadAsync(http);
        if ((await desk.OpenAsync(who, number)).IsRefused(out _, out var file) || file is not { Rating: { } rating, Actor: { } actor })
        {
            return TypedResults.NotFound();
        }

        var level = int.TryParse(sent["level"], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (int?)null;
        rating = rating with { Level = level, Words = sent["words"] };
        if (!sent.IsOurs || FormCommand.Of(sent.Form) is not { } command)
        {
            return Show(http, file, rating with { Fault = SentForm.Aged });
        }

        if (level is not { } chosen)
        {
            return Show(http, file, rating with { Fault = ChooseOne });
        }

        var given = await ratings.RateAsync(who, file.Case.Number, actor, new IdempotencyKey(command.Key), new(chosen, rating.Words));
        return given.IsRefused(out var refusal, out _)
            ? Show(http, file, rating with { Refusal = refusal })
            : new SeeOther($"{file.Path}?told=rated#rating");
    }

    private static IResult Show(HttpContext http, MyCaseModel file, MyRating rating) =>
        PageResults.Show<MyCasePage, MyCaseModel>(
            PageContexts.WithForms(http),
            file with
            {
                Rating = rating,
            },
            StatusCodes.Status422UnprocessableEntity
        );
}
