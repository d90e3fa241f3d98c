using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Audit;

/// <summary>Lists and work that say something else than the streams.</summary>
public sealed class ReadModelBreachTests(SoundTown town) : IClassFixture<SoundTown>
{
    [Fact]
    public void Row_OfAnOpenCaseChanged_NamesTheColumn() =>
        Changed(town.Open, row => row with { Step = "decision", Colour = ClockColour.Green }).Why.En.ShouldContain("step, colour");

    [Fact]
    public void Row_OfAnEndedCaseChanged_IsNamed() => Changed(town.Granted, row => row with { PartyName = "王五" });

    [Fact]
    public void Row_CertificateOfAnEndedCaseChanged_IsNamed() =>
        Changed(town.Granted, row => row with { Certificate = "烟行许〔2019〕9号" });

    [Fact]
    public void Row_Missing_IsNamed() => Rows(it => it.Row.Number == Number(town.Granted) ? null : it, town.Granted);

    [Fact]
    public void Row_OfNoCase_IsNamed()
    {
        var row = town.History.Records.Count();
        town.History.Replace<ScannedCase>(it => it.Row.Number == Number(town.Open) ? new(it.Row with { Number = $"YD{row:D8}" }) : it)
            .Check()
            .ButNothingElse("read-model")
            .ShouldBreach("read-model", $"case/YD{row:D8}", null);
    }

    [Fact]
    public void Row_OfARefusedOpening_IsNamed() =>
        Rows(it => it.Row.Number == Number(town.Open) ? new(it.Row with { Number = Number(town.Refused) }) : it, town.Refused);

    [Fact]
    public void Work_OfSomebodyElse_IsNamed() =>
        Work(it => it with { Work = it.Work with { Officers = ["YD-001"] } }, town.Open).Why.En.ShouldContain("officers");

    [Fact]
    public void Work_DueOnAnotherDay_IsNamed() =>
        Work(it => it with { Work = it.Work with { Due = it.Work.Due!.Value.AddDays(1) } }, town.Open).Why.En.ShouldContain("due");

    [Fact]
    public void Work_AtAnotherDesk_IsNamed() =>
        Work(it => it with { Workplace = "yandian/enforcement" }, town.Open).Why.En.ShouldContain("workplace");

    [Fact]
    public void Work_SinceAnotherMoment_IsNamed() =>
        Work(it => it with { Work = it.Work with { Since = it.Work.Since.AddSeconds(-1) } }, town.Open).Why.En.ShouldContain("since");

    [Fact]
    public void Work_Missing_IsNamed() => Work(_ => null, town.Open);

    [Fact]
    public void Work_OfAnEndedCase_IsNamed() => Work(it => it with { Work = it.Work with { Case = Number(town.Granted) } }, town.Granted);

    [Fact]
    public void Row_Unreadable_IsNamed() =>
        town
            .History.Add(
                new ScannedUnreadable(
                    new ChainFault(ChainFaultKind.Edited, "case YD1", null, null, new Words("坏", "bad")),
                    OfRecord: false
                )
            )
            .Check()
            .ButNothingElse("read-model")
            .ShouldBreach("read-model", "case YD1", null);

    [Fact]
    public void Folded_Case_IsNotJudgedButItsNumberIs()
    {
        var history = town.History;
        var head = history.Records.Last(r => r.Stream == town.Granted).Head();
        var world = history.Records.First().World;
        var folded = Folded(history, world, head);
        folded.Check().Sound.ShouldBeTrue();
        folded.Check().Of("read-model").NotJudged.ShouldBe(1);
        Folded(town.History, world, head)
            .Replace<ScannedCase>(it => it.Row.Number == Number(town.Granted) ? new(it.Row with { Certificate = "烟行许〔2019〕9号" }) : it)
            .Check()
            .ButNothingElse("seals")
            .ShouldBreach("seals", town.Granted, null);
    }

    private History Folded(History history, string world, JournalHead head)
    {
        history.Replace<ScannedRecord>(it => it.Record.Stream == town.Granted ? null : it);
        return history.Replace<ScannedWaiting>(it => it).AddFirst(new ScannedFold(world, town.Granted, head));
    }

    private TownReform.Grains.Audit.EndState.StateBreach Changed(string stream, Func<CaseRow, CaseRow> change) =>
        town
            .History.Replace<ScannedCase>(it => it.Row.Number == Number(stream) ? new(change(it.Row)) : it)
            .Check()
            .ButNothingElse("read-model")
            .ShouldBreach("read-model", stream, null);

    private void Rows(Func<ScannedCase, ScannedCase?> replace, string stream) =>
        town.History.Replace(replace).Check().ButNothingElse("read-model").ShouldBreach("read-model", stream, null);

    private TownReform.Grains.Audit.EndState.StateBreach Work(Func<ScannedWork, ScannedWork?> replace, string stream) =>
        town
            .History.Replace<ScannedWork>(it => it.Work.Case == Number(town.Open) ? replace(it) : it)
            .Check()
            .ButNothingElse("read-model")
            .ShouldBreach("read-model", stream, null);

    private static string Number(string stream) => stream["case/".Length..];
}
