using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Tests.Web.Acts;

/// <summary>A form is one command, whatever is clicked twice.</summary>
public sealed class FormCommandTests
{
    [Fact]
    public void New_Each_HasAnotherKey() => FormCommand.New(3).Key.ShouldNotBe(FormCommand.New(3).Key);

    [Fact]
    public void Of_WhatAPageShowed_IsTheSame()
    {
        var shown = FormCommand.New(7);
        FormCommand.Of(ActForms.Sent(("command", shown.Key), ("version", "7"))).ShouldBe(shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not hex")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    public void Of_AKeyThatNoPageShowed_IsNone(string key) => FormCommand.Of(ActForms.Sent(("command", key))).ShouldBeNull();

    [Theory]
    [InlineData("-1")]
    [InlineData("seven")]
    [InlineData("99999999999999999999")]
    public void Of_AVersionThatIsNone_IsWithoutOne(string version) =>
        FormCommand.Of(ActForms.Sent(("command", "0a"), ("version", version)))!.Version.ShouldBeNull();
}
