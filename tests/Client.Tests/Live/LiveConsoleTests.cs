using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Tests.Live;

/// <summary>The console against a live town in a process of its own.</summary>
public sealed class LiveConsoleTests(LiveConsole live) : IClassFixture<LiveConsole>
{
    private const string Open = "case open --town yandian --item YD-XK-001 --party-name 张三 --party";

    [Fact]
    public async Task Open_SameCommandIdTwice_AnswersTheSameCase()
    {
        const string Line = Open + " C1 --command-id 6f1c7b0e-3a55-4d0c-9a7e-0000000000a1";
        var (first, again) = (await live.AskAsync(Line), await live.AskAsync(Line));
        Text(again, "number").ShouldBe(Text(first, "number"));
        (await live.AskAsync("case list --party C1")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Act_WrongRoleThenRight_IsRefusedThenDone()
    {
        var opened = await live.AskAsync(Open + " C2");
        var (number, officer) = (Text(opened, "number"), opened.GetProperty("officers")[0].GetString());

        var refused = await live.TypeAsync($"case act {number} accept --as C2");
        refused.Code.ShouldBe(ExitCode.Refused);
        refused.Complained.ShouldContain("3002");
        Text(await live.AskAsync($"case act {number} accept --as {officer}"), "step").ShouldBe("review");

        var shown = await live.AskAsync($"case show {number}");
        shown.GetProperty("history").GetArrayLength().ShouldBe(3);
        shown.GetProperty("possibleActs").EnumerateArray().Select(a => a.GetString()).ShouldContain("recommend");
        (await live.TypeAsync($"case show {number}")).Said.ShouldContain("3002");
        (await live.TypeAsync($"audit show {number}")).Said.ShouldContain("case.act-refused");
    }

    [Fact]
    public async Task Completion_OffersWhatTheTownHasAndWhatCanBeDoneNow()
    {
        var number = Text(await live.AskAsync(Open + " C13"), "number");
        (await live.CompleteAsync($"case act {number} "))
            .Intersect(["accept", "decline", "grant", "accept-by-silence"])
            .ShouldBe(["accept", "decline"]);
        (await live.CompleteAsync("case act YD99999999 ")).ShouldNotContain("accept");
        (await live.CompleteAsync("inbox --town ")).ShouldBe(["guyun", "yandian"]);
        (await live.CompleteAsync("inbox --town yandian --bureau government")).ShouldContain("government-service");
        (await live.CompleteAsync("inbox --town yandian --bureau hous")).ShouldBe(["housing"]);
        (await live.CompleteAsync("case open --town guyun --item YD-XK-001")).ShouldBeEmpty();
        (await live.CompleteAsync("case open --town yandian --item YD-XK-00")).ShouldContain("YD-XK-001");
    }

    [Fact]
    public async Task Open_ByProcedure_NeedsNoItemWhereItIsAboutNone()
    {
        const string Enquiry = "case open --procedure enquiry --as YD-024 --party C91";
        var opened = await live.AskAsync(Enquiry + " --field question=怎么办");
        (Text(opened, "procedure"), Text(opened, "subject")).ShouldBe(("enquiry", ""));
        opened.GetProperty("officers")[0].GetString().ShouldBe("YD-024");
        (await live.AskAsync("case list --label owner=YD-024 --party C91")).GetArrayLength().ShouldBe(1);
        (await live.AskAsync("case list --label owner=YD-025 --party C91")).GetArrayLength().ShouldBe(0);

        var missing = await live.TypeAsync(Enquiry);
        (missing.Code, missing.Complained.Contains("question", StringComparison.Ordinal)).ShouldBe((ExitCode.Refused, true));
        (await live.TypeAsync(Enquiry + " --item YD-XK-001 --field question=x")).Complained.ShouldContain("1013");
        (await live.TypeAsync("case open --procedure permit --as YD-024 --party C91")).Code.ShouldBe(ExitCode.BadInput);
        (await live.TypeAsync("case open --as YD-024 --party C91")).Code.ShouldBe(ExitCode.BadInput);
    }

    [Fact]
    public async Task Ask_BeforeAnAct_TellsWhatIsPossibleAndDryRunsRecordNothing()
    {
        var dry = await live.AskAsync(Open + " C92 --dry-run");
        (dry.GetProperty("version").GetInt64(), Text(dry.GetProperty("after"), "step")).ShouldBe((0, "intake"));
        (await live.AskAsync("case list --party C92")).GetArrayLength().ShouldBe(0);

        var number = Text(await live.AskAsync(Open + " C92"), "number")!;
        var opened = (await live.AskAsync($"case show {number}")).GetProperty("case");
        var officer = opened.GetProperty("officers")[0].GetString()!;
        var acts = await live.AskAsync($"case ask {number} --as {officer}");
        acts.GetProperty("acts")
            .EnumerateArray()
            .Count(a => a.GetProperty("refusal").ValueKind == JsonValueKind.Null)
            .ShouldBeGreaterThan(0);
        var asked = (await live.TypeAsync($"case ask {number} --as {officer}")).Said;
        asked.ShouldContain("accept");
        asked.ShouldContain("3002", Case.Sensitive, "who isn't the party can't withdraw, and is told so");

        (await live.TypeAsync($"case act {number} accept --as {officer} --dry-run")).ShouldSatisfyAllConditions(
            it => it.Code.ShouldBe(ExitCode.Done),
            it => it.Said.ShouldContain("dry run")
        );
        (await live.TypeAsync($"case act {number} grant --as {officer} --dry-run")).Code.ShouldBe(ExitCode.Refused);
        (await live.AskAsync($"case show {number}")).GetProperty("history").GetArrayLength().ShouldBe(1);
        (await live.TypeAsync($"case act {number} accept --as {officer} --at-version 2")).Complained.ShouldContain("9003");
        Text(await live.AskAsync($"case act {number} accept --as {officer} --at-version 1"), "step").ShouldBe("review");

        var then = await live.AskAsync($"case show {number} --as-of 1");
        (Text(then.GetProperty("case"), "step"), then.GetProperty("history").GetArrayLength()).ShouldBe(("intake", 1));
        (await live.TypeAsync($"case show {number} --as-of 3")).Complained.ShouldContain("1014");
        (await live.TypeAsync($"case show {number} --as-of soon")).Code.ShouldBe(ExitCode.BadInput);
    }

    [Fact]
    public async Task Form_OfAProcedure_TellsWhatIsFilledIn()
    {
        var forms = await live.AskAsync("case form enquiry --act answer");
        forms.GetArrayLength().ShouldBe(1);
        forms[0]
            .GetProperty("fields")
            .EnumerateArray()
            .Select(f => (Text(f, "name"), f.GetProperty("needed").GetBoolean()))
            .ShouldBe([("outcome", true), ("answer", true), ("responsible", false)]);
        (await live.TypeAsync("case form enquiry --lang zh")).Said.ShouldContain("承办人");
        (await live.TypeAsync("case form no")).Complained.ShouldContain("1009");
        (await live.TypeAsync("case form enquiry --act no")).Code.ShouldBe(ExitCode.BadInput);
        (await live.CompleteAsync("case open --procedure enquiry --field ")).ShouldBe(["question="]);

        var number = Text(await live.AskAsync("case open --procedure enquiry --as YD-024 --party C15 --field question=x"), "number");
        (await live.CompleteAsync($"case act {number} answer --field ")).ShouldBe(
            ["answer=", "outcome=answered", "outcome=not-ours", "responsible="],
            ignoreOrder: true
        );
    }

    [Theory]
    [InlineData("case open --town nowhere --item YD-XK-001 --party C1")]
    [InlineData("case open --town yandian --item NO-1 --party C1")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --procedure no")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --at yesterday")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --at 1999-01-01")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --at 0001-01-01")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --office system")]
    [InlineData("inbox --town yandian --bureau nowhere")]
    public async Task Run_WhatTheTownDoesNotHave_IsBadInput(string line)
    {
        var typed = await live.TypeAsync(line);
        typed.Code.ShouldBe(ExitCode.BadInput, typed.Complained);
        typed.Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task Act_Mistyped_IsToldWithTheNearestAndNotRecorded()
    {
        var opened = await live.AskAsync(Open + " C11");
        var (number, officer) = (Text(opened, "number")!, opened.GetProperty("officers")[0].GetString()!);
        foreach (
            var (line, told) in new[]
            {
                ($"case act {number} acept --as {officer}", "accept"),
                ($"case act {number} accept --as {officer}0", "nobody"),
                ($"case act {number} accept --as C12", "nobody"),
                ($"case act {number} accept --as {OtherZeros(officer)}", $"Did you mean {officer}"),
                ($"case act {number} accept --as {officer} --office goverment-service", "government-service"),
            }
        )
        {
            var typed = await live.TypeAsync(line);
            typed.Code.ShouldBe(ExitCode.BadInput, line);
            typed.Complained.ShouldContain(told);
        }

        (await live.TypeAsync($"case act {number} accept --as {officer} --field colour=red")).Complained.ShouldContain("1008");
        (await live.AskAsync($"case show {number}")).GetProperty("history").GetArrayLength().ShouldBe(1);

        // Letters and zeros as they come.
        var loose = number[..2].ToLowerInvariant() + number[2..].TrimStart('0');
        Text(await live.AskAsync($"case act {loose} Accept --as {officer.ToLowerInvariant()}"), "step").ShouldBe("review");
    }

    // Which officer has least to do depends on the other tests; some ids have zeros and some have none.
    private static string OtherZeros(string id) =>
        Regex.Replace(id, "(0*)([1-9][0-9]*)$", number => number.Groups[1].Length > 0 ? number.Groups[2].Value : $"0{number.Value}");

    [Fact]
    public async Task Open_TheSameAgain_NamesTheOpenCase()
    {
        var first = await live.AskAsync("case open --item yd-xk-1 --party 11010519491231002x --party-name 李四");
        first.GetProperty("notices").GetArrayLength().ShouldBe(0);
        first.GetProperty("party").GetProperty("id").GetString().ShouldBe("11010519491231002X");
        var again = (
            await live.AskAsync("case open --item YD-XK-001 --party １１０１０５１９４９１２３１００２Ｘ --party-name 李四")
        ).GetProperty("notices");
        again.EnumerateArray().Single().GetProperty("cases")[0].GetString().ShouldBe(Text(first, "number"));
        (await live.AskAsync("case list --party 11010519491231002x")).GetArrayLength().ShouldBe(2);
        var doubt = await live.TypeAsync("case open --item YD-XK-001 --party 110105194912310021 --party-name 李四");
        doubt.Said.ShouldContain("GB 11643");
    }

    [Fact]
    public async Task Open_NameThatActsOnATerminal_IsRefusedByItsField()
    {
        var typed = await Typed.RunAsync([
            .. live.Line("case open --town yandian --item YD-XK-001 --party C13"),
            "--party-name",
            "甲\u001b[2J",
            "--json",
        ]);
        typed.Code.ShouldBe(ExitCode.Refused);
        using var json = JsonDocument.Parse(typed.Said);
        json.RootElement.GetProperty("refused").GetProperty("facts")[0].GetProperty("value").GetString().ShouldBe("party.name");
        typed.Said.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Lists_Plain_AreLinesWithTabs()
    {
        var number = Text(await live.AskAsync(Open + " C14"), "number")!;
        var lines = (await live.TypeAsync("case list --party C14 --plain")).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].Split('\t')[0].ShouldBe(number);
        lines.ShouldAllBe(line => line == line.TrimEnd());
    }

    [Fact]
    public async Task Show_WithoutSeeds_HasTheTownsNames()
    {
        var number = Text(await live.AskAsync(Open + " C15"), "number")!;
        var typed = await Typed.RunAsync("case", "show", number, "--lang", "zh", "--gateway", live.Gateway, "--seeds", "/no/such/folder");
        typed.Code.ShouldBe(ExitCode.Done, typed.Complained);
        typed.Said.ShouldContain("窗口收件");
        typed.Said.ShouldContain("收件 ");
    }

    [Fact]
    public async Task Open_OfYesterday_IsALateEntryOrRefused()
    {
        var line = $"{Open} C16 --at {live.Today}T10:00";
        var refused = await live.TypeAsync(line);
        refused.Code.ShouldBe(ExitCode.Refused);
        refused.Complained.ShouldContain("9020");
        foreach (
            var (half, missing) in new[]
            {
                ("--late-reason 停电", "--late-paper is missing"),
                ("--late-paper 登记本12页", "--late-reason is missing"),
            }
        )
        {
            var typed = await live.TypeAsync($"{line} {half}");
            typed.Code.ShouldBe(ExitCode.BadInput);
            typed.Complained.ShouldContain(missing);
        }

        (await live.TypeAsync($"{Open} C16 --late-reason 停电 --late-paper 登记本12页")).Complained.ShouldContain("--at");
        (await live.AskAsync("case list --party C16")).GetArrayLength().ShouldBe(0);
        var opened = await live.AskAsync($"{line} --late-reason 停电 --late-paper 登记本12页");
        var number = Text(opened, "number");

        // Marked wherever it is shown: page and history, list, record, audit.
        var page = (await live.TypeAsync($"case show {number}")).Said;
        page.ShouldContain("停电; paper: 登记本12页");
        page.ShouldContain("1 entered late");
        (await live.TypeAsync("case list --party C16")).Said.ShouldContain($"{number} late");
        (await live.TypeAsync("case list --party C16 --plain --lang zh")).Said.ShouldContain($"{number} 补录");
        (await live.TypeAsync($"audit show {number}")).Said.ShouldContain("late");
        var checkedNow = (await live.TypeAsync("audit check")).Said;
        checkedNow.ShouldContain($"case/{number} #1");
        checkedNow.ShouldContain("停电; paper: 登记本12页");
    }

    [Fact]
    public async Task Leave_IsApprovedByTheHeadThatIsNamed()
    {
        var line = $"staff leave {live.Officer} --town yandian --from {live.InAYear} --until {live.InAYear}";
        var unnamed = await live.TypeAsync(line);
        unnamed.Code.ShouldBe(ExitCode.BadInput);
        unnamed.Complained.ShouldContain("--as");
        unnamed.Complained.ShouldContain($"{live.Head} (enforcement)");
        var own = await live.TypeAsync($"{line} --as {live.Officer}");
        own.Code.ShouldBe(ExitCode.Refused);
        own.Complained.ShouldContain("3022");
        (await live.AskAsync($"{line} --as {live.Head}")).GetProperty("absences").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task EffectsRetry_AsJson_TellsEachEffect()
    {
        var one = await live.TypeAsync("audit effects retry 999999 --town yandian --as YD-001 --json");
        (one.Code, one.Complained).ShouldBe((ExitCode.Refused, ""));
        using var json = JsonDocument.Parse(one.Said);
        var told = json.RootElement.EnumerateArray().ShouldHaveSingleItem();
        (told.GetProperty("id").GetInt64(), Text(told.GetProperty("refused"), "code")).ShouldBe((999999, "NotSetAside"));
        (await live.AskAsync("audit effects retry all --town yandian --as YD-001")).GetArrayLength().ShouldBe(0);
    }

    /// <summary>O: whoever has an effect delivered again says who they are, and it is theirs to ask.</summary>
    [Theory]
    [InlineData("audit effects retry 1", ExitCode.BadInput, "--town")]
    [InlineData("audit effects retry 1 --town yandian", ExitCode.BadInput, "--as")]
    [InlineData("audit effects retry 1 --town yandian --as YD-999", ExitCode.BadInput, "YD-999")]
    [InlineData("audit effects retry 1 --town yandian --as YD-043", ExitCode.Refused, "committee")]
    public async Task EffectsRetry_ByNobodyOrSomebodyWithoutTheRole_IsRefused(string line, int code, string told)
    {
        var typed = await live.TypeAsync(line);
        typed.Code.ShouldBe(code, typed.Complained);
        typed.Complained.ShouldContain(told);
    }

    [Fact]
    public async Task AuditShow_OfACase_IsInTheTownsZone()
    {
        var opened = await live.AskAsync(Open + " C24");
        var (number, at) = (Text(opened, "number"), opened.GetProperty("openedAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)));
        var shown = (await live.TypeAsync($"audit show {number}")).Said;
        shown.ShouldContain("When (Asia/Shanghai)");
        shown.ShouldContain($"{at:yyyy-MM-dd HH:mm:ss.fff}");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Screens_OfACase_AreTheseLines(string lang)
    {
        var opened = await live.AskAsync($"case open --town yandian --item YD-XK-004 --party-name 金色屏幕 --party G-{lang}");
        var number = Text(opened, "number")!;
        var refused = await live.TypeAsync($"case act {number} grant --as G-{lang} --lang {lang}");
        var screens = new[] { $"case show {number}", $"case list --party G-{lang}" };
        var shown = refused.Complained;
        foreach (var line in screens)
        {
            shown += (await live.TypeAsync($"{line} --lang {lang}")).Said;
        }

        Masked(shown, number).ShouldBe(Golden[lang]);
    }

    // Days, moments, numbers and who has it are of the run; blanks around and lines of a table are the table's.
    private static string Masked(string text, string number) =>
        string.Join(
            '\n',
            Regex
                .Replace(text.Replace(number, "NUMBER", StringComparison.Ordinal), @"\d{4}-\d\d-\d\d( \d\d:\d\d)?", "WHEN")
                .Split('\n')
                .Select(line => Regex.Replace(Regex.Replace(line, "YD-S?[0-9]{2,3}", "WHO"), " {2,}|─+", " ").Trim())
                .Where(line => line.Length > 0)
        );

    private static readonly Dictionary<string, string> Golden = new()
    {
        ["en"] = """
            Refused 1005 (A3): The case is at 'intake' (intake at the window), where 'grant' is not possible; possible: accept, decline, notify, withdraw.
            case = NUMBER
            step = intake
            act = grant
            possible = accept, decline, notify, withdraw
            case NUMBER Permit decided by the town
            about YD-XK-004 Approval of flexible or comprehensive working hours in an enterprise
            party 金色屏幕 (G-en)
            state open intake at the window (intake) #2
            at Government Service Bureau (government-service) WHO
            clock green not started, 5 working days promised, due WHEN
            step limit 5 working days 行政许可法(2019) §32 licensing.supplement.days
            law limit 20 working days 行政许可法(2019) §42 licensing.decide.days
            opened WHEN changed WHEN visits 1
            possible acts: accept, decline, notify, withdraw
            History
            # When Who What
            1 WHEN G-en (public) opened → intake at the window [WHO]
            2 WHEN G-en (public) refused 'grant' 1005 (A3): The case is at 'intake' (intake at the window), where 'grant' is not possible; possible:
            accept, decline, notify, withdraw.
            Cases (1)
            Number Procedure About Party Step Clock Due Officers
            NUMBER Permit decided by the town YD-XK-004 金色屏幕 open · intake at the window green WHEN WHO
            """,
        ["zh"] = """
            不予办理 1005（A3）：案件在“窗口收件”环节，不能办理“准予许可（grant）”；可办理：受理（accept）、不予受理（decline）、一次告知补正（notify）、撤回申请（withdraw）。
            case = NUMBER
            step = intake
            act = grant
            possible = accept, decline, notify, withdraw
            案件 NUMBER 行政许可(镇办理)
            事项 YD-XK-004 企业实行不定时工作制和综合计算工时工作制审批
            当事人 金色屏幕 (G-zh)
            状态 在办 窗口收件 (intake) #2
            办理处 政务服务局 (government-service) WHO
            计时 绿 未起算，承诺 5 个工作日，本环节至 WHEN
            环节依据 5 个工作日 行政许可法(2019) §32 licensing.supplement.days
            法定期限 20 个工作日 行政许可法(2019) §42 licensing.decide.days
            收件 WHEN 最近变动 WHEN 到厅次数 1
            可办动作：受理 accept、不予受理 decline、一次告知补正 notify、撤回申请 withdraw
            办理经过
            # 时间 何人 何事
            1 WHEN G-zh (群众) 收件 → 窗口收件 [WHO]
            2 WHEN G-zh (群众) 拒绝“准予许可”
            1005（A3）：案件在“窗口收件”环节，不能办理“准予许可（grant）”；可办理：受理（accept）、不予受理（decline）、一次告知补正（n
            otify）、撤回申请（withdraw）。
            案件（1）
            编号 程序 事项 当事人 环节 计时 期限 人员
            NUMBER 行政许可(镇办理) YD-XK-004 金色屏幕 在办 · 窗口收件 绿 WHEN WHO
            """,
    };

    [Fact]
    public async Task Inbox_AfterOpening_HasTheCase()
    {
        var number = Text(await live.AskAsync(Open + " C3"), "number");
        (await live.AskAsync("inbox --town yandian --bureau government-service"))
            .EnumerateArray()
            .Select(w => Text(w, "case"))
            .ShouldContain(number);
    }

    [Fact]
    public async Task Filing_OfAGrantedPermit_WaitsUntilTheDepartmentFilesIt()
    {
        await live.AskAsync("load --concurrency 1 --warm-up 0s --duration 1s --mix permit --towns yandian");
        await live.SettledAsync();
        const string Office = "--town yandian --office development-reform";
        var waiting = (await live.AskAsync($"filing list {Office}")).EnumerateArray().Select(f => Text(f, "case")).ToArray();
        waiting.ShouldNotBeEmpty();

        var demanded = await live.TypeAsync($"filing answer {waiting[0]} {Office} --answer demand-seal");
        (demanded.Code, demanded.Complained.Contains("2502", StringComparison.Ordinal)).ShouldBe(
            (ExitCode.Refused, true),
            demanded.Complained
        );
        (await live.AskAsync($"filing answer {waiting[0]} {Office}")).GetProperty("answer").GetString().ShouldBe("File");
        (await live.AskAsync($"filing answer --all {Office}")).GetArrayLength().ShouldBe(waiting.Length - 1);
        (await live.AskAsync($"filing list {Office}")).GetArrayLength().ShouldBe(0);
        (await live.TypeAsync($"filing list --all {Office}")).Said.ShouldContain("filed");
    }

    [Theory]
    [InlineData("filing answer --town yandian --office housing")]
    [InlineData("filing answer YD00000001 --all --town yandian --office housing")]
    [InlineData("filing answer YD00000001 --town yandian --office housing --answer shred")]
    public async Task Filing_NeitherOneNorAllOrAnUnknownAnswer_IsWrongInput(string line) =>
        (await live.TypeAsync(line)).Code.ShouldBe(ExitCode.BadInput);

    [Fact]
    public async Task Penalty_ByAnOfficer_TakesTheGeneralProcedure() =>
        Text(
                await live.AskAsync(
                    $"case open --town yandian --item YD-CF-001 --party P1 --as {live.Officer} --field offence-date={live.Today} "
                        + "--field found-by=patrol"
                ),
                "procedure"
            )
            .ShouldBe("penalty-general");

    [Fact]
    public async Task Second_TooLong_IsRefusedWithItsClause()
    {
        var refused = await live.TypeAsync(
            $"staff second YD-029 --town yandian --to development-reform --from {live.Today} --until {live.InAYear} --need x --json"
        );
        refused.Code.ShouldBe(ExitCode.Refused);
        using var json = JsonDocument.Parse(refused.Said);
        Text(json.RootElement.GetProperty("refused"), "clause").ShouldBe("E2");
    }

    [Fact]
    public async Task Recall_Proposed_GoesToTheCountyDepartment()
    {
        var opened = await live.AskAsync($"power recall YD-XK-002 --town yandian --from {live.InAYear} --reason x");
        (Text(opened, "procedure"), Text(opened, "workplace")).ShouldBe(("power-adjustment", "linqing/development-reform"));
    }

    [Fact]
    public async Task Show_UnknownNumber_IsRefused() => (await live.TypeAsync("case show YD99999999")).Code.ShouldBe(ExitCode.Refused);

    [Fact]
    public async Task Towns_AndStaff_AreShown()
    {
        (await live.AskAsync("towns")).GetArrayLength().ShouldBe(2);
        Text(await live.AskAsync("staff show YD-029 --town yandian"), "id").ShouldBe("YD-029");
        var shown = (await live.TypeAsync("staff show YD-043 --town yandian --lang zh")).Said;
        shown.ShouldContain("职责 执法人员（officer）");
        shown.ShouldContain("资格证 行政执法（enforcement）");
        (await live.AskAsync("power list --town guyun")).GetArrayLength().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Verify_LiveThenCopyThenTampered_TellsEach()
    {
        (await live.TypeAsync("audit verify")).Code.ShouldBe(ExitCode.Done);
        var copy = await live.CopyOfJournalAsync();
        (await Typed.RunAsync("audit", "verify", "--file", copy)).Code.ShouldBe(ExitCode.Done);

        Tamper(copy);
        var broken = await Typed.RunAsync("audit", "verify", "--file", copy);
        broken.Code.ShouldBe(ExitCode.Refused);
        broken.Complained.ShouldContain("town/yandian #1");
    }

    [Fact]
    public async Task Check_LiveThenCopyThenTampered_TellsEach()
    {
        const string Id = "6f1c7b0e-3a55-4d0c-9a7e-0000000000c7";
        var number = Text(await live.AskAsync($"{Open} C7 --command-id {Id}"), "number");
        await live.SettledAsync();
        var copy = await live.CopyOfJournalAsync();
        var kept = Path.ChangeExtension(copy, "csv");
        await File.WriteAllLinesAsync(
            kept,
            [AcknowledgedFile.Header, AcknowledgedFile.Line(new AcknowledgedCommand(Guid.Parse(Id), $"case/{number}", "open"))],
            TestContext.Current.CancellationToken
        );

        var sound = await live.AskAsync($"audit check --acknowledged {kept}");
        sound.GetProperty("sound").GetBoolean().ShouldBeTrue();
        sound
            .GetProperty("checks")
            .EnumerateArray()
            .Single(c => Text(c, "check") == "acknowledged")
            .GetProperty("looked")
            .GetInt64()
            .ShouldBe(1);
        (await live.TypeAsync($"audit check --file {copy} --acknowledged {kept}")).Code.ShouldBe(ExitCode.Done);

        await File.AppendAllTextAsync(
            kept,
            $"{new Guid(7, 7, 7, new byte[8])},case/{number},accept\n",
            TestContext.Current.CancellationToken
        );
        var lost = await live.TypeAsync($"audit check --acknowledged {kept}");
        lost.Code.ShouldBe(ExitCode.Refused);
        lost.Complained.ShouldContain($"case/{number} Command 00000007-0007-0007");

        Execute(copy, $"UPDATE standing SET step = 'review' WHERE number = '{number}'");
        var broken = await live.TypeAsync($"audit check --file {copy}");
        broken.Code.ShouldBe(ExitCode.Refused);
        broken.Complained.ShouldContain($"case/{number}");
    }

    /// <summary>Half a row: a moment of the work changed, a case that no stream knows.</summary>
    [Theory]
    [InlineData("UPDATE standing SET since = '2020-01-01T00:00:00.0000000Z' WHERE work IS NOT NULL")]
    [InlineData(
        "INSERT INTO cases SELECT world, 'YD88888888', town, procedure, kind, subject, party_id, opened_at, "
            + "'00000000-0000-0000-0000-000000000008' FROM cases LIMIT 1"
    )]
    public async Task Check_HalfRows_AreABreachOfTheReadModel(string change)
    {
        await live.AskAsync($"{Open} C25");
        await live.SettledAsync();
        var copy = await live.CopyOfJournalAsync();
        Execute(copy, change);
        var checkedNow = await live.TypeAsync($"audit check --file {copy} --json");
        checkedNow.Code.ShouldBe(ExitCode.Refused, checkedNow.Complained);
        using var json = JsonDocument.Parse(checkedNow.Said);
        json.RootElement.GetProperty("checks")
            .EnumerateArray()
            .Single(c => Text(c, "check") == "read-model")
            .GetProperty("breaches")
            .GetInt64()
            .ShouldBeGreaterThan(0);
    }

    /// <summary>A spreadsheet keeps the mark that the file is written with, or takes it away.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Acknowledged_WithMarkOrWithout_IsRead(bool mark)
    {
        var path = Path.GetTempFileName();
        var command = new AcknowledgedCommand(Guid.Parse("6f1c7b0e-3a55-4d0c-9a7e-0000000000d1"), "case/YD00000001", "open");
        AcknowledgedFile.Write(path, [command]);
        var written = File.ReadAllBytes(path);
        written.AsSpan(0, 3).SequenceEqual(System.Text.Encoding.UTF8.Preamble).ShouldBeTrue();
        File.WriteAllBytes(path, mark ? written : written[3..]);
        AcknowledgedFile.Read(path).ShouldBe([command]);
        File.Delete(path);
    }

    [Fact]
    public async Task Check_ListThatIsNone_NamesTheLine()
    {
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, [AcknowledgedFile.Header, "7,case/1,open"], TestContext.Current.CancellationToken);
        var told = await live.TypeAsync($"audit check --acknowledged {list}");
        told.Code.ShouldBe(ExitCode.BadInput);
        told.Complained.ShouldContain("Line 2");
        await File.WriteAllLinesAsync(list, ["id,stream"], TestContext.Current.CancellationToken);
        (await live.TypeAsync($"audit check --acknowledged {list}")).Code.ShouldBe(ExitCode.BadInput);
        File.Delete(list);
        (await live.TypeAsync($"audit check --acknowledged {list}")).Code.ShouldBe(ExitCode.BadInput);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static void Tamper(string file) =>
        Execute(file, "UPDATE journal SET actor_id = 'somebody-else' WHERE stream = 'town/yandian' AND version = 1");

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
