using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

[assembly: AssemblyFixture(typeof(TownReform.Browser.Tests.Fixtures.WebTown))]

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>A live town with its pages, and a browser: once for all tests, each of which has people and cases of its own.</summary>
public sealed class WebTown : IAsyncLifetime
{
    public const string Town = "yandian",
        Item = "YD-XK-001";

    private readonly Chromium chromium = new();
    private readonly SignedInSilo silo = new() { Simulations = true };
    private int parties,
        seconded;

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

    /// <summary>Somebody who has a case just now, of the town or of a department above it.</summary>
    internal Task<Person> HolderAsync(CaseView view, Func<Seat, Seat>? at = null) =>
        view.Workplace!.Split('/') is [var place, var office] && place != view.Town
            ? SitDownAsync(silo.County(place, office), at)
            : OfficerAsync(view.Officers[0], at, view.Town);

    /// <summary>Somebody with an account of a kind.</summary>
    internal Task<Person> OfKindAsync(AccountKind kind, Func<Seat, Seat>? at = null) => SitDownAsync(silo.Of(kind), at);

    /// <summary>Somebody of a department above the town.</summary>
    internal Task<Person> CountyAsync(string office, Func<Seat, Seat>? at = null) =>
        SitDownAsync(silo.County(silo.Seeds.Towns[Town].County.Code, office), at);

    /// <summary>A new party's own browser, and its id.</summary>
    internal async Task<(Person Person, string Party)> PartyAsync(Func<Seat, Seat>? at = null)
    {
        var party = NewParty();
        return (await SitDownAsync(silo.Party(party), at), party);
    }

    /// <summary>A case of any procedure, opened by an account.</summary>
    internal Task<CaseView> OpenAsync(string account, string procedure, string item, string party, object fields) =>
        SendAsync(
            account,
            $"/api/v1/towns/{Town}/cases",
            new
            {
                procedure,
                item,
                party = new
                {
                    id = party,
                    name = party,
                    organisation = false,
                },
                fields,
            }
        );

    /// <summary>A party's own browser.</summary>
    internal Task<Person> OfPartyAsync(string party, Func<Seat, Seat>? at = null) => SitDownAsync(silo.Party(party), at);

    /// <summary>Today, as the town counts it.</summary>
    internal DateOnly Today => silo.Seeds.Towns[Town].DayOf(TimeProvider.System.GetUtcNow());

    internal string County => silo.Seeds.Towns[Town].County.Code;

    /// <summary>Somebody who may be lent to a department; another one each time.</summary>
    internal string SomebodyToSecond() =>
        silo
            .Seeds.Towns[Town]
            .Staff.Where(one =>
                one.CivilServant && one.Roles is ["officer"] && one.Since < Today.AddYears(-6) && one.AgreementUntil is null
            )
            .ElementAt(Interlocked.Increment(ref seconded))
            .Id;

    /// <summary>An id that no other test has.</summary>
    public string NewParty() => FormattableString.Invariant($"C-{Interlocked.Increment(ref parties):D4}");

    /// <summary>A new case of a new party, on which these acts of its way were done by whoever had it.</summary>
    internal Task<string> OpenCaseAsync(params string[] acts) => OpenCaseOfAsync(Item, acts);

    /// <summary>The same for another item.</summary>
    internal async Task<string> OpenCaseOfAsync(string item, params string[] acts)
    {
        var party = NewParty();
        var view = await SendAsync(
            silo.Party(party),
            $"/api/v1/towns/{Town}/cases",
            new
            {
                procedure = silo.Seeds.Towns[Town].Items[item].Fee > 0 ? "permit-with-fee" : "permit",
                item,
                party = new
                {
                    id = party,
                    name = "某店",
                    organisation = false,
                },
            }
        );
        foreach (var act in acts)
        {
            object sent = act == "recommend" ? new { fields = new { recommendation = "grant" } } : new { };
            view = await ActAsync(view, silo.Staff(Town, view.Officers[0]), act, sent);
        }

        return view.Number;
    }

    /// <summary>The department above the town takes a power back from today on (A4), by the procedure for that.</summary>
    internal async Task RecallAsync(string item)
    {
        var plan = silo.Seeds.Towns[Town];
        var department = plan.Items[item].CountyDepartment;
        var county = silo.County(plan.County.Code, department);
        var today = plan.DayOf(TimeProvider.System.GetUtcNow());
        var view = await SendAsync(
            county,
            $"/api/v1/towns/{Town}/cases",
            new
            {
                procedure = "power-adjustment",
                item,
                party = new
                {
                    id = department,
                    name = department,
                    organisation = true,
                },
                fields = new
                {
                    change = "recall",
                    from = today.ToString("O"),
                    reason = "评估",
                },
            }
        );
        view = await ActAsync(view, county, "agree", new { });
        view = await ActAsync(view, silo.Staff(Town, view.Officers[0]), "heard", new { fields = new { opinion = "同意" } });
        view = await ActAsync(view, county, "order", new { });
        view.Ending.ShouldBe("in-force");
    }

    private Task<CaseView> ActAsync(CaseView view, string account, string act, object sent) =>
        SendAsync(account, $"/api/v1/cases/{view.Number}/acts/{act}", sent, ("If-Match", $"\"{view.Version}\""));

    private async Task<CaseView> SendAsync(string account, string path, object sent, params (string Name, string Value)[] headers)
    {
        using var answer = await silo.PostAsync(account, path, sent, SignedInSilo.Fresh(), headers);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await SignedInSilo.JsonAsync(answer)).Case();
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
