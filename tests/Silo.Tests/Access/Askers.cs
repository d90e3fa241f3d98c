using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access;

/// <summary>The accounts of the table, and what they ask with.</summary>
internal sealed class Askers(SignedInSilo silo)
{
    public const string Party = "party",
        Ended = "ended";

    private const string Office = "government-service";

    private int cases;

    /// <summary>A case of the kind that a column asks about, of a party of its own.</summary>
    public async Task<(string Party, CaseView Case)> NewCaseAsync(string who)
    {
        var party = FormattableString.Invariant($"M-{Interlocked.Increment(ref cases):D5}");
        var view = await silo.OpenAsync(party);
        if (who == Ended)
        {
            using var answer = await silo.PostAsync(
                silo.Party(party),
                $"/api/v1/cases/{view.Number}/acts/withdraw",
                new { },
                SignedInSilo.Fresh()
            );
            view = (await SignedInSilo.JsonAsync(answer)).Case();
        }

        return (party, view);
    }

    /// <summary>The account of a column; null for nobody.</summary>
    public string? AccountOf(string who, string party, CaseView view) =>
        who switch
        {
            "nobody" => null,
            Party or Ended => silo.Party(party),
            "stranger" => silo.Party("M-STRANGER"),
            "officer" => silo.Staff("yandian", view.Officers[0]),
            "head" => silo.Staff("yandian", StaffOf("yandian", it => it.Organ == Office && it.Roles.Contains("head"))),
            "colleague" => silo.Staff("yandian", StaffOf("yandian", it => it.Organ != Office && it.Roles.Contains("officer"))),
            "elsewhere" => silo.Staff("guyun", StaffOf("guyun", it => it.Roles.Contains("window"))),
            "county" => silo.County("linqing", silo.Seeds.Counties["linqing"].Departments.First(it => it.People.Length > 0).Code),
            "leader" => silo.Of(AccountKind.Leader),
            "auditor" => silo.Of(AccountKind.Auditor),
            "operator" => silo.Of(AccountKind.Operator),
            "integration" => silo.Of(AccountKind.Integration),
            _ => throw new InvalidDataException($"endpoints.csv has a column '{who}' for which there is no account."),
        };

    private string StaffOf(string town, Func<StaffFacts, bool> which) => silo.Seeds.Towns[town].Staff.First(which).Id;
}
