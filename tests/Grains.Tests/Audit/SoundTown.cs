using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Audit;

/// <summary>A town in which a little of everything has happened, each by its own grain; its history is what tests bend.</summary>
public sealed class SoundTown(CaseCluster cluster) : IAsyncLifetime
{
    private static readonly DateOnly Day = PureCase.Day;

    /// <summary>Who is in the round, in its order.</summary>
    internal static string[] Assessed { get; } =
    [.. RealSeeds.Yandian.Staff.Where(p => p.Class == PostClass.Institution).Take(10).Select(p => p.Id)];

    private History history = null!;

    /// <summary>Streams of the cases.</summary>
    internal string Granted { get; private set; } = "";

    /// <summary>A permit whose number is on record with its decision.</summary>
    internal string Sealed { get; private set; } = "";

    internal string Open { get; private set; } = "";

    internal string Secondment { get; private set; } = "";

    internal string Refused { get; private set; } = "";

    internal string Frozen { get; private set; } = "";

    internal const string Seconded = "staff/yandian/YD-024";

    internal const string Round = "assessment-round/yandian/2019";

    internal History History => history.Copy();

    public async ValueTask InitializeAsync()
    {
        var town = await cluster.FoundAsync();
        await PermitsAsync(town);
        await PeopleAsync(town);
        await AssessAsync(town);
        await SuspendAsync(town);
        history = await History.OfAsync(town.World, town.Scan);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PermitsAsync(TestTown town)
    {
        var item = town.Plan.Item("permit");
        var granted = await town.OpenAsync("permit", item, PureCase.Public(), Day);
        await granted.TryAsync("grant", PureCase.Public(), Day);
        await granted.DoAsync("accept", Day);
        await granted.DoAsync("recommend", Day.AddDays(1), F("recommendation", "grant"));
        await granted.DoAsync("grant", Day.AddDays(2));
        await granted.DoAsync("deliver", Day.AddDays(5));
        var second = await town.OpenAsync("permit", item, PureCase.Public(), Day);
        await second.DoAsync("accept", Day);
        await second.DoAsync("recommend", Day, F("recommendation", "grant"));

        // The seal is not at hand: the permit asks it, and is told later.
        await cluster.ForgetAsync(town.Seal);
        await second.DoAsync("grant", Day);
        var third = await town.OpenAsync("permit", item, PureCase.Public(), Day);
        await third.DoAsync("accept", Day);
        await third.DoAsync("recommend", Day, F("recommendation", "grant"));
        await third.DoAsync("grant", Day);
        var open = await town.OpenAsync("permit", item, PureCase.Public(), Day);
        await open.DoAsync("accept", Day);
        await town.SweepAsync(RealSeeds.Library.Calendar.AddWorkingDays(Day, item.Promised.Days));
        var refused = town.NextCase();
        (await refused.TryOpenAsync("permit", item.Code, new Actor("YD-029", "government-service"), Day)).ShouldBeRefused(
            RefusalCode.ActorWrongRole
        );
        (Granted, Sealed, Open, Refused) = (granted.Stream, third.Stream, open.Stream, refused.Stream);
    }

    private async Task PeopleAsync(TestTown town)
    {
        var (housing, from) = (new Actor("housing-1", "housing"), new DateOnly(2019, 4, 22));
        var secondment = await town.OpenAsync(
            "secondment",
            "YD-024",
            housing,
            Day,
            Date("from", from),
            Date("until", from.AddDays(60)),
            F("to", "housing"),
            F("need", "专项")
        );
        await secondment.DoAsync("agree", Day);
        await secondment.DoAsync("approve", Day);
        await secondment.DoAsync("ask-extension", housing, from, Date("extended-until", from.AddDays(90)));
        await secondment.DoAsync("agree", from);
        await secondment.DoAsync("approve", from, Date("until", from.AddDays(90)));
        (
            await town.Staff("YD-025").TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(Day), Stamps.Leader), from, from.AddDays(3)))
        ).ShouldSucceed();
        var posts = town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));
        (await posts.FreePostAsync(new ReleasePost(Stamps.Next(PureCase.At(Day.AddDays(30)), Stamps.Personnel), "YD-024"))).ShouldSucceed();
        (
            await posts.FillPostAsync(
                new AppointToPost(Stamps.Next(PureCase.At(Day.AddDays(30)), Stamps.Personnel), "YD-900", PostClass.Administrative)
            )
        ).ShouldSucceed();
        await town.DrainAsync();
        Secondment = secondment.Stream;
    }

    private static async Task AssessAsync(TestTown town)
    {
        var round = town.Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(town.World, town.Plan.Code, "2019"));
        (
            await round.OpenAsync(
                new(
                    Stamps.Next(actor: Stamps.Personnel),
                    2019,
                    [.. town.Plan.Staff.Select(p => new Assessee(p.Id, p.Class, OnProbation: !Assessed.Contains(p.Id), 0))]
                )
            )
        ).ShouldSucceed();
        for (var i = 0; i < 4; i++)
        {
            await round.MarkAsync(new(Stamps.Next(actor: Stamps.Leader), Assessed[i], i < 3 ? Grade.Excellent : Grade.Competent));
        }
    }

    private async Task SuspendAsync(TestTown town)
    {
        var item = town.Plan.Item("permit", InFlightRule.Freeze);
        var frozen = await town.OpenAsync("permit", item, PureCase.Public(), Day);
        var change = await town.OpenAsync(
            "power-adjustment",
            item,
            new Actor($"{item.CountyDepartment}-1", item.CountyDepartment),
            Day,
            F("change", "suspend"),
            Date("from", Day.AddDays(1)),
            F("reason", "核查")
        );
        await change.DoAsync("agree", Day);
        await change.DoAsync("heard", Day, F("opinion", "无异议"));
        await change.DoAsync("order", Day);
        await town.SweepAsync(Day.AddDays(1));
        Frozen = frozen.Stream;
    }
}
