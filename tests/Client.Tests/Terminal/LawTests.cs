using System.Text.Json;
using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Terminal;

public sealed class LawTests
{
    [Theory]
    [InlineData("2019-06-03", "50.00 yuan", "行政处罚法(2017) §33", "2021-07-14")]
    [InlineData("2021-07-15", "200.00 yuan", "行政处罚法(2021) §51", "–")]
    public async Task Show_OnADay_HasFigureArticleAndSpan(string day, string said, string article, string until)
    {
        var typed = await Typed.LineAsync($"law show --on {day} penalty.summary-person --lang en");
        typed.Code.ShouldBe(ExitCode.Done);
        foreach (var part in new[] { said, article, until, day == "2021-07-15" ? day : "1996-10-01" })
        {
            typed.Said.ShouldContain(part);
        }
    }

    [Fact]
    public async Task Show_WholeNameWithoutADay_ListsEachVersion()
    {
        using var json = JsonDocument.Parse((await Typed.LineAsync("law show penalty.decide.days --json")).Said);
        json.RootElement.EnumerateArray()
            .Select(v =>
                (
                    v.GetProperty("value").ToString(),
                    v.GetProperty("unit").GetString(),
                    v.GetProperty("from").GetString(),
                    v.GetProperty("until").ToString()
                )
            )
            .ShouldBe([("", "CalendarDays", "1996-10-01", "2021-07-14"), ("90", "CalendarDays", "2021-07-15", "")]);
    }

    [Fact]
    public async Task Show_WhatALawyerMustConfirm_IsMarked()
    {
        (await Typed.LineAsync("law show --on 2019-06-03 assessment --lang zh")).Said.ShouldContain("待核实");
        var listed = await Typed.LineAsync("law show --verify --json");
        using var json = JsonDocument.Parse(listed.Said);
        json.RootElement.EnumerateArray().ShouldNotBeEmpty();
        json.RootElement.EnumerateArray().ShouldAllBe(v => v.GetProperty("verify").GetBoolean());
    }

    [Fact]
    public async Task Diff_AcrossTheRevision_HasBothSides()
    {
        var typed = await Typed.LineAsync("law diff 2021-07-14 2021-07-15 --lang en");
        typed.Said.ShouldContain("3 calendar days");
        typed.Said.ShouldContain("5 working days");
        typed.Said.ShouldContain("no such rule");
        using var json = JsonDocument.Parse((await Typed.LineAsync("law diff 2021-07-14 2021-07-15 --json")).Said);
        json.RootElement.EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldAllBe(name => name!.StartsWith("penalty."));
        json.RootElement.EnumerateArray().Count().ShouldBe(25);
    }

    [Fact]
    public async Task Diff_WithinOneText_IsEmpty()
    {
        using var json = JsonDocument.Parse((await Typed.LineAsync("law diff 2019-06-03 2019-06-04 --json")).Said);
        json.RootElement.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Complete_Name_OffersTheFigures() =>
        (await Typed.RunAsync("[suggest:30]", "townreform law show penalty.sum")).Said.ShouldContain("penalty.summary-person.yuan");
}
