using System.Text.RegularExpressions;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>A town in which some are away and some hold certificates that have run out.</summary>
internal static partial class PairSeeds
{
    private const string RanOut = "2026-01-31";

    /// <summary>Each fourth line of the staffing table has certificates of the past.</summary>
    public static void Change(string seeds)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(seeds, "towns"), "*.yaml"))
        {
            var line = 0;
            File.WriteAllLines(
                file,
                [
                    .. File.ReadLines(file)
                        .Select(text => StaffingLine().IsMatch(text) && ++line % 4 == 0 ? ValidUntil().Replace(text, RanOut) : text),
                ]
            );
        }
    }

    /// <summary>Sends somebody of each office on leave from today on.</summary>
    public static async Task SendOnLeaveAsync(SignedInSilo silo)
    {
        foreach (var plan in silo.Seeds.Towns.Values)
        {
            var at = TimeProvider.System.GetUtcNow();
            var leader = plan.Staff.Where(one => one.Roles.Contains("committee")).ToArray();
            foreach (var away in plan.Staff.GroupBy(one => one.Organ).Select(people => people.Last()).Where(one => one.Id != leader[0].Id))
            {
                var leave = new TakeLeave(
                    new Stamp(Guid.CreateVersion7(), new Actor(leader[0].Id, leader[0].Organ), at),
                    plan.DayOf(at),
                    plan.DayOf(at).AddDays(3)
                );
                (
                    await silo.Grains.Grain<IStaffGrain>(Address.Staff(Address.Live, plan.Code, away.Id)).TakeLeaveAsync(leave)
                ).Refusal?.Because.En.ShouldBeNull();
            }
        }
    }

    [GeneratedRegex(@"^\s+- \{first: .*roles: .*certificates: ")]
    private static partial Regex StaffingLine();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}(?=[,}])(?<=certificates: \{[^}]*)")]
    private static partial Regex ValidUntil();
}
