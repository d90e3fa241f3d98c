using System.Collections.Immutable;
using System.Reflection;
using TownReform.Grains.Rules.Texts;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Texts;

/// <summary>No text of a command is forgotten: each is put to the rule, whatever commands are added.</summary>
public sealed class CommandTextsTests
{
    private static readonly Dictionary<Type, MethodInfo> Readers = typeof(CommandTexts)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.Name == "Read")
        .ToDictionary(method => method.GetParameters()[0].ParameterType.GetElementType()!);

    public static TheoryData<Type> Commands => [.. Readers.Keys];

    [Fact]
    public void Read_EveryCommandWithAStamp_IsKnown() =>
        new[] { typeof(ICaseGrain).Assembly, typeof(CommandTexts).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsInterface && typeof(IGrain).IsAssignableFrom(t))
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetParameters())
            .Select(p => p.ParameterType)
            .Where(t => t.GetProperty("Stamp")?.PropertyType == typeof(Stamp))
            .Distinct()
            .Except(Readers.Keys)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Read_AnyTextThatActsOnAScreen_IsRefused(Type command)
    {
        Texts(command).ShouldBeGreaterThan(1);
        for (var n = 0; n < Texts(command); n++)
        {
            Read(command, n, "甲\u202e").ShouldNotBeNull($"text {n} of {command.Name}").Code.ShouldBe(RefusalCode.TextForbidden);
            Read(command, n, new string('名', 40_000))
                .ShouldNotBeNull($"text {n} of {command.Name}")
                .Code.ShouldBe(RefusalCode.TextTooLong);
            Read(command, n, new string('名', 40_000))!.ToString().Length.ShouldBeLessThan(1000);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Read_WithoutAText_NeverFails(Type command)
    {
        Read(command, -1, "").ShouldBeNull();
        Readers[command].Invoke(null, [null]).ShouldBeOfType<Refusal>().Code.ShouldBe(RefusalCode.TextMissing);
        for (var n = 0; n < Texts(command); n++)
        {
            (Read(command, n, null)?.Code ?? RefusalCode.TextMissing).ShouldBe(RefusalCode.TextMissing);
        }
    }

    [Fact]
    public void Read_Nulls_NameTheField()
    {
        var command = new ActOnCase(null!, "accept", default);
        CommandTexts.Read(ref command).ShouldBe(RefusalCode.TextMissing).Of("field").ShouldBe("stamp");
        command = new ActOnCase(Stamps.Next() with { Actor = null! }, "accept", default);
        CommandTexts.Read(ref command).ShouldBe(RefusalCode.TextMissing).Of("field").ShouldBe("actor");
        var open = new OpenCase(
            Stamp: Stamps.Next(),
            Town: "yandian",
            Procedure: "permit",
            Subject: "YD-XK-001",
            Party: null!,
            Green: false,
            Fields: default
        );
        CommandTexts.Read(ref open).ShouldBe(RefusalCode.TextMissing).Of("field").ShouldBe("party");
        open = open with { Party = new Party("P1", " ", false) };
        CommandTexts.Read(ref open).ShouldBe(RefusalCode.TextMissing).Of("field").ShouldBe("party.name");
    }

    [Fact]
    public void Read_InNormalForm_StaysTheSameObject()
    {
        var act = new ActOnCase(Stamps.Next(), "accept", [new("reason", "材料齐全；受理")]);
        var before = act;
        CommandTexts.Read(ref act).ShouldBeNull();
        act.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Read_ManyFields_AreBounded(int count, bool passes)
    {
        var act = new ActOnCase(Stamps.Next(), "accept", [.. Enumerable.Range(1, count).Select(n => new Field($"f{n}", "x"))]);
        (CommandTexts.Read(ref act) is null).ShouldBe(passes);
    }

    private static int Texts(Type command)
    {
        var count = 0;
        Make(command, (_, text) => (count++, text).text);
        return count;
    }

    // The command with its n-th text exchanged; with none for n = -1.
    private static Refusal? Read(Type command, int n, string? text)
    {
        var at = 0;
        return (Refusal?)Readers[command].Invoke(null, [Make(command, (_, usual) => at++ == n ? text : usual)]);
    }

    private static object? Make(Type type, Func<Type, string, string?> text) =>
        type == typeof(string) ? text(type, "x1")
        : Nullable.GetUnderlyingType(type) is { } value ? Make(value, text)
        : type.IsEnum ? Enum.GetValues(type).GetValue(0)
        : type.IsPrimitive || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly)
            ? Activator.CreateInstance(type)
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? Array(type.GetGenericArguments()[0], text)
        : type.GetConstructors()
            .MaxBy(made => made.GetParameters().Length)!
            .Invoke([
                .. type.GetConstructors()
                    .MaxBy(made => made.GetParameters().Length)!
                    .GetParameters()
                    .Select(p =>
                        p.ParameterType == typeof(ImmutableArray<Absence>) ? ImmutableArray<Absence>.Empty : Make(p.ParameterType, text)
                    ),
            ]);

    private static object Array(Type of, Func<Type, string, string?> text)
    {
        var one = System.Array.CreateInstance(of, 1);
        one.SetValue(Make(of, text), 0);
        var create = typeof(ImmutableArray)
            .GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }]);
        return create.MakeGenericMethod(of).Invoke(null, [one])!;
    }
}
