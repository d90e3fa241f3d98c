using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Terminal;

/// <summary>What somebody may have meant.</summary>
public sealed class NearestTests
{
    private static readonly string[] Codes = ["YD-XK-001", "YD-XK-010", "YD-XK-100", "YD-CF-001", "simulate", "yandian"];

    [Theory]
    [InlineData("YD-XK-001", "YD-XK-001")]
    [InlineData("yd-xk-1", "YD-XK-001")]
    [InlineData("ＹＤ-ＸＫ-10", "YD-XK-010")]
    [InlineData("yd-xk-100", "YD-XK-100")]
    [InlineData("Yandian", "yandian")]
    [InlineData("YD-XK-002", null)]
    [InlineData("", null)]
    public void Find_OtherWriting_IsForgiven(string typed, string? code) => Nearest.Find(Codes, typed).ShouldBe(code);

    [Theory]
    [InlineData("yd-092", "YD-092")]
    [InlineData("ＹＤ-092 ", "YD-092")]
    [InlineData("YD-92", null)]
    [InlineData("YD-9", null)]
    [InlineData("YD-0092", null)]
    [InlineData("yd-a", null)]
    public void Same_IdOfAPerson_KeepsItsZeros(string typed, string? id) =>
        Nearest.Same(["YD-092", "YD-009", "Yd-A", "yD-A"], typed).ShouldBe(id);

    [Theory]
    [InlineData("simulte", "simulate")]
    [InlineData("yandain", "yandian")]
    [InlineData("YD-XX-001", "YD-XK-001")]
    [InlineData("something else", null)]
    public void Of_Mistyped_IsTheNearest(string typed, string? first) => Nearest.Of(Codes, typed).FirstOrDefault().ShouldBe(first);

    [Theory]
    [InlineData("yd1", "YD00000001")]
    [InlineData("ＹＤ00000012", "YD00000012")]
    [InlineData("YD123456789", "YD123456789")]
    [InlineData("123", "123")]
    public void CaseNumber_AsTyped_IsFilledUp(string typed, string number) => Nearest.CaseNumber(typed).ShouldBe(number);

    [Theory]
    [InlineData("")]
    [InlineData(" 　")]
    public void CaseNumber_Nothing_IsBadInput(string typed) =>
        Should.Throw<CommandFailedException>(() => Nearest.CaseNumber(typed)).Code.ShouldBe(ExitCode.BadInput);
}
