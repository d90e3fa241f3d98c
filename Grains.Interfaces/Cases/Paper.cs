namespace TownReform;

/// <summary>A paper that was handed in (材料): what the record keeps of the file.</summary>
/// <param name="Name">Name of the file, as people read it; never where anything is stored.</param>
/// <param name="Kind">What sort of file it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its content, lower-case hex: the paper's only address.</param>
[GenerateSerializer, Immutable, Alias("paper")]
public sealed record Paper(string Name, PaperKind Kind, long Bytes, string Sha256);

/// <summary>Sorts of files that are taken.</summary>
public enum PaperKind
{
    Pdf = 1,
    Jpeg = 2,
    Png = 3,

    /// <summary>Photographs of telephones.</summary>
    Heic = 4,

    /// <summary>版式文档 (GB/T 33190).</summary>
    Ofd = 5,
}
