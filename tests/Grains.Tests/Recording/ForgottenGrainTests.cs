using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Recording;

/// <summary>A grain that has nothing is forgotten as soon as it was answered; whoever asks it meanwhile by a call that interleaves is
/// answered all the same.</summary>
public sealed class ForgottenGrainTests(CaseCluster cluster)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Staff_ReadWhileForgotten_IsAnswered()
    {
        var town = cluster.NewTown();
        var (unknown, over) = (town.Staff("YD-999"), new TaskCompletionSource());
        town.Journal.HoldReads("staff/yandian/YD-999", over.Task);
        var leave = unknown.TakeLeaveAsync(new(Stamps.Next(PureCase.At(PureCase.Day)), PureCase.Day, PureCase.Day));
        await cluster.Calls.BegunAsync(unknown, 1);
        var reading = unknown.ReadAsync();
        await cluster.Calls.BegunAsync(unknown, 2);
        cluster.Calls.ForgetWhenAnswered(unknown);
        over.SetResult();
        (await leave.WaitAsync(Soon, TestContext.Current.CancellationToken)).Refusal.ShouldNotBeNull();
        (await reading.WaitAsync(Soon, TestContext.Current.CancellationToken)).ShouldBeRefused(RefusalCode.StaffUnknown);
    }
}
