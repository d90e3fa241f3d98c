using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Counties;

public sealed class FilingRulesTests
{
    private static readonly DateOnly Day = new(2019, 4, 10);
    private static readonly FilingState Received = FilingRules.Apply(
        FilingState.Empty,
        new FilingReceived("C-1", "elm", "I-1", false, true, Day)
    );

    [Theory]
    [InlineData(FilingAnswer.File)]
    [InlineData(FilingAnswer.Forward)]
    public void Answer_FileOrForward_ClosesTheTask(FilingAnswer answer)
    {
        var state = Answered(Received, answer);
        FilingRules.List(state, openOnly: true).ShouldBeEmpty();
        FilingRules
            .List(state, openOnly: false)
            .ShouldHaveSingleItem()
            .ShouldBe(
                new(
                    Case: "C-1",
                    Town: "elm",
                    Item: "I-1",
                    ReceivedOn: Day,
                    AnsweredOn: Day,
                    Answer: answer,
                    Interferences: 0,
                    Guided: true,
                    Comment: null
                )
            );
    }

    [Fact]
    public void Answer_WithAComment_KeepsItBesideTheAnswer()
    {
        var file = new AnswerFiling(Stamps.Next(), "C-1", FilingAnswer.File, null, "补拍照片");
        var state = FilingRules.Apply(
            Received,
            FilingRules.Answer(Received, file, GovernmentLevel.County, TestPlans.ElmPolicy, Day).ShouldSucceed()
        );
        FilingRules
            .List(state, openOnly: false)
            .ShouldHaveSingleItem()
            .ShouldBe(
                new(
                    Case: "C-1",
                    Town: "elm",
                    Item: "I-1",
                    ReceivedOn: Day,
                    AnsweredOn: Day,
                    Answer: FilingAnswer.File,
                    Interferences: 0,
                    Guided: true,
                    Comment: "补拍照片"
                )
            );
        FilingRules.Answer(state, file with { Stamp = Stamps.Next() }, GovernmentLevel.County, TestPlans.ElmPolicy, Day).ShouldBeNull();
        FilingRules.Answer(state, file with { Comment = "另附图纸" }, GovernmentLevel.County, TestPlans.ElmPolicy, Day).ShouldSucceed();
    }

    [Fact]
    public void Answer_CommentOnARefusal_IsStillAnInterference() =>
        FilingRules
            .Answer(
                Received,
                new AnswerFiling(Stamps.Next(), "C-1", FilingAnswer.Refuse, null, "不予备案"),
                GovernmentLevel.County,
                TestPlans.ElmPolicy,
                Day
            )
            .ShouldSucceed()
            .ShouldBeOfType<InterferenceRecorded>();

    [Fact]
    public void Answer_Refuse_IsRecordedAsInterference()
    {
        var happened = Ask(Received, FilingAnswer.Refuse, GovernmentLevel.County, TestPlans.ElmPolicy)
            .ShouldSucceed()
            .ShouldBeOfType<InterferenceRecorded>();
        happened.Refused.Refusal.Code.ShouldBe(RefusalCode.CountyMayOnlyFile);
        (happened.ActorId, happened.On).ShouldBe(("zhang", Day));
        FilingRules.List(FilingRules.Apply(Received, happened), openOnly: true).ShouldHaveSingleItem().Interferences.ShouldBe(1);
    }

    [Theory]
    [InlineData(GovernmentLevel.City, true, "fire", true)]
    [InlineData(GovernmentLevel.City, true, null, false)]
    [InlineData(GovernmentLevel.City, true, " ", false)]
    [InlineData(GovernmentLevel.County, true, "fire", false)]
    [InlineData(GovernmentLevel.City, false, "fire", false)]
    public void Answer_DemandSeal_OnlyTheCityWithACircumstanceWhereThePlanKnowsOne(
        GovernmentLevel level,
        bool elm,
        string? circumstance,
        bool possible
    )
    {
        var happened = Ask(Received, FilingAnswer.DemandSeal, level, elm ? TestPlans.ElmPolicy : TestPlans.OakPolicy, circumstance)
            .ShouldSucceed();
        (happened as InterferenceRecorded)?.Refused.Refusal.Code.ShouldBe(RefusalCode.SecondSealDemanded);
        (happened is FilingAnswered).ShouldBe(possible);
    }

    [Fact]
    public void Answer_SealDemandedByCircumstance_LeavesTheTaskOpen()
    {
        var demanded = FilingRules.Apply(
            Received,
            Ask(Received, FilingAnswer.DemandSeal, GovernmentLevel.City, TestPlans.ElmPolicy, "fire").ShouldSucceed()
        );
        FilingRules.List(demanded, openOnly: true).ShouldHaveSingleItem();
        FilingRules.List(Answered(demanded, FilingAnswer.File), openOnly: true).ShouldBeEmpty();
    }

    [Fact]
    public void Answer_SameAnswerAgain_RecordsNothing() =>
        Ask(Answered(Received, FilingAnswer.File), FilingAnswer.File, GovernmentLevel.County, TestPlans.ElmPolicy).ShouldBeNull();

    [Fact]
    public void Answer_RefuseAfterFiling_IsStillInterference() =>
        Ask(Answered(Received, FilingAnswer.File), FilingAnswer.Refuse, GovernmentLevel.County, TestPlans.ElmPolicy)
            .ShouldSucceed()
            .ShouldBeOfType<InterferenceRecorded>();

    [Fact]
    public void Answer_UnknownCase_IsRefused() =>
        Ask(FilingState.Empty, FilingAnswer.File, GovernmentLevel.County, TestPlans.ElmPolicy).ShouldBeRefused(RefusalCode.FilingUnknown);

    [Fact]
    public void Receive_SameCaseAgain_RecordsNothing() =>
        FilingRules.Receive(Received, new("C-1", "elm", "I-1", false), Day).ShouldBeNull();

    [Theory]
    [InlineData(RecentCases.Least * 2 - 1, true)]
    [InlineData(RecentCases.Least * 2, false)]
    [InlineData(RecentCases.Least * 2 + 1, false)]
    public void Apply_ManyAnswered_KeepsTheOpenTheLatestAndThatTheOthersCame(int answered, bool atHand)
    {
        var state = Enumerable
            .Range(1, answered)
            .Aggregate(
                FilingRules.Apply(Received, Copy("C-open")),
                (s, n) => Answered(n == 1 ? s : FilingRules.Apply(s, Copy($"C-{n}")), FilingAnswer.File, $"C-{n}")
            );
        state.HasForgotten("C-1").ShouldBe(!atHand);
        FilingRules.Receive(state, new("C-1", "elm", "I-1", false), Day).ShouldBeNull();
        FilingRules.List(state, openOnly: true).ShouldHaveSingleItem().Case.ShouldBe("C-open");
        FilingRules.List(state, openOnly: false).Length.ShouldBe(1 + (atHand ? answered : answered - RecentCases.Least));
    }

    [Theory]
    [InlineData(FilingAnswer.Forward)]
    [InlineData(FilingAnswer.Refuse)]
    public void Answer_TaskReadFromTheRecord_GoesWithTheEventAndIsAtHandAgain(FilingAnswer answer)
    {
        var task = Answered(Received, FilingAnswer.File).Find("C-1")!;
        var forgotten = FilingState.Empty with { Received = Received.Received };
        forgotten.HasForgotten("C-1").ShouldBeTrue();
        var happened = FilingRules
            .Answer(forgotten, new(Stamps.Next(), "C-1", answer), GovernmentLevel.County, TestPlans.ElmPolicy, Day, task)
            .ShouldSucceed();
        var after = FilingRules.Apply(forgotten, happened).Find("C-1")!;
        after.ShouldBe(answer == FilingAnswer.Refuse ? task with { Interferences = 1 } : task with { Answer = answer });
    }

    [Fact]
    public void Apply_AnswerOfAnEarlierBuildToAForgottenTask_ChangesNothing()
    {
        var forgotten = FilingState.Empty with { Received = Received.Received };
        FilingRules.Apply(forgotten, new FilingAnswered("C-1", FilingAnswer.Forward, Day, null, null)).ShouldBeSameAs(forgotten);
    }

    [Fact]
    public void Receive_FirstCopy_IsTakenInAsItWasSent() =>
        FilingRules
            .Receive(FilingState.Empty, new("C-1", "elm", "I-1", true) { Guided = true }, Day)
            .ShouldSucceed()
            .ShouldBe(new FilingReceived("C-1", "elm", "I-1", true, true, Day));

    [Fact]
    public void Answer_TaskAtHand_CountsBeforeTheOneFromTheRecord()
    {
        var answered = Answered(Received, FilingAnswer.File);
        var older = Received.Find("C-1")!;
        FilingRules
            .Answer(answered, new(Stamps.Next(), "C-1", FilingAnswer.File), GovernmentLevel.County, TestPlans.ElmPolicy, Day, older)
            .ShouldBeNull();
        var atHand = answered.Find("C-1")!;
        FilingRules
            .After(atHand, new FilingAnswered("C-1", FilingAnswer.Forward, Day, null, null) { Before = older with { Town = "oak" } })
            .ShouldBe(atHand with { Answer = FilingAnswer.Forward });
        var refused = new Refused(FilingRules.Act, FilingRefusals.Unknown("C-1"));
        FilingRules
            .After(atHand, new InterferenceRecorded("C-1", FilingAnswer.Refuse, "zhang", "construction", Day, refused) { Before = older })
            .ShouldBe(atHand with { Interferences = 1 });
    }

    [Theory]
    [InlineData(FilingAnswer.DemandSeal, "fire")]
    [InlineData(FilingAnswer.File, null)]
    public void Answer_Circumstance_IsRecordedOnlyWithADemandedSeal(FilingAnswer answer, string? recorded) =>
        Ask(Received, answer, GovernmentLevel.City, TestPlans.ElmPolicy, "fire")
            .ShouldSucceed()
            .ShouldBeOfType<FilingAnswered>()
            .SpecialCircumstance.ShouldBe(recorded);

    [Theory]
    [InlineData("C-1", FilingAnswer.File, "补拍照片", true)]
    [InlineData("C-2", FilingAnswer.File, "补拍照片", false)]
    [InlineData("C-1", FilingAnswer.Forward, "补拍照片", false)]
    [InlineData("C-1", FilingAnswer.File, null, false)]
    public void IsAnswerTo_OtherCaseAnswerOrComment_IsNot(string number, FilingAnswer answer, string? comment, bool itself)
    {
        var command = new AnswerFiling(Stamps.Next(), "C-1", FilingAnswer.File, null, "补拍照片");
        FilingRules.IsAnswerTo(new FilingAnswered(number, answer, Day, null, comment), command).ShouldBe(itself);
        FilingRules.IsAnswerTo(new FilingReceived(number, "elm", "I-1", false, true, Day), command).ShouldBeFalse();
    }

    [Fact]
    public void Apply_SecondComment_TakesThePlaceOfTheFirstAndSilenceKeepsIt()
    {
        var first = FilingRules.Apply(Received, new FilingAnswered("C-1", FilingAnswer.File, Day, null, "补拍照片"));
        var silent = FilingRules.Apply(first, new FilingAnswered("C-1", FilingAnswer.Forward, Day, null, null));
        silent.Find("C-1")!.Comment.ShouldBe("补拍照片");
        var second = FilingRules.Apply(silent, new FilingAnswered("C-1", FilingAnswer.Forward, Day, null, "另附图纸"));
        second.Find("C-1")!.Comment.ShouldBe("另附图纸");
    }

    [Fact]
    public void List_Tasks_StandByDayThenByNumber()
    {
        var state = new[] { Copy("C-3"), Copy("C-2") with { On = Day.AddDays(-1) }, Copy("C-4") }.Aggregate(Received, FilingRules.Apply);
        FilingRules.List(state, openOnly: true).Select(task => task.Case).ShouldBe(["C-2", "C-1", "C-3", "C-4"]);
    }

    // Only where another seal would have been possible does the refusal say how to ask for it.
    [Fact]
    public void Answer_SealDemandedInVain_SaysWhatIsMissingWhereItIsPossible()
    {
        var possible = Demanded(GovernmentLevel.City, TestPlans.ElmPolicy, " ");
        (possible.Of("specialCircumstance"), possible.Of("level")).ShouldBe(("-", "City"));
        Refusal[] impossible =
        [
            Demanded(GovernmentLevel.County, TestPlans.ElmPolicy, "fire"),
            Demanded(GovernmentLevel.City, TestPlans.OakPolicy, "fire"),
        ];
        impossible.ShouldAllBe(refusal => refusal.Of("specialCircumstance") == "fire");
        impossible[0].Because.ShouldBe(impossible[1].Because);
        possible.Because.Zh.Length.ShouldBeGreaterThan(impossible[0].Because.Zh.Length);
        possible.Because.En.Length.ShouldBeGreaterThan(impossible[0].Because.En.Length);
    }

    private static Refusal Demanded(GovernmentLevel level, TownPolicy policy, string circumstance) =>
        Ask(Received, FilingAnswer.DemandSeal, level, policy, circumstance)
            .ShouldSucceed()
            .ShouldBeOfType<InterferenceRecorded>()
            .Refused.Refusal;

    private static FilingReceived Copy(string number) => new(number, "elm", "I-1", false, true, Day);

    private static FilingState Answered(FilingState state, FilingAnswer answer, string number) =>
        FilingRules.Apply(
            state,
            FilingRules.Answer(state, new(Stamps.Next(), number, answer), GovernmentLevel.County, TestPlans.ElmPolicy, Day).ShouldSucceed()
        );

    private static Outcome<FilingEvent>? Ask(
        FilingState state,
        FilingAnswer answer,
        GovernmentLevel level,
        TownPolicy policy,
        string? circumstance = null
    ) => FilingRules.Answer(state, new(Stamps.Next(actor: new("zhang", "construction")), "C-1", answer, circumstance), level, policy, Day);

    private static FilingState Answered(FilingState state, FilingAnswer answer) =>
        FilingRules.Apply(state, Ask(state, answer, GovernmentLevel.County, TestPlans.ElmPolicy).ShouldSucceed());
}
