using System.Collections.Immutable;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Assessments;

public sealed class AssessmentRoundGrainTests(TownCluster cluster)
{
    private static readonly Actor Boss = new("boss", "enforcement"),
        Head = new("head", "service");

    private static readonly ImmutableArray<Assessee> People =
    [
        .. Enumerable.Range(0, 200).Select(i => new Assessee($"p{i}", i < 99 ? PostClass.Administrative : PostClass.Institution, false, 0)),
    ];

    [Fact]
    public async Task Mark_FourHundredExcellentAtOnce_StopsAtTheCapOfEachGroup()
    {
        var round = await RoundAsync();
        await round.OpenAsync(new(Stamps.Next(actor: Boss), 2019, People));
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 400).Select(i => round.MarkAsync(new(Stamps.Next(actor: Boss), $"p{i % 200}", Grade.Excellent)))
        );

        var groups = (await round.ReadAsync()).ShouldSucceed().Groups;
        groups
            .Select(g => (g.Group, g.ExcellentCap, g.Excellent))
            .ShouldBe([(PostClass.Administrative, 19, 19), (PostClass.Institution, 20, 20)]);
        answers.Where(a => a.Refusal is not null).ShouldAllBe(a => a.Refusal!.Code == RefusalCode.ExcellentShareExhausted);
    }

    [Fact]
    public async Task Mark_ExcellentAndBackAtOnce_IsNeverOver()
    {
        var round = await RoundAsync();
        await round.OpenAsync(new(Stamps.Next(actor: Boss), 2019, People));
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    round.MarkAsync(new(Stamps.Next(actor: Boss), $"p{i * 7 % 60}", i % 3 == 0 ? Grade.Competent : Grade.Excellent))
                )
        );
        answers.Where(a => a.Value is not null).ShouldAllBe(a => a.Value!.Groups.All(g => g.Excellent <= g.ExcellentCap));
    }

    [Fact]
    public async Task Open_HalfTheWorkingDaysAbsent_IsGradedAndOneMoreIsNot()
    {
        // 2019 has 261 days from Monday to Friday in a calendar without holidays; more than half begins at 131.
        var round = await RoundAsync();
        var view = (
            await round.OpenAsync(
                new(
                    Stamps.Next(actor: Boss),
                    2019,
                    [new("p1", PostClass.Administrative, false, 130), new("p2", PostClass.Administrative, false, 131)]
                )
            )
        ).ShouldSucceed();
        (view.Groups[0].Graded, view.Groups[0].NotGraded).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Mark_BeforeOpeningAndAfterClosing_IsRefused()
    {
        var round = await RoundAsync();
        (await round.MarkAsync(new(Stamps.Next(actor: Boss), "p0", Grade.Competent))).ShouldBeRefused(RefusalCode.RoundUnknown);
        await round.OpenAsync(new(Stamps.Next(actor: Boss), 2019, People));
        var close = new CloseAssessment(Stamps.Next(actor: Boss));
        (await round.CloseAsync(close)).ShouldSucceed().Closed.ShouldBeTrue();
        (await round.MarkAsync(new(Stamps.Next(actor: Boss), "p0", Grade.Competent))).ShouldBeRefused(RefusalCode.RoundClosed);
        (await round.CloseAsync(close)).ShouldSucceed().Closed.ShouldBeTrue();
        (await round.CloseAsync(new(Stamps.Next(actor: Boss)))).ShouldBeRefused(RefusalCode.RoundClosed);
    }

    [Fact]
    public async Task Open_RepeatedAfterACrash_AnswersTheSame()
    {
        var round = await RoundAsync();
        var command = new OpenAssessment(Stamps.Next(actor: Boss), 2019, People);
        await round.OpenAsync(command);
        await round.MarkAsync(new(Stamps.Next(actor: Boss), "p0", Grade.Excellent));
        await cluster.ForgetAsync(round);
        (await round.OpenAsync(command)).ShouldSucceed().Groups[0].Excellent.ShouldBe(0);
        (await round.ReadAsync()).ShouldSucceed().Groups[0].Excellent.ShouldBe(1);
    }

    [Fact]
    public async Task Open_ByACitizenOrAHead_IsRefusedWithTheRoleWanted()
    {
        var round = await RoundAsync();
        var refusal = (await round.OpenAsync(new(Stamps.Next(actor: new Actor("C1", Actor.Public)), 2019, People))).ShouldBeRefused(
            RefusalCode.ActorWrongRole
        );
        refusal.Facts.ShouldContain(new Fact("wanted", "personnel"));
        (await round.OpenAsync(new(Stamps.Next(actor: Head), 2019, People))).ShouldBeRefused(RefusalCode.ActorWrongRole);
    }

    [Fact]
    public async Task Open_OverSomebodyWhoIsNotOnRecord_IsRefusedNamingThem() =>
        (
            await (await RoundAsync()).OpenAsync(
                new(
                    Stamps.Next(actor: Boss),
                    2019,
                    [.. People, new("p200", PostClass.Institution, false, 0), new("p201", PostClass.Institution, false, 0)]
                )
            )
        )
            .ShouldBeRefused(RefusalCode.StaffUnknown)
            .Facts.ShouldContain(new Fact("staff", "p200, p201"));

    [Fact]
    public async Task Open_WithoutSomebodyWhoHoldsAPost_IsRefusedNamingThem()
    {
        var town = await TownAsync();
        var round = town.Round("2019");
        await HireAsync(town, "EL-001", "service");
        (await round.OpenAsync(new(Stamps.Next(actor: Boss), 2019, People)))
            .ShouldBeRefused(RefusalCode.PeopleLeftOut)
            .Facts.ShouldContain(new Fact("missing", "EL-001"));
        (await round.OpenAsync(new(Stamps.Next(actor: Boss), 2019, [.. People, new("EL-001", PostClass.Administrative, false, 0)])))
            .ShouldSucceed()
            .Groups.Sum(g => g.Graded)
            .ShouldBe(201);
    }

    [Theory]
    [InlineData("p0", "service", "p0", RefusalCode.OwnMatter)]
    [InlineData("boss", "enforcement", "boss", RefusalCode.OwnMatter)]
    [InlineData("head", "service", "p1", null)]
    [InlineData("head", "service", "other", RefusalCode.ActorWrongRole)]
    [InlineData("head", "enforcement", "other", RefusalCode.OfficeNotHeld)]
    [InlineData("p1", "service", "p2", RefusalCode.ActorWrongRole)]
    [InlineData("C1", "public", "p2", RefusalCode.ActorWrongRole)]
    [InlineData("system", "system", "p2", RefusalCode.SystemFromOutside)]
    public async Task Mark_IsForTheHeadOfThePersonsOrgan(string who, string office, string person, RefusalCode? refused)
    {
        var round = await RoundAsync();
        await round.OpenAsync(
            new(
                Stamps.Next(actor: Boss),
                2019,
                [.. People, new("boss", PostClass.Administrative, false, 0), new("other", PostClass.Administrative, false, 0)]
            )
        );
        (await round.MarkAsync(new(Stamps.Next(actor: new Actor(who, office)), person, Grade.Competent))).Refusal?.Code.ShouldBe(
            refused.GetValueOrDefault()
        );
        (await round.ReadAsync()).ShouldSucceed().Groups.Sum(g => g.Competent).ShouldBe(refused is null ? 1 : 0);
    }

    private async Task<IAssessmentRoundGrain> RoundAsync() => (await TownAsync()).Round("2019");

    private async Task<TestTown> TownAsync()
    {
        var town = cluster.NewTown("elm");
        await Task.WhenAll(People.Select(p => HireAsync(town, p.Staff, "service")));
        await HireAsync(town, Boss.Id, Boss.Office, "personnel", "committee");
        await HireAsync(town, Head.Id, Head.Office, "head");
        await HireAsync(town, "other", "enforcement");
        return town;
    }

    private static async Task HireAsync(TestTown town, string id, string organ, params string[] roles) =>
        (await town.Staff(id).HireAsync(new(Stamps.Next(), TestPlans.Person(id, organ) with { Roles = [.. roles] }))).ShouldSucceed();
}
