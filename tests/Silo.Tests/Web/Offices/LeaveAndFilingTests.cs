using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>Leave that a head records, and filings of a department, in a browser without script on a real silo.</summary>
[ShowsClause("B2")]
public sealed class LeaveAndFilingTests(OfficeSilo silo) : IClassFixture<OfficeSilo>
{
    private const string People = "/o/government-service/people";

    private static IElement Shown(Answer answer) => new HtmlParser().ParseDocument(answer.Text).QuerySelector("main")!;

    [Fact]
    public async Task Leave_RecordedByTheHead_BindsFromTheNextRequest()
    {
        using var officer = await silo.StaffAsync("GY-033");
        (await officer.GetAsync("/o/government-service")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.GetAsync(People)).Text.ShouldNotContain("<form");

        using var head = await silo.StaffAsync("GY-021");
        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", null);
        var taken = await head.SubmitAsync(People, People, ("person", "GY-033"), ("from", today), ("until", today));
        taken.Location.ShouldBe($"{People}?done=GY-033");
        Shown(await head.GetAsync(taken.Location!)).QuerySelector("[role=status]").Read().ShouldBe("The leave of GY-033 is recorded.");

        var away = await officer.GetAsync("/o/government-service");
        away.Status.ShouldBe(HttpStatusCode.Forbidden);
        Shown(away).QuerySelector(".refusal").Read().ShouldContain("3003");
    }

    [Theory]
    [InlineData("GY-021", "2027-01-04", "2027-01-05", HttpStatusCode.Forbidden, "3022")]
    [InlineData("GY-030", "2027-01-05", "2027-01-04", HttpStatusCode.Conflict, "3017")]
    [InlineData("GY-041", "2027-01-04", "2027-01-05", HttpStatusCode.UnprocessableEntity, "Choose somebody of this office")]
    [InlineData("GY-030", "4 Jan", "2027-01-05", HttpStatusCode.UnprocessableEntity, "Write the first day as")]
    public async Task Leave_Wrong_SaysSoAndKeepsWhatWasTyped(string person, string from, string until, HttpStatusCode status, string said)
    {
        using var head = await silo.StaffAsync("GY-021");
        var answer = await head.SubmitAsync(People, People, ("person", person), ("from", from), ("until", until));
        answer.Status.ShouldBe(status, answer.Text);
        Shown(answer).QuerySelector(".summary").Read().ShouldContain(said);
        Shown(answer).QuerySelector("#from")!.GetAttribute("value").ShouldBe(from);
    }

    [Fact]
    public async Task Leave_ByWhoHeadsNobody_IsRefusedByTheOffice()
    {
        using var head = await silo.StaffAsync("GY-021");
        using var officer = await silo.StaffAsync("GY-029");
        var mine = Shown(await officer.GetAsync("/o/government-service/cases/GY00000000"));
        mine.ShouldNotBeNull();
        var token = Shown(await head.GetAsync(People)).QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        var forged = await officer.PostAsync(
            People,
            ("form-token", token),
            ("command", "0f"),
            ("person", "GY-030"),
            ("from", "2027-02-01"),
            ("until", "2027-02-02")
        );
        forged.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "another's token is none");
        var staff = silo.Town.Grains.GetGrain<IStaffGrain>(Address.Staff(Address.Live, "guyun", "GY-030"));
        (await staff.ReadAsync()).Value!.Absences.ShouldNotContain(away => away.From == new DateOnly(2027, 2, 1));
    }

    [Fact]
    public async Task Filing_OfASealedDecision_CanOnlyBeFiledOrForwarded()
    {
        var granted = await silo.GrantAsync();
        var (office, waiting) = await FilingOfAsync(granted.Number);
        waiting.Answer.ShouldBeNull();
        using var person = await silo.CountyAsync(office, $"{office}-1");
        var list = $"/county/{office}/filings";
        Shown(await person.GetAsync(list)).QuerySelector("tbody").Read().ShouldContain(granted.Number);
        var one = $"{list}/{granted.Number}";
        var page = Shown(await person.GetAsync(one));
        page.QuerySelectorAll("button").Select(button => button.GetAttribute("value")).ShouldBe(["file", "forward"]);

        var refused = await person.SubmitAsync(one, one, ("answer", "refuse"), ("comment", "应由本局审批"));
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        Shown(refused).QuerySelector(".refusal").Read().ShouldContain("B2");
        Shown(refused).QuerySelector("textarea").Read().ShouldBe("应由本局审批");
        Shown(refused).Read().ShouldContain("1, on record", Case.Sensitive, "the interference stands there at once");
        (await person.SubmitAsync(one, one, ("answer", "approve"))).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await person.SubmitAsync(one, one, ("answer", "file"))).Location.ShouldBe($"{list}?done={granted.Number}");
        Shown(await person.GetAsync($"{list}?done={granted.Number}")).QuerySelector("[role=status]").Read().ShouldContain("is filed");
        Shown(await person.GetAsync(one)).QuerySelector("form").ShouldBeNull();
        (await person.GetAsync($"{list}/GY99999999")).Status.ShouldBe(HttpStatusCode.NotFound);

        using var town = await silo.StaffAsync("GY-022");
        (await town.GetAsync(list)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await town.GetAsync("/county/government-service/filings")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    // The department that the item belongs to, found by who has the filing once its message has come.
    private async Task<(string Office, FilingView Filing)> FilingOfAsync(string number)
    {
        await silo.Town.DeliveredAsync();
        var directory = silo.Town.Grains.GetGrain<ITownDirectoryGrain>(Address.Town(Address.Live, "guyun"));
        foreach (var office in (await directory.ReadAsync()).Value!.Offices.Where(office => !office.Own))
        {
            var grain = silo.Town.Grains.GetGrain<ICountyOfficeGrain>(Address.CountyOffice(Address.Live, "shen", office.Code));
            if ((await grain.ReadFilingAsync(number)).Value is { } filing)
            {
                return (office.Code, filing);
            }
        }

        throw new InvalidOperationException($"No department has the filing of {number}.");
    }
}
