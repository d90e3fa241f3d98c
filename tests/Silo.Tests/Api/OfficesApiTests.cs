using System.Net;
using System.Text.Json;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Tests.Api;

/// <summary>The work of offices, filings, people, the board and the record over HTTP.</summary>
public sealed class OfficesApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private const string Work = "/api/v1/offices/government-service/work";

    [Fact]
    public async Task Work_OfAnOffice_ComesPageByPageWithItsCounts()
    {
        var views = new List<CaseView>();
        for (var n = 0; n < 3; n++)
        {
            views.Add(await silo.OpenAsync($"C-WORK-{n}"));
        }

        var officer = silo.Staff("yandian", views[0].Officers[0]);
        var (seen, cursor, total) = (new List<string>(), "", 0);
        do
        {
            var page = await ReadAsync(officer, $"{Work}?step=intake&take=2{cursor}");
            seen.AddRange(page.GetProperty("lines").EnumerateArray().Select(Number));
            total = page.GetProperty("counts").GetProperty("total").GetInt32();
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : "";
        } while (cursor.Length > 0);
        seen.Distinct().Count().ShouldBe(seen.Count);
        views.ShouldAllBe(view => seen.Contains(view.Number));
        total.ShouldBe(seen.Count);
        (await ReadAsync(officer, "/api/v1/offices/government-service/next")).GetProperty("case").GetString().ShouldNotBeNullOrEmpty();
        using var garbage = await silo.GetAsync(officer, $"{Work}?cursor=%00");
        ((int)garbage.StatusCode).ShouldBeOneOf(400, 422);
    }

    [Fact]
    public async Task Work_OfAnotherOffice_IsForThoseAboveIt()
    {
        var people = silo.Seeds.Towns["yandian"].Staff;
        var (other, committee) = (
            people.First(it => it.Organ != "government-service" && it.Roles.Contains("officer")),
            people.First(it => it.Roles.Contains("committee"))
        );
        (await CodeAsync(silo.Staff("yandian", other.Id), Work)).ShouldBe((403, 3021));
        (await StatusAsync(silo.Staff("yandian", committee.Id), Work)).ShouldBe(200);
        (await StatusAsync(silo.Of(AccountKind.Leader), $"{Work}?town=yandian")).ShouldBe(200);
        (await CodeAsync(silo.Of(AccountKind.Leader), Work)).ShouldBe((404, 9013));
        (await CodeAsync(silo.Party("C-WORK"), Work)).ShouldBe((403, 3021));
        (await StatusAsync(null, Work)).ShouldBe(401);
        (await CodeAsync(silo.Staff("yandian", committee.Id), "/api/v1/offices/government-service/next")).ShouldBe((403, 3021));
    }

    [Fact]
    public async Task Filings_AreTheDepartmentsAlone()
    {
        var department = silo.Seeds.Counties["linqing"].Departments.First(it => it.People.Length > 0).Code;
        var (own, party) = (silo.County("linqing", department), silo.Party("C-FILING"));
        (await ReadAsync(own, $"/api/v1/county/{department}/filings")).GetProperty("filings").ValueKind.ShouldBe(JsonValueKind.Array);
        (await CodeAsync(own, $"/api/v1/county/{department}/filings/YD99999999")).ShouldBe((404, 2504));
        (await CodeAsync(own, "/api/v1/county/nothing/filings")).ShouldBe((403, 3021));
        (await CodeAsync(party, $"/api/v1/county/{department}/filings")).ShouldBe((403, 3021));
        using var answer = await silo.PostAsync(
            own,
            $"/api/v1/county/{department}/filings/YD99999999",
            new { answer = "file" },
            SignedInSilo.Fresh()
        );
        ((int)answer.StatusCode, (await SignedInSilo.JsonAsync(answer)).Code()).ShouldBe((404, 2504));
        using var wrong = await silo.PostAsync(
            own,
            $"/api/v1/county/{department}/filings/YD99999999",
            new { answer = "seal" },
            SignedInSilo.Fresh()
        );
        (await SignedInSilo.JsonAsync(wrong)).GetProperty("errors").TryGetProperty("answer", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Leave_IsRecordedByWhoIsAbove_AndBindsFromTheNextRequest()
    {
        var people = silo.Seeds.Towns["yandian"].Staff;
        var clerk = people.Last(it => it.Organ == "government-service" && it.Roles.Contains("window"));
        var (own, above) = (silo.Staff("yandian", clerk.Id), silo.Staff("yandian", people.First(it => it.Roles.Contains("committee")).Id));
        (await StatusAsync(own, Work)).ShouldBe(200);
        var today = silo.Seeds.Towns["yandian"].DayOf(TimeProvider.System.GetUtcNow());
        var (body, key) = (new { from = $"{today:yyyy-MM-dd}", until = $"{today:yyyy-MM-dd}" }, SignedInSilo.Fresh());
        using var self = await silo.PostAsync(own, $"/api/v1/staff/{clerk.Id}/leave", body, SignedInSilo.Fresh());
        ((int)self.StatusCode, (await SignedInSilo.JsonAsync(self)).Code()).ShouldBe((403, 3022));
        using var taken = await silo.PostAsync(above, $"/api/v1/staff/{clerk.Id}/leave", body, key);
        taken.StatusCode.ShouldBe(HttpStatusCode.OK, await taken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var again = await silo.PostAsync(above, $"/api/v1/staff/{clerk.Id}/leave", body, key);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CodeAsync(own, Work)).ShouldBe((403, 3003));
        (await CodeAsync(own, "/api/v1/cases/YD00000001")).ShouldBe((403, 3003));
        (await ReadAsync(above, $"/api/v1/staff/{clerk.Id}")).GetProperty("absences").GetArrayLength().ShouldBeGreaterThan(0);
        (await CodeAsync(above, "/api/v1/staff/GY-001")).ShouldBe((404, 3001));
    }

    [Fact]
    public async Task Board_AnybodyLooks_HasFiguresAndTheirMoment()
    {
        await silo.OpenAsync("C-BOARD");
        var board = await ReadAsync(null, "/api/v1/board/yandian");
        board
            .GetProperty("asOf")
            .GetDateTimeOffset()
            .ShouldBeInRange(DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow().AddMinutes(1));
        board.GetProperty("figures").GetProperty("offices")[0].GetProperty("open").GetInt32().ShouldBeGreaterThan(0);
        board.ToString().ShouldNotContain("C-BOARD");
        (await CodeAsync(null, "/api/v1/board/nowhere")).ShouldBe((404, 6001));
    }

    [Fact]
    public async Task Record_IsTheAuditorsToRead()
    {
        var view = await silo.OpenAsync("C-AUDIT");
        var auditor = silo.Of(AccountKind.Auditor);
        (await StatusAsync(auditor, $"/api/v1/audit/streams/case/{view.Number}")).ShouldBe(422, "nothing says what it is read for");
        var stream = await ReadAsync(auditor, $"/api/v1/audit/streams/case/{view.Number}?reason=complaint-17");
        stream.GetProperty("records")[0].GetProperty("hash").GetString()!.Length.ShouldBe(64);
        (await ReadAsync(auditor, "/api/v1/audit/verify")).GetProperty("broken").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var account in new[] { silo.Party("C-AUDIT"), silo.Of(AccountKind.Leader), silo.Of(AccountKind.Operator) })
        {
            (await StatusAsync(account, $"/api/v1/audit/streams/case/{view.Number}")).ShouldBe(404);
            (await StatusAsync(account, "/api/v1/audit/verify")).ShouldBe(404);
        }
    }

    private async Task<JsonElement> ReadAsync(string? account, string path)
    {
        using var answer = await silo.GetAsync(account, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await SignedInSilo.JsonAsync(answer);
    }

    private async Task<(int Status, int Code)> CodeAsync(string? account, string path)
    {
        using var answer = await silo.GetAsync(account, path);
        return ((int)answer.StatusCode, (await SignedInSilo.JsonAsync(answer)).Code());
    }

    private async Task<int> StatusAsync(string? account, string path)
    {
        using var answer = await silo.GetAsync(account, path);
        return (int)answer.StatusCode;
    }

    private static string Number(JsonElement line) => line.GetProperty("work").GetProperty("case").GetString()!;
}
