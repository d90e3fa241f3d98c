using System.Net;
using System.Text.Json;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Tests.Api;

/// <summary>Who has read which file, as each may know it: the party by office, a head their office, an officer themselves.</summary>
public sealed class ReadsApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private const string Office = "government-service";

    [Fact]
    public async Task Reads_OfACase_AreToldToItsPartyByOfficeAndToAuditorsByName()
    {
        var view = await silo.OpenAsync("RA-1");
        var officer = silo.Staff("yandian", view.Officers[0]);
        (await silo.GetAsync(officer, $"/api/v1/cases/{view.Number}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await silo.GetAsync(officer, $"/api/v1/cases/{view.Number}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await silo.GetAsync(silo.Party("RA-1"), $"/api/v1/cases/{view.Number}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var auditor = silo.Of(AccountKind.Auditor);
        (await silo.GetAsync(auditor, $"/api/v1/cases/{view.Number}?reason=spot+check")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var told = await ReadsAsync(silo.Party("RA-1"), $"/api/v1/cases/{view.Number}/reads");
        told.Select(read => read.GetProperty("office").GetString())
            .ShouldBe(["audit", Office], "latest first; the officer once, the party never");
        told.ShouldAllBe(read => read.GetProperty("reader").ValueKind == JsonValueKind.Null);
        told[0].GetProperty("reason").GetString().ShouldBe("spot check");

        (await ReadsAsync(auditor, $"/api/v1/cases/{view.Number}/reads"))[1].GetProperty("reader").GetString().ShouldBe(view.Officers[0]);
        (await ReadsAsync(auditor, $"/api/v1/audit/reads?town=yandian&office={Office}")).ShouldContain(read =>
            read.GetProperty("case").GetString() == view.Number
        );
        (await silo.GetAsync(silo.Party("RA-STRANGER"), $"/api/v1/cases/{view.Number}/reads")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await silo.GetAsync(auditor, "/api/v1/audit/reads?town=nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Reads_OfAnOffice_AreAllOfThemForItsHeadAndOnesOwnForAnOfficer()
    {
        var view = await silo.OpenAsync("RA-2");
        var staff = silo.Seeds.Towns["yandian"].Staff.Where(it => it.Organ == Office).ToList();
        var head = silo.Staff("yandian", staff.First(it => it.Roles.Contains("head")).Id);
        var other = silo.Staff(
            "yandian",
            staff.First(it => it.Id != view.Officers[0] && !it.Roles.Contains("head") && !it.Roles.Contains("deputy")).Id
        );
        var officer = silo.Staff("yandian", view.Officers[0]);
        (await silo.GetAsync(officer, $"/api/v1/cases/{view.Number}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        bool IsOfIt(JsonElement read) => read.GetProperty("case").GetString() == view.Number;
        (await ReadsAsync(head, $"/api/v1/offices/{Office}/reads")).Any(IsOfIt).ShouldBeTrue();
        (await ReadsAsync(officer, $"/api/v1/offices/{Office}/reads")).Any(IsOfIt).ShouldBeTrue();
        (await ReadsAsync(other, $"/api/v1/offices/{Office}/reads")).Any(IsOfIt).ShouldBeFalse();
        (await silo.GetAsync(silo.Party("RA-2"), $"/api/v1/offices/{Office}/reads")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>What can't be noted isn't shown, and the answer says how to go on.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("?reason=abcd")]
    [InlineData("?reason=%20%20%20%20%20%20")]
    [InlineData("?reason=line%0Abreak%00")]
    public async Task Reason_MissingOrUnfit_IsAskedForAndNothingIsShown(string query)
    {
        var view = await silo.OpenAsync("RA-3");
        using var answer = await silo.GetAsync(silo.Of(AccountKind.Auditor), $"/api/v1/cases/{view.Number}{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SignedInSilo.JsonAsync(answer)).GetProperty("errors").TryGetProperty("reason", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Reason_OfTheLongestAndOneMore_IsTakenAndIsNot()
    {
        var view = await silo.OpenAsync("RA-4");
        var auditor = silo.Of(AccountKind.Auditor);
        (await silo.GetAsync(auditor, $"/api/v1/cases/{view.Number}?reason={new string('a', 200)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await silo.GetAsync(auditor, $"/api/v1/cases/{view.Number}?reason={new string('a', 201)}")).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await silo.GetAsync(auditor, $"/api/v1/cases/{view.Number}?reason=abcde")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement[]> ReadsAsync(string account, string path)
    {
        using var answer = await silo.GetAsync(account, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. (await SignedInSilo.JsonAsync(answer)).GetProperty("reads").EnumerateArray()];
    }
}
