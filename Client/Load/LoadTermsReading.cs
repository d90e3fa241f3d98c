using System.Collections.Immutable;
using System.Globalization;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Client.Load;

/// <summary>Reads what a command line says about a load; a fault says what was expected.</summary>
internal static class LoadTermsReading
{
    /// <summary>A time such as <c>30s</c>, <c>5m</c>, <c>50ms</c>.</summary>
    /// <exception cref="CommandFailedException">It is none, or outside its bounds.</exception>
    public static TimeSpan Time(string option, string text, TimeSpan least, TimeSpan most)
    {
        var (digits, scale) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 1),
            _ when text.EndsWith('s') => (text[..^1], 1_000),
            _ when text.EndsWith('m') => (text[..^1], 60_000),
            _ => ("", 0),
        };
        return
            double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && TimeSpan.FromMilliseconds(Math.Min(amount * scale, TimeSpan.FromDays(30).TotalMilliseconds)) is var time
            && time >= least
            && time <= most
            ? time
            : throw CommandFailedException.BadInput(
                $"选项 {option} 须为时间，如 50ms、30s、5m，从 {Shown(least)} 到 {Shown(most)}，不能是“{text}”。",
                $"Option {option} is a time such as 50ms, 30s or 5m, from {Shown(least)} to {Shown(most)}, not '{text}'."
            );
    }

    /// <summary>A number above 0.</summary>
    /// <exception cref="CommandFailedException">It is none, or more than the most.</exception>
    public static double Rate(string option, string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0 && rate <= most
            ? rate
            : throw CommandFailedException.BadInput(
                $"选项 {option} 须为大于 0、不超过 {most} 的数，不能是“{text}”。",
                $"Option {option} is a number above 0, at most {most}, not '{text}'."
            );

    /// <summary>Procedures with their shares, such as <c>permit=70,confirmation=30</c>, in each of the towns.</summary>
    /// <exception cref="CommandFailedException">A procedure is unknown, can't be driven by a load, or has no share.</exception>
    public static ImmutableArray<MixPart> Mix(SeedLibrary seeds, string text, IReadOnlyCollection<TownPlan> towns)
    {
        var parts = ImmutableArray.CreateBuilder<MixPart>();
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, share) = entry.Split('=', 2) is [var before, var after] ? (before, Rate("--mix", after, 1_000_000)) : (entry, 1);
            var scripts = towns
                .Select(town => seeds.Procedures.TryGetValue(name, out var procedure) ? CaseScript.Of(town, procedure) : null)
                .OfType<CaseScript>()
                .ToArray();
            if (scripts.Length == 0)
            {
                throw CommandFailedException.BadInput(
                    $"--mix 中的“{name}”不能用于压力测试；可用：{Known(seeds, towns)}。",
                    $"'{name}' in --mix can't be used for a load; there are: {Known(seeds, towns)}."
                );
            }

            parts.AddRange(scripts.Select(script => new MixPart(script, share / scripts.Length)));
        }

        return parts.Count > 0 ? parts.ToImmutable() : throw CommandFailedException.BadInput("--mix 为空。", "--mix is empty.");
    }

    /// <summary>Procedures that a load can drive to their end in one of the towns.</summary>
    public static IEnumerable<string> Drivable(SeedLibrary seeds, IReadOnlyCollection<TownPlan> towns) =>
        seeds
            .Procedures.Values.Where(p => towns.Any(town => CaseScript.Of(town, p) is not null))
            .Select(p => p.Code)
            .Order(StringComparer.Ordinal);

    private static string Known(SeedLibrary seeds, IReadOnlyCollection<TownPlan> towns) => string.Join(", ", Drivable(seeds, towns));

    private static string Shown(TimeSpan time) =>
        time.TotalSeconds < 1 ? $"{time.TotalMilliseconds:0}ms"
        : time.TotalMinutes < 1 ? $"{time.TotalSeconds:0}s"
        : $"{time.TotalMinutes:0}m";
}
