using System.Collections.Immutable;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What makes two commands the same: who says what, not when, nor in which order its fields stand.</summary>
public sealed class CommandDigestTests
{
    private static readonly Stamp Stamp = new(Sample.Id(1), new Actor("S001", "government-service"), Sample.Opening);

    private static readonly ActOnCase Act = new(Stamp, "grant", [new Field("a", "1"), new Field("b", "2")]);

    [Fact]
    public void Of_AKnownCommand_IsTheStoredForm() =>
        CommandDigest.Of(Stamp, "leave", "2026-03-02", null, "").ToString().ShouldBe("0190cbbc5bab490341d5ad9803e648bc");

    [Fact]
    public void Of_SentAgainLaterWithFieldsInAnotherOrder_IsTheSame()
    {
        var again = Act with
        {
            Stamp = Stamp with { At = Stamp.At.AddDays(1), CommandId = Sample.Id(2) },
            Fields = [new Field("b", "2"), new Field("a", "1")],
        };
        CommandDigest.Of(again).ShouldBe(CommandDigest.Of(Act));
    }

    public static TheoryData<ActOnCase> Others =>
        new(
            Act with
            {
                Act = "refuse",
            },
            Act with
            {
                Fields = [new Field("a", "1"), new Field("b", "3")],
            },
            Act with
            {
                Fields = [new Field("a", "1b"), new Field("", "2")],
            },
            Act with
            {
                Fields = [new Field("a", "1")],
            },
            Act with
            {
                Fields = default,
            },
            Act with
            {
                Stamp = Stamp with { Actor = Stamp.Actor with { Id = "S002" } },
            },
            Act with
            {
                Stamp = Stamp with { Actor = Stamp.Actor with { For = "P1" } },
            },
            Act with
            {
                Stamp = Stamp with { Actor = Stamp.Actor with { For = "" } },
            },
            Act with
            {
                Stamp = Stamp with { Late = new LateEntry("power cut", "12") },
            }
        );

    [Theory, MemberData(nameof(Others))]
    public void Of_OtherContent_IsAnother(ActOnCase other) => CommandDigest.Of(other).ShouldNotBe(CommandDigest.Of(Act));

    [Fact]
    public void Of_LateEntry_HoldsItsMoment()
    {
        var late = Stamp with { Late = new LateEntry("power cut", "12") };
        CommandDigest
            .Of(Act with { Stamp = late with { At = late.At.AddTicks(1) } })
            .ShouldNotBe(CommandDigest.Of(Act with { Stamp = late }));
    }

    [Fact]
    public void Of_Opening_HoldsEachOfItsParts()
    {
        var open = new OpenCase(
            Stamp: Stamp,
            Town: "yandian",
            Procedure: "permit",
            Subject: "YD-014",
            Party: new Party("P1", "张三", false),
            Green: false,
            Fields: []
        );
        ImmutableArray<OpenCase> others =
        [
            open with
            {
                Town = "guishan",
            },
            open with
            {
                Procedure = "enquiry",
            },
            open with
            {
                Subject = "YD-015",
            },
            open with
            {
                Party = new Party("P2", "张三", false),
            },
            open with
            {
                Party = new Party("P1", "李四", false),
            },
            open with
            {
                Party = new Party("P1", "张三", true),
            },
            open with
            {
                Green = true,
            },
            open with
            {
                Fields = [new Field("a", "1")],
            },
            open with
            {
                Party = null!,
            },
        ];
        others.Select(CommandDigest.Of).Append(CommandDigest.Of(open)).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Fact]
    public void Write_AndRead_IsTheSame()
    {
        var digest = CommandDigest.Of(Act);
        new CommandDigest(digest.ToArray()).ShouldBe(digest);
        Should.Throw<FormatException>(() => new CommandDigest(new byte[15]));
    }
}
