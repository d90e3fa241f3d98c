using System.Globalization;
using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Two silos on one PostgreSQL: a session of one is one of the other, and what ends it or binds it does so on both at
/// once.</summary>
public sealed class ClusterSessionTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>
{
    private const string Password = "seven quiet herons at noon",
        Office = "/o/government-service";

    [Fact]
    public async Task Session_OfOneSilo_IsTheOthersUntilLeaveOrSignOut()
    {
        var connection = await server.NewDatabaseAsync();
        var (first, second) = (SiloProcess.FreePorts().Silo, SiloProcess.FreePorts().Silo);
        await using var one = await StartAsync(connection, first);
        await using var two = await StartAsync(connection, second);
        await using (var accounts = AccountDatabase.OnPostgres(connection))
        {
            var officer = new Account("a1", AccountKind.Staff, "reviewer", new("审查员", "Reviewer"), Town: "yandian", Staff: "YD-024");
            var hash = await new Passwords().HashAsync(Password);
            (await new AccountStore(accounts).AddAsync(officer, hash, mustChange: false, TimeProvider.System.GetUtcNow())).ShouldBeTrue();
        }

        using var here = new BrowserSession(first);
        (await here.SignInAsync("reviewer", Password)).Status.ShouldBe(HttpStatusCode.OK);
        using var there = here.Copy(second);
        (await there.GetAsync(Office)).Status.ShouldBe(HttpStatusCode.OK);

        // Leave that begins today binds from the next request on, on both.
        await using (var client = await TownClient.ConnectAsShippedAsync([one]))
        {
            var now = TimeProvider.System.GetUtcNow();
            var today = DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).DateTime);
            var stamp = new Stamp(Guid.CreateVersion7(), new Actor("YD-021", "government-service"), now);
            var leave = await client
                .Grains.GetGrain<IStaffGrain>(Address.Staff(Address.Live, "yandian", "YD-024"))
                .TakeLeaveAsync(new TakeLeave(stamp, today, today.AddDays(1)));
            leave.Refusal.ShouldBeNull();
        }

        foreach (var browser in new[] { here, there })
        {
            var refused = await browser.GetAsync(Office);
            refused.Status.ShouldBe(HttpStatusCode.Forbidden);
            refused.Text.ShouldContain("3003");
        }

        (await here.SubmitAsync("/account", "/sign-out")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await there.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount");
    }

    private static Task<SiloProcess> StartAsync(string connection, int http) =>
        SiloProcess.StartInClusterWithAsync(connection, SiloProcess.FreePorts(), "--http", http.ToString(CultureInfo.InvariantCulture));
}
