using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;

namespace TownReform.Client.Tests.Load;

/// <summary>What a wrong line is told, before anybody is asked.</summary>
public sealed class LoadUsageTests
{
    [Theory]
    [InlineData("--rate 0", "--rate")]
    [InlineData("--rate many", "--rate")]
    [InlineData("--duration 5", "--duration")]
    [InlineData("--duration 999ms", "--duration")]
    [InlineData("--concurrency 0", "--concurrency")]
    [InlineData("--concurrency 5 --rate 5", "--concurrency")]
    [InlineData("--mix nope", "permit")]
    [InlineData("--mix permit=0", "--mix")]
    [InlineData("--hot nobody", "--hot")]
    [InlineData("--approvers 3", "--hot case")]
    [InlineData("--towns nowhere", "yandian")]
    [InlineData("--find-knee --on-time 101", "--on-time")]
    [InlineData("--overload 0", "--overload")]
    [InlineData("--overload 3 --rate 5", "--overload")]
    [InlineData("--overload 3 --concurrency 5", "--overload")]
    [InlineData("--overload 3 --find-knee", "--overload")]
    [InlineData("--overload 3 --keep 101", "--keep")]
    [InlineData("--keep 80", "--overload")]
    public async Task Load_WrongTerms_AreToldByName(string terms, string named)
    {
        var typed = await Typed.LineAsync($"load {terms} --lang en");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain(named);
    }

    [Fact]
    public async Task Load_NobodyThere_IsUnreachable() =>
        (await Typed.LineAsync("load --duration 1s --gateway 127.0.0.1:9")).Code.ShouldBe(ExitCode.Unreachable);
}
