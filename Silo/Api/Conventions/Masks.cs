namespace TownReform.Silo.Api.Conventions;

/// <summary>Ids of persons in lists: enough to tell two apart, too little to use.</summary>
internal static class Masks
{
    private const int Head = 3,
        Tail = 2;

    public static string Id(string id) =>
        id.Length <= Head + Tail ? new string('*', id.Length) : $"{id[..Head]}{new string('*', id.Length - Head - Tail)}{id[^Tail..]}";
}
