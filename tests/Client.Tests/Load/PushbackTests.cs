using TownReform.Client.Load;

namespace TownReform.Client.Tests.Load;

public sealed class PushbackTests
{
    [Fact]
    public void Note_Hint_HoldsUntilItHasPassed()
    {
        var pushback = new Pushback();
        pushback.IsOn(TimeSpan.Zero).ShouldBeFalse();
        pushback.Note(Busy.After(TimeSpan.FromMilliseconds(250)), TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromMilliseconds(250));
        pushback.IsOn(TimeSpan.FromMilliseconds(1249)).ShouldBeTrue();
        pushback.IsOn(TimeSpan.FromMilliseconds(1250)).ShouldBeFalse();
        pushback.IsOn(TimeSpan.FromMilliseconds(1251)).ShouldBeFalse();
    }

    [Fact]
    public void Note_ShorterHintLater_DoesNotEndALongerOne()
    {
        var pushback = new Pushback();
        pushback.Note(Busy.After(TimeSpan.FromSeconds(2)), TimeSpan.Zero);
        pushback.Note(Busy.After(TimeSpan.FromMilliseconds(1)), TimeSpan.FromSeconds(1));
        pushback.IsOn(TimeSpan.FromMilliseconds(1999)).ShouldBeTrue();
    }

    [Fact]
    public void Note_NoHint_WaitsAMoment() =>
        new Pushback().Note(Busy.After(TimeSpan.Zero) with { Facts = [] }, TimeSpan.Zero).ShouldBe(TimeSpan.FromMilliseconds(100));
}
