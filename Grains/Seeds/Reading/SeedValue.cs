namespace TownReform.Grains.Seeds.Reading;

/// <summary>One value of a seed file.</summary>
/// <param name="Path">Keys from the root, joined by points; a list's entry is named by its code, else by its number.</param>
public readonly record struct SeedValue(string Path, string Value);
