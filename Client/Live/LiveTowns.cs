using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>Which live town a command is about: the one that is named, or the one whose letters its codes begin with.</summary>
internal static class LiveTowns
{
    /// <exception cref="CommandFailedException">There is no such town, or its silo has no plan of it.</exception>
    public static async Task<TownNames> NamedAsync(LiveTown live, string town)
    {
        var towns = await live.Directory(town).TownsAsync();
        return Nearest.Find(towns, town) is { } code
            ? await ReadAsync(live, code)
            : throw Nearest.Unknown(
                new(
                    $"没有镇“{Grains.Rules.Texts.Characters.Told(town)}”",
                    $"There is no town '{Grains.Rules.Texts.Characters.Told(town)}'"
                ),
                towns,
                town
            );
    }

    /// <summary>The town that an option names; without one, the town of a code such as <c>YD-XK-001</c>.</summary>
    /// <exception cref="CommandFailedException">Neither tells.</exception>
    public static async Task<TownNames> OfItemAsync(Call call, LiveTown live, Option<string?> option, string code)
    {
        if (call.Of(option) is { } named)
        {
            return await NamedAsync(live, named);
        }

        var towns = await live.Directory("-").TownsAsync();
        foreach (var town in towns)
        {
            if (
                await ReadAsync(live, town) is var names
                && code.StartsWith(names.Directory.Prefix + "-", StringComparison.OrdinalIgnoreCase)
            )
            {
                return names;
            }
        }

        throw CommandFailedException.BadInput(
            $"编号看不出是哪个镇；请用 {option.Name} 指明：{string.Join("、", towns)}。",
            $"The code doesn't tell which town; name one with {option.Name}: {string.Join(", ", towns)}."
        );
    }

    /// <summary>The names of every town that a list of cases is of; a town that its silo has no plan of is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, TownNames>> OfCasesAsync(
        LiveTown live,
        TownNames? known,
        IEnumerable<CaseLine> lines
    )
    {
        var found = new Dictionary<string, TownNames>(StringComparer.Ordinal);
        foreach (var town in lines.Select(line => line.Town).Distinct())
        {
            if ((town == known?.Town ? known : (await TownNames.OfAsync(live, town)).Value) is { } names)
            {
                found.Add(town, names);
            }
        }

        return found;
    }

    private static async Task<TownNames> ReadAsync(LiveTown live, string town) =>
        (await TownNames.OfAsync(live, town)).IsRefused(out var refusal, out var names)
            ? throw new CommandFailedException(ExitCode.BadInput, refusal.Because)
            : names;
}
