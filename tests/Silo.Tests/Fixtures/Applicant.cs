using System.Collections.Concurrent;
using System.Globalization;
using TownReform.Grains.Recording;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>
/// One applicant's permit from the window to the seal. Every command has an id that follows from the applicant's number, so the whole
/// life can be sent again, by another client, after any crash.
/// </summary>
/// <param name="town">The town applied to; null to take turns by number.</param>
internal sealed class Applicant(int number, ConcurrentDictionary<Guid, CaseView> answered, string? town = null)
{
    private static readonly Guid Parent = new("6f1c7b0e-3a55-4d0c-9a7e-000000000001");

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"C{number:D4}");

    private string Town => town ?? (number % 2 == 0 ? "yandian" : "guyun");

    private string Item => Town == "yandian" ? "YD-XK-001" : "GY-XK-001";

    /// <summary>Opens, accepts, recommends, grants.</summary>
    /// <returns>The last answer.</returns>
    public async Task<CaseView> GoAsync(TownClient client) => await DecideAsync(client, await PrepareAsync(client));

    /// <summary>Opens, accepts, recommends.</summary>
    /// <returns>The case, ready to be decided.</returns>
    public async Task<CaseView> PrepareAsync(TownClient client)
    {
        var view = await OpenAsync(client);
        view = await ActAsync(client, view, 1, "accept");
        return await ActAsync(client, view, 2, "recommend", new Field("recommendation", "grant"));
    }

    /// <summary>Grants; the certificate follows by itself.</summary>
    public Task<CaseView> DecideAsync(TownClient client, CaseView prepared) => ActAsync(client, prepared, 3, "grant");

    /// <summary>Opens.</summary>
    public async Task<CaseView> OpenAsync(TownClient client)
    {
        var stamp = Stamp(0, new Actor(Id, Actor.Public));
        var command = new OpenCase(stamp, Town, "permit", Item, new Party(Id, Id, Organisation: false), Green: false, []);
        return Told(stamp, await client.Grains.OpenCaseAsync(command));
    }

    /// <summary>Does the n-th step as who has the case.</summary>
    public async Task<CaseView> ActAsync(TownClient client, CaseView view, int step, string act, params Field[] fields)
    {
        var stamp = Stamp(step, new Actor(view.Officers[0], "government-service"));
        return Told(stamp, await client.Case(view.Number).ActAsync(new ActOnCase(stamp, act, [.. fields])));
    }

    /// <summary>An answer given before must be given again.</summary>
    private CaseView Told(Stamp stamp, Outcome<CaseView> outcome)
    {
        var view = outcome.Value ?? throw new InvalidOperationException($"{Id}: {outcome.Refusal}");
        var first = answered.GetOrAdd(stamp.CommandId, view);
        (view.Number, view.Version, view.Step).ShouldBe((first.Number, first.Version, first.Step));
        return view;
    }

    // Sent again, it is stamped anew: the silo's clock is near, and the id tells that it is the same.
    private Stamp Stamp(int step, Actor actor) =>
        new(DerivedIds.Of(DerivedIds.Of(Parent, number), step), actor, TimeProvider.System.GetUtcNow());
}
