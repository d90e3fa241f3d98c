using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Terminal;

/// <summary>Whole screens as they are read, in both languages: a redesign changes them knowingly.</summary>
public sealed class ScreensTests
{
    [Theory]
    [InlineData(
        "en",
        """
            Figures of law on 2019-06-03
            Name                               Figure        Article               From        Until       Meaning
            ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            penalty.summary-officers.people    1 person      行政处罚法(2017) §34  1996-10-01  2021-07-14  Least number of officers who punish on the spot.
            penalty.summary-organisation.yuan  1000.00 yuan  行政处罚法(2017) §33  1996-10-01  2021-07-14  Highest fine of an organisation by summary procedure.
            penalty.summary-person.yuan        50.00 yuan    行政处罚法(2017) §33  1996-10-01  2021-07-14  Highest fine of a person by summary procedure.
            """
    )]
    [InlineData(
        "zh",
        """
            2019-06-03 有效的法律数值
            名称                               数值        条文                  起          止          含义
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            penalty.summary-officers.people    1 人        行政处罚法(2017) §34  1996-10-01  2021-07-14  当场处罚时执法人员的最少人数。
            penalty.summary-organisation.yuan  1000.00 元  行政处罚法(2017) §33  1996-10-01  2021-07-14  简易程序对法人或者其他组织罚款的上限。
            penalty.summary-person.yuan        50.00 元    行政处罚法(2017) §33  1996-10-01  2021-07-14  简易程序对公民罚款的上限。
            """
    )]
    public Task LawShow(string lang, string screen) =>
        IsAsync($"law show --on 2019-06-03 penalty.summary --lang {lang}", ExitCode.Done, screen);

    [Theory]
    [InlineData("en", "There is no town 'yandain'; there are: guyun, yandian.")]
    [InlineData("zh", "没有镇“yandain”；现有：guyun, yandian。")]
    public Task Fault_UnknownTown(string lang, string screen) =>
        IsAsync($"catalogue show YD-XK-001 --town yandain --lang {lang}", ExitCode.BadInput, screen);

    private static async Task IsAsync(string line, int code, string screen)
    {
        var typed = await Typed.LineAsync(line);
        typed.Code.ShouldBe(code, typed.Complained);
        Lines(typed.Said + typed.Complained).ShouldBe(Lines(screen));
    }

    // Blanks around a line are the table's.
    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
