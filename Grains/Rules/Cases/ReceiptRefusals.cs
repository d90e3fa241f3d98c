namespace TownReform.Grains.Rules.Cases;

/// <summary>Why there is no receipt of something.</summary>
internal static class ReceiptRefusals
{
    /// <summary>A case has no record of that number.</summary>
    /// <param name="version">How many it has.</param>
    public static Refusal NoRecord(string number, long asked, long version) =>
        new(
            RefusalCode.CaseNotThen,
            "I2",
            new(
                $"案件 {number} 现有 {version} 条记录，没有第 {asked} 条。",
                $"Case {number} has {version} records; there is no record {asked}."
            ),
            [new Fact("case", number), new Fact("asOf", $"#{asked}"), new Fact("version", $"{version}")]
        );
}
