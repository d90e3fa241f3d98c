using TownReform.Client.Live;

namespace TownReform.Client.Tests.Live;

/// <summary>Several commands in turn: what was done before a refusal or a fault is not lost.</summary>
public sealed class InTurnTests
{
    private static readonly Refusal No = new(RefusalCode.NoSuchOffice, "B2", new("不", "no"), []);

    [Fact]
    public async Task Send_ThirdIsRefused_KeepsTwoAndSendsNoMore()
    {
        var sent = new List<int>();
        var round = await SendAsync(sent, number => number == 3 ? No : $"done {number}");
        (round.Done, round.Refused, round.Broken).ShouldBe((round.Done, No, null));
        round.Done.ShouldBe(["done 1", "done 2"]);
        sent.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Send_TownGoesAwayAtTheSecond_KeepsTheFirst()
    {
        var round = await SendAsync([], number => number == 2 ? throw new TimeoutException() : $"done {number}");
        round.Done.ShouldBe(["done 1"]);
        round.Broken.ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task Send_TownGoesAwayAtTheFirst_IsTheFaultItself() =>
        await Should.ThrowAsync<TimeoutException>(() => SendAsync([], _ => throw new TimeoutException()));

    [Fact]
    public async Task Send_Cancelled_KeepsWhatIsDone()
    {
        using var cancel = new CancellationTokenSource();
        var round = await InTurn<string>.SendAsync(
            Enumerable.Range(1, 4),
            async number =>
            {
                await (number == 2 ? cancel.CancelAsync() : Task.CompletedTask);
                return (Outcome<string>)$"done {number}";
            },
            cancel.Token
        );
        round.Done.ShouldBe(["done 1", "done 2"]);
        round.Broken.ShouldBeOfType<OperationCanceledException>();
    }

    private static Task<InTurn<string>> SendAsync(List<int> sent, Func<int, Outcome<string>> answer) =>
        InTurn<string>.SendAsync(
            Enumerable.Range(1, 4),
            number =>
            {
                sent.Add(number);
                return Task.FromResult(answer(number));
            },
            TestContext.Current.CancellationToken
        );
}
