using System.Net;
using System.Text.RegularExpressions;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Pages;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>What an auditor reads of sign-ins (ASVS 5.0: 16.2.1, 16.3.1): every attempt, sign-out and changed password.</summary>
public sealed partial class SignInLogTests(IdentitySilo silo) : IClassFixture<IdentitySilo>
{
    private const string Page = "/audit/sign-ins";

    [Fact]
    public async Task Log_ShowsWhatCameOfEachAttempt()
    {
        using var auditor = await AuditorAsync("log-auditor");
        await silo.AddAsync("log-wang", AccountKind.Staff);
        using var browser = silo.Browser();
        await browser.SubmitAsync("/sign-in", "/sign-in", ("name", "log-wang"), ("password", "wrong and still wrong"));
        await browser.SubmitAsync("/sign-in", "/sign-in", ("name", "a password typed as a name"), ("password", "x"));
        await browser.SignInAsync("log-wang", IdentitySilo.Password);
        await browser.SubmitAsync(
            "/account/password",
            "/account/password",
            ("old", IdentitySilo.Password),
            ("new", "nine loud geese at midnight")
        );
        await browser.SubmitAsync("/account", "/sign-out");

        var page = (await auditor.GetAsync($"{Page}?name=LOG-wang")).Text;
        Outcomes(page).ShouldBe(["signed out", "password changed", "held", "held", "failed: wrong password"]);
        Outcomes((await auditor.GetAsync($"{Page}?name=log-wang&failed=on")).Text).ShouldBe(["failed: wrong password"]);
        var all = (await auditor.GetAsync(Page)).Text;
        all.ShouldContain("nobody has that name");
        all.ShouldNotContain("a password typed");
    }

    [Fact]
    public async Task Log_OfMoreThanAPage_GoesOnWithoutGapOrTwin()
    {
        using var auditor = await AuditorAsync("pages-auditor");
        await silo.AddAsync("pages", AccountKind.Party);
        var (attempts, at) = (new AttemptStore(silo.Database), IdentitySilo.Now.AddDays(-3));
        for (var i = 0; i < 120; i++)
        {
            // Several at the same moment, over the end of a page too.
            await attempts.NoteAsync("pages", SignInOutcome.SignedOut, "password", $"10.9.0.{i}", at.AddMinutes(i / 7));
        }

        var (seen, next, sizes) = (new List<string>(), (string?)$"{Page}?name=pages", new List<int>());
        while (next is not null)
        {
            var page = (await auditor.GetAsync(next)).Text;
            var found = Address().Matches(page).Select(match => match.Groups[1].Value).ToList();
            sizes.Add(found.Count);
            seen.AddRange(found);
            next = Next().Match(page) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }

        sizes.ShouldBe([50, 50, 20]);
        seen.Distinct().Count().ShouldBe(120);

        var day = IdentitySilo.Now.AddDays(-4).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await auditor.GetAsync($"{Page}?name=pages&until={day}")).Text.ShouldContain("Nothing fits");
        (await auditor.GetAsync($"{Page}?until=31.12.2026")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await auditor.GetAsync($"{Page}?after=made-up&name=pages&until=9999-12-31")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Log_IsForAuditorsAlone()
    {
        using var nobody = silo.Browser();
        (await nobody.GetAsync(Page)).Location.ShouldBe("/sign-in?return=%2Faudit%2Fsign-ins");
        await silo.AddAsync("log-operator", AccountKind.Operator);
        using var other = silo.Browser();
        await other.SignInAsync("log-operator", IdentitySilo.Password);
        (await other.GetAsync(Page)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Words_OfEachOutcome_AreInBothLanguages()
    {
        foreach (var outcome in Enum.GetValues<SignInOutcome>())
        {
            SignInWords.Of(outcome).Zh.ShouldNotBe($"{(int)outcome}");
            SignInWords.Of(outcome).En.ShouldNotBe($"{(int)outcome}");
        }
    }

    private async Task<BrowserSession> AuditorAsync(string name)
    {
        await silo.AddAsync(name, AccountKind.Auditor);
        var browser = silo.Browser();
        (await browser.SignInAsync(name, IdentitySilo.Password)).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private static List<string> Outcomes(string page) =>
        [.. Outcome().Matches(page).Select(match => Tag().Replace(match.Groups[1].Value, "").Trim())];

    [GeneratedRegex("data-label=\"What came of it\">(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Outcome();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<span class=\"code\">(10\\.9\\.0\\.\\d+)</span>")]
    private static partial Regex Address();

    [GeneratedRegex("<a href=\"([^\"]*)\" rel=\"next\"")]
    private static partial Regex Next();
}
