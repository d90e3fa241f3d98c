namespace TownReform.Grains.Recording;

/// <summary>Parts of a grain's key, which are separated by strokes; the first of a whole key is the world.</summary>
internal static class GrainKey
{
    /// <summary>The first part; all of a key that has one.</summary>
    public static string Head(string key) => key.IndexOf('/') is var slash and >= 0 ? key[..slash] : key;

    /// <summary>The first part, and all that follows it.</summary>
    public static (string Head, string After) Split(string key) =>
        Head(key) is var head && head.Length < key.Length ? (head, key[(head.Length + 1)..]) : (head, "");
}
