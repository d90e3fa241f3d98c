using System.Collections.Immutable;
using CsCheck;
using TownReform.Grains.Rules.Assessments;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Assessments;

[ShowsClause("E7")]
public sealed class AssessmentRulesTests
{
    private static readonly AssessmentTerms Terms = new(250, 0.5m, 0.20m);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(65, 13)]
    public void ExcellentCap_OneFifth_IsRoundedDown(int graded, int cap) => AssessmentRules.ExcellentCap(0.20m, graded).ShouldBe(cap);

    // In binary floating point 0.15 × 20 falls just short of 3.
    [Fact]
    public void ExcellentCap_ShareThatBinaryCannotHold_IsExact() => AssessmentRules.ExcellentCap(0.15m, 20).ShouldBe(3);

    [Theory]
    [InlineData(124, 250, true)]
    [InlineData(125, 250, true)]
    [InlineData(126, 250, false)]
    [InlineData(125, 251, true)]
    [InlineData(126, 251, false)]
    public void IsGraded_AbsentAgainstHalfTheYear_ExactlyHalfIsGraded(int absent, int workingDays, bool graded) =>
        AssessmentRules.IsGraded(new("a", PostClass.Administrative, false, absent), workingDays, 0.5m).ShouldBe(graded);

    [Theory]
    [InlineData("2019-12-30", true)]
    [InlineData("2019-12-31", true)]
    [InlineData("2020-01-01", false)]
    public void Whole_SomebodyLeftOut_WhoServedInTheYear(string since, bool missing)
    {
        var person = TestPlans.Person("EL-001", "service") with { Since = DateOnly.ParseExact(since, "O") };
        var command = new OpenAssessment(Stamps.Next(), 2019, [new("EL-002", PostClass.Administrative, false, 0)]);
        var refusal = AssessmentRules.Whole(command, [person]);
        (refusal?.Code).ShouldBe(missing ? RefusalCode.PeopleLeftOut : null);
        AssessmentRules
            .Whole(command with { People = [.. command.People, new("EL-001", PostClass.Administrative, true, 0)] }, [person])
            .ShouldBeNull();
    }

    [Fact]
    public void IsGraded_OnProbation_IsNot() =>
        AssessmentRules.IsGraded(new("a", PostClass.Administrative, true, 0), 250, 0.5m).ShouldBeFalse();

    [Fact]
    public void WorkingDaysOf_YearWithoutExceptions_CountsItsFirstDay() =>
        AssessmentRules.WorkingDaysOf(TestPlans.Library.Calendar, 2019).ShouldBe(261);

    [Fact]
    public void Open_SomeNotGraded_LeavesThemOutOfTheCap()
    {
        var people = People(10).SetItem(0, new("p0", PostClass.Administrative, true, 0));
        var state = Opened(people);
        state
            .Groups[PostClass.Administrative]
            .ShouldBe(
                new GroupCount(Graded: 9, NotGraded: 1, ExcellentCap: 1, Excellent: 0, Competent: 0, BasicallyCompetent: 0, NotCompetent: 0)
            );
        AssessmentRules.Mark(state, "p0", Grade.Competent).ShouldBeRefused(RefusalCode.NotGraded);
    }

    [Fact]
    public void Mark_ShareUsedUp_IsRefused()
    {
        var full = Marked(Marked(Opened(People(10)), "p0", Grade.Excellent), "p1", Grade.Excellent);
        AssessmentRules.Mark(full, "p2", Grade.Excellent).ShouldBeRefused(RefusalCode.ExcellentShareExhausted).Clause.ShouldBe("E7");
    }

    [Fact]
    public void Mark_ExcellentTakenBack_FreesAPlace()
    {
        var full = Marked(Opened(People(5)), "p0", Grade.Excellent);
        var freed = Marked(full, "p0", Grade.Competent);
        Marked(freed, "p1", Grade.Excellent).Groups[PostClass.Administrative].Excellent.ShouldBe(1);
    }

    [Fact]
    public void Mark_ExcellentAgainWhenFull_StaysExcellent() =>
        Marked(Marked(Opened(People(5)), "p0", Grade.Excellent), "p0", Grade.Excellent)
            .Groups[PostClass.Administrative]
            .Excellent.ShouldBe(1);

    [Fact]
    public void Mark_OtherGroupFull_IsNoMatter()
    {
        var people = People(5).AddRange(People(5).Select(p => new Assessee($"i{p.Staff}", PostClass.Institution, false, 0)));
        var full = Marked(Opened(people), "p0", Grade.Excellent);
        Marked(full, "ip0", Grade.Excellent).Groups[PostClass.Institution].Excellent.ShouldBe(1);
    }

    [Fact]
    public void Mark_NotOpenedClosedOrNotListed_IsRefused()
    {
        AssessmentRules.Mark(AssessmentState.Empty, "p0", Grade.Competent).ShouldBeRefused(RefusalCode.RoundUnknown);
        AssessmentRules.Mark(Opened(People(1)), "x", Grade.Competent).ShouldBeRefused(RefusalCode.NotInRound);
        var closed = AssessmentRules.Apply(Opened(People(1)), new AssessmentClosed());
        AssessmentRules.Mark(closed, "p0", Grade.Competent).ShouldBeRefused(RefusalCode.RoundClosed);
        AssessmentRules.Mark(Opened(People(1)), "p0", (Grade)9).ShouldBeRefused(RefusalCode.GradeOfOtherGroup);
    }

    [Fact]
    public void Open_PersonListedTwice_IsRefused() =>
        AssessmentRules
            .Open(AssessmentState.Empty, new(Stamps.Next(), 2019, [.. People(2), .. People(1)]), Terms)
            .ShouldBeRefused(RefusalCode.FieldMalformed);

    [Fact]
    public void Open_Twice_IsRefused() =>
        AssessmentRules.Open(Opened(People(1)), new(Stamps.Next(), 2019, People(1)), Terms).ShouldBeRefused(RefusalCode.RoundAlreadyOpen);

    [Fact]
    public void Excellent_AnyOrderOfMarks_StaysWithinTheCap() =>
        Gen.Select(Gen.Int[0, 40], Gen.Decimal[0m, 1m], Gen.Select(Gen.Int[0, 40], Gen.Enum<Grade>()).List[0, 120])
            .Sample(
                (size, share, marks) =>
                {
                    var state = AssessmentRules.Apply(
                        AssessmentState.Empty,
                        new AssessmentOpened(2019, Terms with { Share = share }, People(size))
                    );
                    foreach (var (person, grade) in marks)
                    {
                        state = AssessmentRules.Mark(state, $"p{person}", grade).Value is { } happened
                            ? AssessmentRules.Apply(state, happened)
                            : state;
                    }

                    var excellent = state.People.Values.Count(p => p.Grade == Grade.Excellent);
                    ((decimal)excellent).ShouldBeLessThanOrEqualTo(share * size);
                    state.Groups.Values.Sum(g => g.Excellent).ShouldBe(excellent);
                }
            );

    /// <summary>L: a share of the town's own plan goes before the general ones, on every day.</summary>
    [Theory]
    [InlineData("2020-12-27", 0.20, 0.20, 0.20)]
    [InlineData("2023-01-12", 0.25, 0.25, 0.25)]
    [InlineData("2020-12-27", null, 0.15, 0.10)]
    [InlineData("2020-12-28", null, 0.20, 0.10)]
    [InlineData("2023-01-12", null, 0.20, 0.20)]
    public void TermsOf_OwnShare_GoesBeforeTheGeneral(string on, double? own, double civil, double institution)
    {
        var terms = AssessmentRules.TermsOf(
            250,
            TestPlans.ElmPolicy with
            {
                ExcellentShare = (decimal?)own,
            },
            RealSeeds.Library.Law.On(DateOnly.ParseExact(on, "O"))
        );
        (terms.Share, terms.InstitutionShare ?? terms.Share).ShouldBe(((decimal)civil, (decimal)institution));
    }

    [Theory]
    [InlineData(PostClass.Administrative, "称职", Grade.Competent)]
    [InlineData(PostClass.Institution, "合格", Grade.Competent)]
    [InlineData(PostClass.Institution, "不合格", Grade.NotCompetent)]
    [InlineData(PostClass.Administrative, "优秀", Grade.Excellent)]
    public void Read_WordOfTheGroup_IsItsGrade(PostClass group, string word, Grade expected)
    {
        GradeWords.Read(group, word, out var grade).ShouldBeNull();
        grade.ShouldBe(expected);
    }

    [Fact]
    public void Read_WordOfTheOtherGroup_IsRefused() =>
        GradeWords.Read(PostClass.Administrative, "合格", out _).ShouldBe(RefusalCode.GradeOfOtherGroup);

    private static ImmutableArray<Assessee> People(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Assessee($"p{i}", PostClass.Administrative, false, 0))];

    private static AssessmentState Opened(ImmutableArray<Assessee> people) =>
        AssessmentRules.Apply(
            AssessmentState.Empty,
            AssessmentRules.Open(AssessmentState.Empty, new(Stamps.Next(), 2019, people), Terms).ShouldSucceed()
        );

    private static AssessmentState Marked(AssessmentState state, string staff, Grade grade) =>
        AssessmentRules.Apply(state, AssessmentRules.Mark(state, staff, grade).ShouldSucceed());
}
