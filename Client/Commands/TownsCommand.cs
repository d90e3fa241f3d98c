using System.Collections.Immutable;
using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>towns</c>: the live towns at a glance.</summary>
internal static class TownsCommand
{
    public static Command Build(Shell shell) =>
        shell
            .Command("towns", new("各镇概况：建立日、编制、证号、案件数", "the towns: founding, posts, certificates, cases"), "towns")
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    var counts = await live.Index.CountAsync();
                    var towns = await live.Directory("-").TownsAsync();
                    var lines = new List<TownLine>();
                    foreach (var code in towns)
                    {
                        var (key, names) = (Address.Town(Address.Live, code), await LiveTowns.NamedAsync(live, code));
                        if (
                            (await live.Town(code).ReadAsync()).IsRefused(out var refusal, out var town)
                            || (await live.Grains.Grain<IEstablishmentGrain>(key).ReadAsync()).IsRefused(out refusal, out var posts)
                        )
                        {
                            call.Screen.Complain(refusal.Because);
                            continue;
                        }

                        var seal = await live.Grains.Grain<ISealGrain>(key).ReadAsync();
                        long Cases(Disposition d) => counts.Where(c => c.Town == code && c.Disposition == d).Sum(c => c.Cases);
                        lines.Add(
                            new TownLine(
                                Town: code,
                                Name: names.Directory.Name,
                                FoundedOn: town.FoundedOn,
                                Posts: posts,
                                Certificates: seal.Issued,
                                Staff: town.Staff.Length,
                                Cases: [.. Enum.GetValues<Disposition>().Select(d => new StateTotal(d, Cases(d)))]
                            )
                        );
                    }

                    call.Screen.Show([.. lines], ConsoleJson.Own.TownLineArray, shown => Draw(call.Screen, shown));
                    foreach (var missing in call.PlansBeside?.Towns.Where(plan => !towns.Contains(plan.Code)) ?? [])
                    {
                        call.Screen.Complain(
                            new(
                                $"{missing.Name.Zh}（{missing.Code}）在种子数据中，但尚未建立：请以这些种子数据重启节点。",
                                $"{missing.Name.En} ({missing.Code}) is in the seeds and not founded: restart the silo with these seeds."
                            )
                        );
                    }

                    return ExitCode.Done;
                }
            );

    private static void Draw(Screen screen, TownLine[] lines)
    {
        var lang = screen.Lang;
        var table = Columns
            .Titled(new Words("各镇", "Towns").In(lang))
            .Text(new("镇", "Town"), lang)
            .Text(new("建立", "Founded"), lang)
            .Figures(
                lang,
                new("行政编制", "Admin. posts"),
                new("事业编制", "Inst. posts"),
                new("人员", "Staff"),
                new("证号", "Certificates")
            )
            .Figures(lang, [.. Enum.GetValues<Disposition>().Select(d => new Words(Wording.Of(d, Lang.Zh), Wording.Of(d, Lang.En)))]);
        foreach (var town in lines)
        {
            var posts = town.Posts;
            table.Row([
                $"{town.Town} {town.Name.In(lang)}",
                $"{town.FoundedOn:O}",
                $"{posts.HeldAdministrative}/{posts.ApprovedAdministrative}",
                $"{posts.HeldInstitution}/{posts.ApprovedInstitution}",
                Figure.Count(town.Staff),
                Figure.Count(town.Certificates),
                .. town.Cases.Select(c => Figure.Count(c.Cases)),
            ]);
        }

        screen.Console.Write(table);
    }
}

/// <param name="Staff">Everybody at work in the town, people of stationed bodies included.</param>
/// <param name="Certificates">Certificates that the seal has numbered.</param>
internal sealed record TownLine(
    string Town,
    Words Name,
    DateOnly FoundedOn,
    EstablishmentView Posts,
    long Certificates,
    int Staff,
    ImmutableArray<StateTotal> Cases
);

/// <summary>Cases of one disposition.</summary>
internal sealed record StateTotal(Disposition Disposition, long Cases);
