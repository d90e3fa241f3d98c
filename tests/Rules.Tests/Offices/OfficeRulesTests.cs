using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Offices;

/// <summary>Whoever says to be of the public holds no office, whatever their id is on record as (mechanisms.md, O).</summary>
public sealed class OfficeRulesTests
{
    private static readonly StaffFacts Head = TestPlans.Person("EL-009", "service") with { Roles = ["head", "personnel"] };

    private static readonly StaffFacts Clerk = TestPlans.Person("EL-001", "service");

    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData("service", true)]
    [InlineData(Actor.Public, false)]
    [InlineData("enforcement", false)]
    [InlineData("housing", false)]
    public void Role_OnlyUnderTheOfficeThatIsHeld(string office, bool may)
    {
        var actor = new Actor(Head.Id, office);
        var plan = TestPlans.Library.Towns["elm"];
        (OfficeRules.InRole(plan, actor, Head, Day, PureCase.At(Day), "appoint", OfficeRules.Personnel) is null).ShouldBe(may);
        (
            OfficeRules.Over(plan: plan, actor: actor, staff: Head, day: Day, at: PureCase.At(Day), act: "leave", person: Clerk) is null
        ).ShouldBe(may);
    }

    /// <summary>The post is freed at nine on the day and filled again a day later: before, at and after each of both.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(86_399, false)]
    [InlineData(86_400, true)]
    [InlineData(86_401, true)]
    public void Office_GoesWithThePost(int seconds, bool holds)
    {
        var freed = PureCase.At(Day);
        var head = Head with { OutOfOffice = [new(freed, freed.AddDays(1))] };
        var (at, plan) = (freed.AddSeconds(seconds), TestPlans.Library.Towns["elm"]);
        var refusal = OfficeRules.InRole(plan, new Actor(head.Id, head.Organ), head, plan.DayOf(at), at, "appoint", OfficeRules.Personnel);
        (refusal?.Code).ShouldBe(holds ? null : RefusalCode.OfficeNotHeld);
        (
            OfficeRules
                .Over(
                    plan: plan,
                    actor: new Actor(head.Id, head.Organ),
                    staff: head,
                    day: plan.DayOf(at),
                    at: at,
                    act: "leave",
                    person: Clerk
                )
                ?.Code
        ).ShouldBe(holds ? null : RefusalCode.OfficeNotHeld);
    }

    /// <summary>Leave and grades: the head of the person's organ, who stands in for them, or a leader of the town; nobody for
    /// themselves.</summary>
    [Theory]
    [InlineData("service", "head", null)]
    [InlineData("service", "deputy", null)]
    [InlineData("service", "committee", null)]
    [InlineData("enforcement", "committee", null)]
    [InlineData("enforcement", "head", RefusalCode.ActorWrongRole)]
    [InlineData("enforcement", "deputy", RefusalCode.ActorWrongRole)]
    [InlineData("service", "clerk", RefusalCode.ActorWrongRole)]
    [InlineData("service", "personnel", RefusalCode.ActorWrongRole)]
    public void Over_IsForHeadDeputyOrLeader(string organ, string role, RefusalCode? refused)
    {
        var (plan, who) = (TestPlans.Library.Towns["elm"], TestPlans.Person("EL-009", organ) with { Roles = [role] });
        var refusal = OfficeRules.Over(
            plan: plan,
            actor: new Actor(who.Id, organ),
            staff: who,
            day: Day,
            at: PureCase.At(Day),
            act: "leave",
            person: Clerk
        );
        (refusal?.Code).ShouldBe(refused);
        if (refused is not null)
        {
            refusal!.Of("wanted").ShouldBe("service: head | deputy | committee");
        }

        OfficeRules
            .Over(plan: plan, actor: new Actor(who.Id, organ), staff: who, day: Day, at: PureCase.At(Day), act: "mark", person: who)!
            .Code.ShouldBe(RefusalCode.OwnMatter);
    }

    [Theory]
    [InlineData(Actor.Public, false)]
    [InlineData("service", true)]
    [InlineData("system", false)]
    public void Standing_OfAnIdOfStaff_FollowsTheOfficeThatIsNamed(string office, bool staff) =>
        ActorStandings.IsStaff(ActorStandings.Of(TestPlans.Library.Towns["elm"], new Actor("EL-001", office))).ShouldBe(staff);
}
