using System.Collections.Immutable;

namespace TownReform.Grains.Simulation;

/// <summary>How something spreads over the hours of a day: relative weights of pieces of up to half an hour. Pure.</summary>
internal sealed class DayProfile
{
    private const int Piece = 30;
    private readonly ImmutableArray<(int From, int Until, double Weight)> pieces;

    /// <param name="spans">Minutes after midnight in which anything happens at all, rising.</param>
    /// <param name="hour">Relative weight by hour; 1 where absent.</param>
    public DayProfile(IEnumerable<(int Open, int Close)> spans, IReadOnlyDictionary<int, double> hour)
    {
        var all = ImmutableArray.CreateBuilder<(int, int, double)>();
        foreach (var (open, close) in spans)
        {
            for (var from = open; from < close; )
            {
                var until = Math.Min(close, ((from / Piece) + 1) * Piece);
                all.Add((from, until, hour.GetValueOrDefault(from / 60, 1) * (until - from)));
                from = until;
            }
        }

        pieces = all.ToImmutable();
    }

    /// <summary>Whether anything happens at that time of day.</summary>
    public bool IsOpen(TimeSpan time) => At(time.TotalMinutes) is { Weight: > 0 };

    /// <summary>A time of the day by the weights, to the second; null when nothing is left of the day.</summary>
    /// <param name="draw">A number between 0 and 1.</param>
    /// <param name="after">The earliest time; what lies before it is out of the draw.</param>
    public TimeSpan? Draw(double draw, TimeSpan after)
    {
        var earliest = after.TotalMinutes;
        var all = 0.0;
        foreach (var piece in pieces)
        {
            all += Left(piece, earliest);
        }

        var at = draw * all;
        foreach (var piece in pieces)
        {
            var weight = Left(piece, earliest);
            if (at < weight)
            {
                var from = Math.Max(piece.From, earliest);
                return TimeSpan.FromSeconds(
                    Math.Min((piece.Until * 60) - 1, Math.Ceiling((from + ((piece.Until - from) * at / weight)) * 60))
                );
            }

            at -= weight;
        }

        return null;
    }

    private (int From, int Until, double Weight) At(double minute)
    {
        foreach (var piece in pieces)
        {
            if (piece.From <= minute && minute < piece.Until)
            {
                return piece;
            }
        }

        return default;
    }

    private static double Left((int From, int Until, double Weight) piece, double earliest) =>
        earliest >= piece.Until ? 0 : piece.Weight * (piece.Until - Math.Max(piece.From, earliest)) / (piece.Until - piece.From);
}
