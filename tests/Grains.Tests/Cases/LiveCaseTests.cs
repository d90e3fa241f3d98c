using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Salvage;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Silo.Storage;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Cases of the live town on disk: closed, opened again, and gone on with.</summary>
public sealed class LiveCaseTests : IDisposable
{
    private static readonly DateOnly Day = PureCase.Day;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Restart_CasesUnderWay_GoOnWhereTheyWere()
    {
        ActOnCase recommend;
        CaseView before;
        using (var host = await StartAsync())
        {
            var town = await Town(host).FoundAsync();
            var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
            await permit.DoAsync("accept", Day);
            recommend = new ActOnCase(
                Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()),
                "recommend",
                [F("recommendation", "grant")]
            );
            before = (await permit.Grain.ActAsync(recommend)).ShouldSucceed();
            var late = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
            await late.DoAsync("notify", Day, F("missing", "图纸"));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        using (var host = await StartAsync())
        {
            var town = Town(host);
            var (permit, late) = (town.Case("YD00000001"), town.Case("YD00000002"));
            var again = (await permit.Grain.ActAsync(recommend)).ShouldSucceed();
            (again.Version, again.Step, again.Officers[0]).ShouldBe((before.Version, before.Step, before.Officers[0]));
            (await town.Bureau("government-service").NextAsync(before.Officers[0]))!.Case.ShouldBe(permit.Number);
            await permit.DoAsync("grant", Day.AddDays(1));
            await permit.DoAsync("deliver", Day.AddDays(1));
            (await permit.ViewAsync()).Certificate.ShouldBe("烟行许〔2019〕1号");
            (await town.FoundAsync()).ShouldNotBeNull();
            await town.SweepAsync(RealSeeds.Library.Calendar.AddWorkingDays(Day, 30).AddDays(1));
            (await late.ViewAsync()).Ending.ShouldBe("lapsed");
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Restart_SecondedOfficer_IsStillAway()
    {
        var from = new DateOnly(2019, 4, 22);
        using (var host = await StartAsync())
        {
            var town = await Town(host).FoundAsync();
            var secondment = await town.OpenAsync(
                "secondment",
                "YD-024",
                new Actor("housing-1", "housing"),
                Day,
                Date("from", from),
                Date("until", from.AddDays(30)),
                F("to", "housing"),
                F("need", "专项")
            );
            await secondment.DoAsync("agree", Day);
            await secondment.DoAsync("approve", Day);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        using (var host = await StartAsync())
        {
            var town = Town(host);
            for (var n = 2; n < 22; n++)
            {
                var permit = town.Case($"YD{n:D8}");
                (await permit.TryOpenAsync("permit", town.Plan.Item("permit").Code, PureCase.Public(), from)).ShouldSucceed();
                await permit.DoAsync("accept", from);
                (await permit.ViewAsync()).Officers.ShouldNotContain("YD-024");
            }

            await town.SweepAsync(from.AddDays(31));
            (await town.Case("YD00000001").ViewAsync()).Ending.ShouldBe("returned");
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Salvage_RowsAreDamaged_AreMadeAnewFromTheRecord()
    {
        using (var host = await StartAsync())
        {
            var town = await Town(host).FoundAsync();
            var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
            await permit.DoAsync("accept", Day);
            await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
            var ended = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
            await ended.DoAsync("accept", Day);
            await ended.DoAsync("recommend", Day, F("recommendation", "grant"));
            await ended.DoAsync("grant", Day);
            await ended.DoAsync("deliver", Day);
            await town.DrainAsync();
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        var file = Path.Combine(folder.FullName, "town.sqlite");
        (
            await EndStateCheck.RunAsync(new SqliteScan(file), RealSeeds.Library, cancellation: TestContext.Current.CancellationToken)
        ).Sound.ShouldBeTrue();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var damage = connection.CreateCommand();
            damage.CommandText = "UPDATE standing SET step = 'elsewhere', work = NULL; DELETE FROM cases WHERE number LIKE '%2'";
            damage.ExecuteNonQuery().ShouldBe(3);
        }

        var saved = Path.Combine(folder.FullName, "saved");
        var report = new Salvager(RealSeeds.Library).Run(file, saved, TestContext.Current.CancellationToken);
        (report.IsComplete, report.Cases).ShouldBe((true, 2), string.Join('\n', report.Notices));
        var audit = await EndStateCheck.RunAsync(
            new SqliteScan(Path.Combine(saved, "town.sqlite")),
            RealSeeds.Library,
            cancellation: TestContext.Current.CancellationToken
        );
        audit.Sound.ShouldBeTrue(string.Join('\n', audit.Checks.SelectMany(check => check.First)));
    }

    /// <summary>An id stands for one command: with anything else in it, it is another one that was never done (9001), also after a
    /// restart.</summary>
    [Fact]
    public async Task Repeat_SameIdWithOtherContent_IsRefused()
    {
        OpenCase opening,
            refused;
        ActOnCase act,
            tried;
        using (var host = await StartAsync())
        {
            var town = await Town(host).FoundAsync();
            opening = Permits.Opening(town) with { Fields = [F("point", "一号点")] };
            refused = Permits.Opening(town) with { Green = true };
            var number = (await town.Grains.OpenCaseAsync(opening)).ShouldSucceed().Number;
            (await town.Grains.OpenCaseAsync(refused)).ShouldBeRefused(RefusalCode.GreenChannelUnknown);
            var permit = town.Case(number);
            act = new(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "notify", [F("missing", "图纸")]);
            tried = new(Stamps.Next(PureCase.At(Day), PureCase.Public()), "grant", [F("reason", "甲")]);
            (await permit.Grain.ActAsync(tried)).ShouldBeRefused(RefusalCode.ActNotHere);
            (await permit.Grain.ActAsync(act)).ShouldSucceed();
            await OthersAsync(town);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        using (var host = await StartAsync())
        {
            await OthersAsync(Town(host));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        async Task OthersAsync(TestTown town)
        {
            var grains = town.Grains;
            var number = (await grains.OpenCaseAsync(opening)).ShouldSucceed().Number;
            foreach (
                var other in new[]
                {
                    opening with
                    {
                        Fields = [F("point", "二号点")],
                    },
                    opening with
                    {
                        Fields = [],
                    },
                    opening with
                    {
                        Subject = town.Plan.Items.Keys.First(item => item != opening.Subject),
                    },
                    opening with
                    {
                        Party = opening.Party with { Name = "王五" },
                    },
                    opening with
                    {
                        Green = true,
                    },
                    refused with
                    {
                        Fields = [F("point", "一号点")],
                    },
                    refused with
                    {
                        Green = false,
                    },
                }
            )
            {
                (await grains.OpenCaseAsync(other)).ShouldBeRefused(RefusalCode.CommandIdReused);
            }

            (await grains.OpenCaseAsync(refused)).ShouldBeRefused(RefusalCode.GreenChannelUnknown);
            var permit = town.Case(number).Grain;
            foreach (
                var other in new[]
                {
                    act with
                    {
                        Fields = [F("missing", "照片")],
                    },
                    act with
                    {
                        Fields = [],
                    },
                    act with
                    {
                        Act = "decline",
                        Fields = [F("reason", "图纸")],
                    },
                    act with
                    {
                        Stamp = act.Stamp with { Actor = act.Stamp.Actor with { Id = "YD-027" } },
                    },
                    tried with
                    {
                        Fields = [F("reason", "乙")],
                    },
                    tried with
                    {
                        Act = "withdraw",
                    },
                }
            )
            {
                (await permit.ActAsync(other)).ShouldBeRefused(RefusalCode.CommandIdReused);
            }

            (await permit.ActAsync(act)).ShouldSucceed().Version.ShouldBe(3);
            (await permit.ActAsync(tried)).ShouldBeRefused(RefusalCode.ActNotHere);
            (await town.KindsAsync($"case/{number}")).ShouldBe(["case.opened", "case.act-refused", "case.act-taken"]);
        }
    }

    private static TestTown Town(IHost host) =>
        new(
            host.Services.GetRequiredService<IGrainFactory>(),
            host.Services.GetRequiredService<IWorlds>(),
            Address.Live,
            RealSeeds.Library
        );

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(FreePort(), FreePort())
                .Configure<ClusterOptions>(cluster => cluster.ServiceId = "townreform")
                .UseOrleansSqlite()
        );
        builder.Services.AddSingleton(RealSeeds.Library).AddWorlds(options => options.Folder = folder.FullName);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        // Its days are those of 2019.
        host.Services.GetRequiredService<IWorlds>().ReceptionOf(Address.Live).Clock = null;
        return host;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
