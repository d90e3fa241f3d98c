using System.Text;

namespace TownReform.Client.Reports;

/// <summary>Puts a page together from embedded parts: <c>{{name}}</c> in a template gives way to the part of that name, byte for
/// byte.</summary>
internal static class PageParts
{
    public static byte[] Read(string name)
    {
        using var from =
            typeof(PageParts).Assembly.GetManifestResourceStream($"Reports/{name}")
            ?? throw new InvalidOperationException($"The program was built without its page part {name}.");
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    public static void Write(Stream to, string template, IReadOnlyDictionary<string, byte[]> parts)
    {
        var rest = Encoding.UTF8.GetString(Read(template));
        while (rest.IndexOf("{{", StringComparison.Ordinal) is var begin and >= 0)
        {
            var end = rest.IndexOf("}}", begin, StringComparison.Ordinal);
            to.Write(Encoding.UTF8.GetBytes(rest[..begin]));
            to.Write(parts[rest[(begin + 2)..end]]);
            rest = rest[(end + 2)..];
        }

        to.Write(Encoding.UTF8.GetBytes(rest));
    }

    public static byte[] LanguageTag(Lang lang) => Encoding.UTF8.GetBytes(lang == Lang.Zh ? "zh-CN" : "en");
}
