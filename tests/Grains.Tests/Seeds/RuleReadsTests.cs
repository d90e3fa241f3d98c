using System.Text.RegularExpressions;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Tests.Seeds;

/// <summary>Each field that a rule reads, in each procedure that asks it: taken out or spelled otherwise, the seeds don't load; no rule of
/// law passes because something is missing.</summary>
public sealed class RuleReadsTests : IDisposable
{
    private static readonly SeedLibrary Library = SeedLoader.Load(SeedCopy.Original);
    private readonly SeedCopy seeds = new();

    public RuleReadsTests()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(SeedCopy.Original, "procedures")))
        {
            File.Copy(path, Path.Combine(seeds.Folder, "procedures", Path.GetFileName(path)));
        }
    }

    public static TheoryData<string, string, string> Reads =>
        new(
            from procedure in Library.AllProcedures
            let isToday = Library.Procedures[procedure.Code].Version == procedure.Version
            from rule in procedure
                .OpenRules.Concat(
                    procedure.Steps.Values.SelectMany(s => s.Acts.Values).Concat(procedure.Anywhere.Values).SelectMany(a => a.Rules)
                )
                .Distinct()
            from read in MatterLibrary.Rules[rule].Reads.Fields
            where read.When != ReadWhen.IfKnown
            // What a procedure that charges must have, it is told before any rule is bound.
            where !procedure.Charges || CaseFee.Fields.All(filled => filled.Name != read.Name)
            select new TheoryDataRow<string, string, string>(
                isToday ? procedure.Code : $"{procedure.Code}@{procedure.Version}",
                rule,
                read.Name
            )
        );

    public void Dispose() => seeds.Dispose();

    [Fact]
    public void Reads_AllThatNameFields_AreCovered() =>
        Reads
            .Select(row => row.Data.Item2)
            .Distinct()
            .Order()
            .ShouldBe(
                MatterLibrary.Rules.Values.Where(r => r.Reads.Fields.Any(f => f.When != ReadWhen.IfKnown)).Select(r => r.Name).Order()
            );

    [Theory]
    [MemberData(nameof(Reads))]
    public void Load_FieldThatARuleReadsIsSpelledOtherwise_IsAFaultOfThatRule(string procedure, string rule, string field)
    {
        var path = $"procedures/{procedure}.yaml";
        var text = Renamed(seeds.Read(path), field);
        text.ShouldNotBe(seeds.Read(path));
        seeds.Write(path, text);
        var fault = Faults()
            .First(f =>
                f.Expected.Contains($"'{rule}'", StringComparison.Ordinal) && f.Expected.Contains($"'{field}'", StringComparison.Ordinal)
            );
        (fault.File, fault.Line > 0).ShouldBe((path, true), fault.ToString());
    }

    [Theory]
    [InlineData(
        "penalty-general",
        "  needs: [offence-date, found-by]\n  takes: [offence-until,",
        "  needs: [found-by]\n  takes: [offence-date, offence-until,",
        "limitation",
        "left out"
    )]
    [InlineData(
        "penalty-general",
        "conclude: {name: {zh: 调查终结, en: conclude}, to: notice, needs: [circumstance, facts]",
        "conclude: {name: {zh: 调查终结, en: conclude}, to: notice, needs: [facts], takes: [circumstance]",
        "fine-in-band",
        "left out"
    )]
    [InlineData("penalty-general", "offence-date: {type: date", "offence-date: {type: text", "limitation", "type text")]
    [InlineData("secondment", "kinds: [staff]", "kinds: [staff, power]", "secondment-dates", "kinds")]
    [InlineData("permit", "kinds: [permit]", "kinds: [staff]", "power-in-force", "kinds")]
    [InlineData("permit", "kinds: [permit]", "kinds: [staff]", "file-with-county", "kinds")]
    [InlineData("secondment", "  needs: [to, from, until", "  needs: [from, until", "begin-secondment", "left out")]
    public void Load_WhatARuleReadsMayBeMissing_IsAFaultOfThatRule(string procedure, string old, string @new, string rule, string found)
    {
        var path = $"procedures/{procedure}.yaml";
        seeds.Replace(path, old, @new);
        if (old.Contains("conclude", StringComparison.Ordinal))
        {
            seeds.Write(
                path,
                seeds.Read(path).Replace("takes: [circumstance], takes: [with]", "takes: [circumstance, with]", StringComparison.Ordinal)
            );
        }

        Faults()
            .ShouldContain(f =>
                f.File == path
                && f.Line > 0
                && f.Expected.Contains($"'{rule}'", StringComparison.Ordinal)
                && f.Found!.Contains(found, StringComparison.Ordinal)
            );
    }

    // Wherever a procedure names fields, so that no other check finds it first.
    private static string Renamed(string text, string field)
    {
        var name = $"(?<![a-z0-9-]){field}(?![a-z0-9-])";
        text = Regex.Replace(text, $"^  {field}: (?={{type)", $"  {field}-x: ", RegexOptions.Multiline);
        text = Regex.Replace(text, $"(?<=(?:limit_field|claims): ){name}|(?<=when: {{){name}(?=:)", $"{field}-x");
        return Regex.Replace(text, @"(needs|takes): \[[^\]]*\]", list => Regex.Replace(list.Value, name, $"{field}-x"));
    }

    private IReadOnlyList<SeedFault> Faults() => Should.Throw<SeedException>(() => SeedLoader.Load(seeds.Folder)).Faults;
}
