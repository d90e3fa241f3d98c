using System.Text.RegularExpressions;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Wording;

/// <summary>Codes of the data have names in both languages, and what is said in Chinese is Chinese: a code stands only where somebody has
/// to type it.</summary>
public sealed partial class TermWordsTests
{
    public static TheoryData<string, string> Codes =>
        [
            .. Subject.AllKinds.Select(code => ("kind", code)),
            .. ItemFields.All.Select(code => ("field", code)),
            .. CertificateCodes.All.Select(code => ("certificate", code)),
            .. EquipmentCodes.All.Select(code => ("equipment", code)),
            .. RealSeeds
                .Library.AllProcedures.SelectMany(p => p.Fields.Values)
                .Where(f => f.Type == FieldType.Choice)
                .SelectMany(f => f.Values.Select(value => (f.Name, value)))
                .Distinct(),
        ];

    [Theory, MemberData(nameof(Codes))]
    public void Code_OfTheData_HasAName(string sort, string code)
    {
        var words = sort switch
        {
            "kind" => TermWords.Kind(code),
            "field" => TermWords.Field(code),
            "certificate" => TermWords.Certificate(code),
            "equipment" => TermWords.Equipment(code),
            _ => TermWords.Choice(sort, code),
        };
        Chinese().IsMatch(words.Zh).ShouldBeTrue(words.Zh);
        Chinese().IsMatch(words.En).ShouldBeFalse(words.En);
    }

    [Fact]
    public void Roles_OfTheData_HaveNames()
    {
        var roles = RealSeeds
            .Library.AllProcedures.SelectMany(p => p.Steps.Values)
            .Select(s => s.Role)
            .OfType<string>()
            .Concat(RealSeeds.Library.Towns.Values.SelectMany(t => t.Staff.Concat(t.StationedStaff)).SelectMany(p => p.Roles))
            .Distinct();
        roles.Where(role => !Chinese().IsMatch(RoleWords.Of(role).Zh)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FieldType.Text)]
    [InlineData(FieldType.List)]
    [InlineData(FieldType.Date)]
    [InlineData(FieldType.Money)]
    [InlineData(FieldType.Number)]
    [InlineData(FieldType.Flag)]
    [InlineData(FieldType.Staff)]
    [InlineData(FieldType.Choice)]
    [InlineData(FieldType.Limit)]
    public void Malformed_WhatIsExpected_IsInTheLanguageOfTheSentence(FieldType type)
    {
        var refusal = FieldRefusals.FieldMalformed(new("circumstance", type, new("违法情节", "circumstances"), ["minor", "serious"]), "x");
        Chinese().IsMatch(After(refusal.Because.Zh, "应为")).ShouldBeTrue(refusal.Because.Zh);
        EnglishPhrase().IsMatch(refusal.Because.Zh).ShouldBeFalse(refusal.Because.Zh);
        Chinese().IsMatch(After(refusal.Because.En, "expected")).ShouldBeFalse(refusal.Because.En);
    }

    [Fact]
    public void Malformed_Choice_NamesEachValueAsItIsTypedAndCalled()
    {
        var field = RealSeeds.Library.Procedures["power-adjustment"].Fields["change"];
        FieldRefusals
            .FieldMalformed(field, "give")
            .Because.Zh.ShouldContain("grant（赋权）、suspend（暂停）、adjust（调整）、recall（收回）");
        FieldRefusals.FieldMalformed(field, "give").Because.En.ShouldContain("one of: grant, suspend, adjust, recall");
    }

    [Fact]
    public void NotForKind_NamesKindsByTheirNames()
    {
        var refusal = CaseRefusals.NotForKind(RealSeeds.Library.Procedures["permit-by-county"], "YD-CF-041", "penalty");
        refusal.Because.Zh.ShouldContain("类别：行政处罚");
        refusal.Because.Zh.ShouldContain("县级保留事项、行政许可");
        Latin().Matches(refusal.Because.Zh.Replace("YD-CF-041", "", StringComparison.Ordinal)).ShouldBeEmpty();
        refusal.Facts.ShouldContain(new Fact("kind", "penalty"));
    }

    [Fact]
    public void NotReady_NamesWhatIsMissing()
    {
        var bureau = RealSeeds.Yandian.Organs[0];
        var refusal = PowerRefusals.NotReady(
            RealSeeds.Yandian.Item("permit"),
            bureau,
            PureCase.Day,
            [new("certificate:food", "1/2"), new("equipment:sound-meter", "missing")]
        );
        refusal.Because.Zh.ShouldContain("缺：“食品安全”资格（food）人员 1/2、声级计（sound-meter）");
        refusal.Because.Zh.ShouldNotContain("missing");
    }

    [Fact]
    public void Promise_TooLong_IsToldInDays()
    {
        var refusal = PowerRefusals.PromiseTooLong(
            RealSeeds.Yandian.Item("permit"),
            new(25, DayUnit.Working),
            new(20, DayUnit.Working),
            "行政许可法(2019) §42"
        );
        refusal.Because.Zh.ShouldContain("承诺期限 25 个工作日不得长于");
        refusal.Because.En.ShouldContain("25 working days may not be longer than the statutory 20 working days");
    }

    /// <summary>O: the role wanted, by the names of role and office.</summary>
    [Fact]
    public void WrongRole_NamesActRoleAndOffice()
    {
        var (plan, citizen) = (RealSeeds.Yandian, new Actor("C1", Actor.Public));
        var person = plan.Staff[0];
        var organ = plan.Organs.First(o => o.Code == person.Organ).Name.Zh;
        OfficeRules
            .InRole(plan, citizen, null, PureCase.Day, PureCase.At(PureCase.Day), "appoint", OfficeRules.Personnel)!
            .Because.Zh.ShouldBe("C1（public）无权办理“任用”；应由：组织人事人员（personnel）。");
        OfficeRules
            .Over(plan: plan, actor: citizen, staff: null, day: PureCase.Day, at: PureCase.At(PureCase.Day), act: "leave", person: person)!
            .Because.Zh.ShouldBe(
                $"C1（public）无权办理“休假登记”；应由：{organ}（{person.Organ}）的机构负责人（head）、机构副职（deputy），或者镇党委（committee）。"
            );
        OfficeRules
            .OfDepartment(plan, citizen, PureCase.Day, "answer-filing", "housing")!
            .Because.Zh.ShouldBe(
                $"C1（public）无权办理“答复备案”；应由：{plan.County.Departments.First(d => d.Code == "housing").Name.Zh}（housing）。"
            );
    }

    [Fact]
    public void Office_ActSentTwiceOrAsTheSystem_IsCalledByItsName()
    {
        OfficeRefusals.SystemFromOutside("mark", OfficeActWords.Of("mark")).Because.Zh.ShouldContain("本次“评定等次”未办理");
        TownReform
            .Grains.Rules.Records.RecordingRefusals.CommandIdReused(Guid.Empty, "release", OfficeActWords.Of("release"))
            .Because.Zh.ShouldContain("本次“核销编制”未办理");
        OfficeRefusals.SystemFromOutside("grant").Because.Zh.ShouldContain("本次“grant”未办理");
    }

    /// <summary>Moments are told in the time of the command, which is the town's.</summary>
    [Fact]
    public void NoLonger_IsToldInTheCommandsOwnTime()
    {
        var at = PureCase.At(PureCase.Day);
        var refusal = OfficeRefusals.NoLonger("YD-001", new(at.AddHours(-1).ToUniversalTime(), at.AddHours(2).ToUniversalTime()), at);
        refusal.Because.Zh.ShouldContain(
            "自 2019-04-10 08:00:00 +08:00 起至 2019-04-10 11:00:00 +08:00 不再任职，2019-04-10 09:00:00 +08:00 不能办理"
        );
        refusal.Because.En.ShouldContain("from 2019-04-10 08:00:00 +08:00 on until 2019-04-10 11:00:00 +08:00");
        refusal.Of("at").ShouldBe("2019-04-10T01:00:00Z");
    }

    private static string After(string text, string word) => text[(text.LastIndexOf(word, StringComparison.Ordinal) + word.Length)..];

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Latin();

    // Two words of English one after the other.
    [GeneratedRegex("[A-Za-z]{2,},? [A-Za-z]{2,}")]
    private static partial Regex EnglishPhrase();
}
