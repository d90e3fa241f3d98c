namespace TownReform.Grains.Matters.Simulated;

/// <summary>A positive quantity with a long tail: log-normal with that median and that standard deviation of its logarithm.</summary>
public readonly record struct LogNormalSpread(double Median, double Sigma);
