using TownReform.Grains.Seeds;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>A matter takes part in a simulated year by what stands in its folder: enquiries arrive, are handed over and answered.</summary>
[ShowsClause("B3")]
public sealed class EnquiryYearTests
{
    private const string Part = "enquiries: {yearly: 400, duty: hall, question: 低保怎么办}\n";

    private const string Behaviour = """
          enquiry:
            answering:
              - {act: hand-over, share: 0.3, once: true, fields: {to: $colleague, reason: 业务由其经办}}
              - {act: answer, share: 0.02, fields: {outcome: not-ours, answer: 不属于本镇}}
              - {act: answer, fields: {outcome: answered, answer: 已当面答复}}
            accepting:
              - {act: decline, share: 0.2, fields: {reason: 手头工作已满}}
              - {act: accept}
            answered: [{act: none}]
        """;

    [Fact]
    public async Task Run_WithEnquiries_AnswersThem()
    {
        using var scenario = WithEnquiries();
        var run = await WrittenRun.OfAsync(scenario.FullPath, seed: 3);
        var told = run[1];
        told.Breaches.ShouldBeEmpty();
        var enquiries = told.Cases.Where(c => c.Procedure == "enquiry").ToArray();
        enquiries.Length.ShouldBeGreaterThan(80);
        enquiries.Select(c => c.Town).Distinct().Order(StringComparer.Ordinal).ShouldBe(["guyun", "yandian"]);
        enquiries.Count(c => c.Ending == "closed").ShouldBeGreaterThan(enquiries.Length / 2);
        var numbers = enquiries.Select(c => c.Number).ToHashSet();
        var acts = told.Events.Where(e => numbers.Contains(e.Case)).Select(e => e.Activity).ToHashSet();
        new[] { "open", "answer", "hand-over", "accept", "decline", "lapse" }.Except(acts).ShouldBeEmpty();

        // Whose duty it is has to be named, and who is away takes nothing over.
        told.Refusals.Where(r => r.Procedure == "enquiry").Select(r => r.Refusal.Clause).Distinct().ShouldBe(["B3"]);
        told.Work.ShouldContain(w => numbers.Contains(w.Case) && w.Step == "answering" && w.Minutes > 0);
    }

    [Fact]
    public async Task Run_WithEnquiries_LeavesEverybodyElseAsTheyWere()
    {
        using var without = ScenarioCopy.Small(until: "2019-04-30");
        using var with = WithEnquiries(until: "2019-04-30");
        Arrivals((await WrittenRun.OfAsync(with.FullPath, seed: 3))[1])
            .ShouldBe(Arrivals((await WrittenRun.OfAsync(without.FullPath, seed: 3))[1]));
    }

    [Fact]
    public void Load_EnquiriesWithoutBehaviour_NamesEachStepThatNobodyWouldDo()
    {
        using var scenario = ScenarioCopy.Small();
        scenario.Replace("leave: {", Part + "leave: {");
        scenario
            .Faults()
            .ShouldContain(f =>
                f.Field == "behaviour.enquiry" && f.Expected.StartsWith("choices for step 'answering'", StringComparison.Ordinal)
            );
        scenario.Faults().ShouldContain(f => f.Field == "work" && f.Expected.Contains("'enquiry'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("duty: hall", "duty: halls", "enquiries.duty")]
    [InlineData("yearly: 400", "yearly: 1000001", "enquiries.yearly")]
    [InlineData("to: $colleague", "to: $collegue", "to")]
    [InlineData("reason: 业务由其经办", "reason: $missing", "reason")]
    [InlineData("reason: 业务由其经办", "reason: $owed", "reason")]
    [InlineData("act: hand-over, share: 0.3", "act: hand-over, if: [fine-zero], share: 0.3", "enquiry.if")]
    public void Load_WrongWord_NamesFileLineAndField(string old, string @new, string field)
    {
        using var scenario = WithEnquiries();
        var line = scenario.Replace(old, @new);
        var fault = scenario.Faults().ShouldHaveSingleItem();
        (Path.GetFileName(fault.File), fault.Line).ShouldBe(("small.yaml", line));
        fault.Field.ShouldStartWith(field);
        FaultWords.Chinese(fault.Expected).ShouldNotBeNull();
    }

    // Who came with what, in order; case numbers count enquiries too.
    private static string[] Arrivals(WrittenRun.Told told) =>
        [
            .. told
                .Cases.Where(c => c.Procedure != "enquiry")
                .Select(c => $"{c.OpenedAt:O} {c.Town} {c.Procedure} {c.Subject}")
                .Order(StringComparer.Ordinal),
        ];

    private static ScenarioCopy WithEnquiries(string until = "2019-06-08")
    {
        var scenario = ScenarioCopy.Small(until);
        scenario.Replace("leave: {", $"{Behaviour}\n{Part}leave: {{");
        scenario.Replace("  readiness: {median", "  enquiry: {median: 12, sigma: 0.5}\n  readiness: {median");
        return scenario;
    }
}
