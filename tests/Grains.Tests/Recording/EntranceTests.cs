using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Tests.Cases;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Recording;

/// <summary>Whatever clients may command, nobody commands it as the system (3020), in any writing of its name; and nothing of it is
/// recorded.</summary>
public sealed class EntranceTests(CaseCluster cluster)
{
    private static readonly Actor[] Systems =
    [
        Actor.System,
        new("system", Actor.Public),
        new("YD-024", "system"),
        new("ｓｙｓｔｅｍ", "ｓｙｓｔｅｍ"),
        new(" system ", "system"),
    ];

    /// <summary>In a simulated world no effect goes aside, and there is nothing to ask; a live one is asked in EffectsGrainTests.</summary>
    private const string OfLiveTowns = "IEffectsGrain.RetryAsync";

    [Fact]
    public async Task Commands_AsTheSystem_AreRefusedAtEachEntrance()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), PureCase.Day);
        var before = await RecordsAsync(town);
        foreach (var (entrance, command) in Entrances(town, permit).Where(it => it.Key != OfLiveTowns))
        {
            foreach (var system in Systems)
            {
                var refusal = await command(Stamps.Next(PureCase.At(PureCase.Day), system));
                refusal.ShouldNotBeNull($"{entrance} as {system}");
                refusal.Code.ShouldBe(RefusalCode.SystemFromOutside, $"{entrance} as {system}: {refusal.Because.En}");
            }
        }

        (await RecordsAsync(town)).ShouldBe(before);
    }

    /// <summary>An entrance that is added later is tried here too.</summary>
    [Fact]
    public void Entrances_AllThatThereAre_AreTriedHere()
    {
        var town = cluster.NewTown();
        typeof(ICaseGrain)
            .Assembly.GetTypes()
            .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods().Select(method => (type, method)))
            .Where(it =>
                it.method.GetParameters().Any(p => p.ParameterType == typeof(Stamp) || p.ParameterType.GetProperty("Stamp") is not null)
            )
            .Select(it => $"{it.type.Name}.{it.method.Name}")
            .Except(Entrances(town, town.Case("YD00000001")).Keys)
            .ShouldBeEmpty();
    }

    private static Dictionary<string, Func<Stamp, Task<Refusal?>>> Entrances(TestTown town, TestCase permit)
    {
        var (grains, world, code) = (town.Grains, town.World, town.Plan.Code);
        var posts = grains.GetGrain<IEstablishmentGrain>(Address.Town(world, code));
        var round = grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(world, code, "2019"));
        OpenCase Opening(Stamp stamp) => Permits.Opening(town) with { Stamp = stamp };
        IIntakeGrain Intake(Stamp stamp) => grains.GetGrain<IIntakeGrain>(Address.Intake(world, code, stamp.CommandId));
        return new()
        {
            ["ICaseGrain.ActAsync"] = async stamp => (await permit.Grain.ActAsync(new(stamp, "accept", []))).Refusal,
            ["ICaseGrain.ForeseeAsync"] = async stamp => (await permit.Grain.ForeseeAsync(new(stamp, "accept", []))).Refusal,
            ["ICaseGrain.AskAsync"] = async stamp => (await permit.Grain.AskAsync(stamp)).Refusal,
            ["ICaseGrain.AskWhoAsync"] = async stamp => (await permit.Grain.AskWhoAsync(stamp, "accept", "agent")).Refusal,
            ["IIntakeGrain.OpenAsync"] = async stamp => (await Intake(stamp).OpenAsync(Opening(stamp))).Refusal,
            ["IIntakeGrain.ForeseeAsync"] = async stamp => (await Intake(stamp).ForeseeAsync(Opening(stamp))).Refusal,
            ["ICountyOfficeGrain.AnswerFilingAsync"] = async stamp =>
                (await town.County("housing").AnswerFilingAsync(new(stamp, permit.Number, FilingAnswer.File))).Refusal,
            ["IStaffGrain.TakeLeaveAsync"] = async stamp =>
                (await town.Staff("YD-024").TakeLeaveAsync(new(stamp, new(2019, 5, 6), new(2019, 5, 7)))).Refusal,
            ["IEstablishmentGrain.FillPostAsync"] = async stamp =>
                (await posts.FillPostAsync(new(stamp, "YD-901", PostClass.Institution))).Refusal,
            ["IEstablishmentGrain.FreePostAsync"] = async stamp => (await posts.FreePostAsync(new(stamp, "YD-024"))).Refusal,
            ["IAssessmentRoundGrain.OpenAsync"] = async stamp => (await round.OpenAsync(new(stamp, 2019, []))).Refusal,
            ["IAssessmentRoundGrain.MarkAsync"] = async stamp => (await round.MarkAsync(new(stamp, "YD-024", Grade.Excellent))).Refusal,
            ["IAssessmentRoundGrain.CloseAsync"] = async stamp => (await round.CloseAsync(new(stamp))).Refusal,
            ["IReadLogGrain.NoteAsync"] = async stamp =>
                (await grains.GetGrain<IReadLogGrain>(world).NoteAsync(new(stamp, permit.Number, FilePart.File, 1))).Refusal,
            ["IRatingGrain.RateAsync"] = async stamp =>
                (await grains.GetGrain<IRatingGrain>(Address.Case(world, permit.Number)).RateAsync(new(stamp, 5))).Refusal,
            ["IEffectsGrain.RetryAsync"] = async stamp =>
                (await grains.GetGrain<IEffectsGrain>(world).RetryAsync(new(stamp, code, 1))).Refusal,
        };
    }

    private static async Task<int> RecordsAsync(TestTown town)
    {
        var records = 0;
        await foreach (var part in town.Scan.ScanAsync(TestContext.Current.CancellationToken))
        {
            records += part is ScannedRecord ? 1 : 0;
        }

        return records;
    }
}
