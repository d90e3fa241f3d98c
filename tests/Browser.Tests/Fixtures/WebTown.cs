using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Tests.Api;

[assembly: AssemblyFixture(typeof(TownReform.Browser.Tests.Fixtures.WebTown))]

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>A live town with its pages, and a browser: once for all tests, each of which has people and cases of its own.</summary>
public sealed class WebTown : IAsyncLifetime
{
    public const string Town = "yandian",
        Item = "YD-XK-001";

    private readonly Chromium chromium = new();
    private readonly SignedInSilo silo = new();
    private int parties;

    internal SignedInSilo Silo => silo;

    internal string Address => silo.Http.BaseAddress!.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        await silo.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await silo.DisposeAsync();
    }

    /// <summary>Somebody who hasn't signed in.</summary>
    public Task<Person> StrangerAsync(Func<Seat, Seat>? at = null) => SitDownAsync(null, at);

    /// <summary>A citizen whom nobody has seen before.</summary>
    public Task<Person> CitizenAsync(Func<Seat, Seat>? at = null) => SitDownAsync(silo.Party(NewParty()), at);

    /// <summary>Somebody of the town's staff, such as an officer who has a case.</summary>
    public Task<Person> OfficerAsync(string staff, Func<Seat, Seat>? at = null, string town = Town) =>
        SitDownAsync(silo.Staff(town, staff), at);

    /// <summary>An id that no other test has.</summary>
    public string NewParty() => FormattableString.Invariant($"C-{Interlocked.Increment(ref parties):D4}");

    /// <summary>A new case of a new party, on which these acts of its way were done by whoever had it.</summary>
    internal async Task<string> OpenCaseAsync(params string[] acts)
    {
        var view = await silo.OpenAsync(NewParty());
        foreach (var act in acts)
        {
            object sent = act == "recommend" ? new { fields = new { recommendation = "grant" } } : new { };
            using var answer = await silo.PostAsync(
                silo.Staff(Town, view.Officers[0]),
                $"/api/v1/cases/{view.Number}/acts/{act}",
                sent,
                SignedInSilo.Fresh(),
                ("If-Match", $"\"{view.Version}\"")
            );
            view = (await SignedInSilo.JsonAsync(answer)).Case();
        }

        return view.Number;
    }

    /// <summary>The case as the town has it.</summary>
    internal async Task<CaseView> ReadAsync(string number)
    {
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        var read = await grains.GetGrain<ICaseGrain>(TownReform.Address.Case(TownReform.Address.Live, number)).ReadAsync();
        return read.Value.ShouldNotBeNull();
    }

    private Task<Person> SitDownAsync(string? account, Func<Seat, Seat>? at)
    {
        var seat = new Seat(Address);
        return Person.SitDownAsync(chromium, at?.Invoke(seat) ?? seat, account);
    }
}
