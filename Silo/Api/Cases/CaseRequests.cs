using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Api.Cases;

/// <summary>An application, or another case that somebody opens.</summary>
/// <param name="Procedure">Code of the procedure, such as <c>permit</c>.</param>
/// <param name="Party">Whom the case is about or for.</param>
/// <param name="Item">What it is about: an item code, or the staff id for a secondment; left out where it is about neither.</param>
/// <param name="Green">Green channel for projects (B9).</param>
/// <param name="Fields">What the procedure asks for at the start, by name.</param>
internal sealed record OpeningRequest(
    string Procedure,
    Party Party,
    string? Item = null,
    bool Green = false,
    IReadOnlyDictionary<string, string>? Fields = null
)
{
    public OpenCase Command(Stamp stamp, string town) => new(stamp, town, Procedure, Item ?? "", Party, Green, FieldsSent.Of(Fields));
}

/// <summary>What is filled in for an act.</summary>
/// <param name="Fields">Dates ISO, money with a point and at most two decimals, lists separated by <c>;</c>.</param>
internal sealed record ActRequest(IReadOnlyDictionary<string, string>? Fields = null)
{
    public ActOnCase Command(Stamp stamp, string act, SeenVersion? seen) => new(stamp, act, FieldsSent.Of(Fields), seen?.Version);
}

/// <summary>Fields of a command as they were sent.</summary>
internal static class FieldsSent
{
    /// <exception cref="RequestFault">A field has no value.</exception>
    public static ImmutableArray<Field> Of(IReadOnlyDictionary<string, string>? fields)
    {
        if (fields is null or { Count: 0 })
        {
            return [];
        }

        var sent = ImmutableArray.CreateBuilder<Field>(fields.Count);
        foreach (var (name, value) in fields)
        {
            sent.Add(
                value is not null
                    ? new Field(name, value)
                    : throw new RequestFault(
                        StatusCodes.Status422UnprocessableEntity,
                        name,
                        new("此栏没有值；不填的栏目请不要列出。", "This field has no value; leave out what isn't filled in.")
                    )
            );
        }

        return sent.MoveToImmutable();
    }
}

/// <summary>A page of cases.</summary>
/// <param name="Cases">Newest first; ids of parties are masked unless they are one's own. It may hold fewer than were asked for although
/// more follow.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
internal sealed record CaseList(ImmutableArray<CaseLine> Cases, string? Next);
