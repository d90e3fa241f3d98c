using Microsoft.Extensions.Time.Testing;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Tests.Api;

/// <summary>How long an answer is given again: ten times as long as it took to find.</summary>
public sealed class RecentAnswersTests
{
    private static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider time = new();
    private readonly RecentAnswers<string, int> answers;
    private int found;

    public RecentAnswersTests() => answers = new RecentAnswers<string, int>(time);

    [Theory]
    [InlineData(999, 1)]
    [InlineData(1000, 2)]
    [InlineData(1001, 2)]
    public async Task Answer_ThatTookATenth_IsGivenAgainForASecond(int milliseconds, int answer)
    {
        (await answers.GetAsync("yandian", SlowlyAsync)).ShouldBe(1);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        (await answers.GetAsync("yandian", SlowlyAsync)).ShouldBe(answer);
    }

    [Fact]
    public async Task Answer_FoundAtOnce_IsAlwaysFresh()
    {
        (await answers.GetAsync("yandian", AtOnceAsync)).ShouldBe(1);
        (await answers.GetAsync("yandian", AtOnceAsync)).ShouldBe(2);
    }

    [Fact]
    public async Task Answer_WhileItIsLookedFor_IsSharedByAll()
    {
        var looking = new TaskCompletionSource<int>();
        var first = answers.GetAsync("yandian", () => looking.Task);
        var second = answers.GetAsync("yandian", AtOnceAsync);
        var other = answers.GetAsync("guyun", AtOnceAsync);
        looking.SetResult(7);
        (await first, await second, await other).ShouldBe((7, 7, 1));
    }

    [Fact]
    public async Task Fault_IsNotKept()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => answers.GetAsync("yandian", () => throw new InvalidOperationException()));
        (await answers.GetAsync("yandian", AtOnceAsync)).ShouldBe(1);
    }

    private Task<int> SlowlyAsync()
    {
        time.Advance(Cost);
        return Task.FromResult(++found);
    }

    private Task<int> AtOnceAsync() => Task.FromResult(++found);
}
