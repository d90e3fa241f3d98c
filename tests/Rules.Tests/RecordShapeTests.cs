using System.Reflection;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Rules.Tests;

/// <summary>Nobody can call a record with a long row of values safely: beyond twelve each is a property with a name, or a small record
/// groups those that belong together.</summary>
public sealed class RecordShapeTests
{
    private const int MostInARow = 12;

    /// <summary>Those that stay as they are; whoever makes one names the values.</summary>
    private static readonly string[] Excepted =
    [
        // Serializer ids of the contract follow from the row.
        "AuditCase",
        "AuditEntry",
        "CaseLine",
        "CaseView",
        "SetAside",
        "WorkItem",
        // Stored without what is nothing, zero or false: a property that must be there couldn't be read again.
        "ActTaken",
        "CaseOpened",
        // Read from results of earlier programs.
        "FlowFigures",
        "RunHeading",
        // The journal's own rows, whose form is decided with that of storage (issue 18, part 5).
        "CaseRow",
        "JournalRecord",
        "SalvageReport",
    ];

    [Fact]
    public void Records_Any_TakeAtMostTwelveValuesInARow() => Long().Except(Excepted).ShouldBeEmpty();

    [Fact]
    public void Records_ThatAreExcepted_StillAreSoLong() => Excepted.Except(Long()).ShouldBeEmpty();

    private static List<string> Long() =>
        [
            .. new[] { typeof(CaseRules).Assembly, typeof(ICaseGrain).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .Where(IsRecord)
                .Where(type => type.GetConstructors().Any(constructor => constructor.GetParameters().Length > MostInARow))
                .Select(type => type.Name),
        ];

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;
}
