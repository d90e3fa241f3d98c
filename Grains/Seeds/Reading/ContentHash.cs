using System.Security.Cryptography;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>What a YAML file says, as one hash: comments, layout, quotes and the order of keys are no part of it.</summary>
internal static class ContentHash
{
    /// <returns>SHA-256, hexadecimal, lower case.</returns>
    public static string Of(Entry root)
    {
        var text = new StringBuilder();
        Write(root.Node, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlMappingNode map:
                text.Append('{');
                foreach (var (key, value) in map.Children.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
                {
                    Write(key, text);
                    Write(value, text);
                }

                text.Append('}');
                break;
            case YamlSequenceNode list:
                text.Append('[');
                foreach (var child in list.Children)
                {
                    Write(child, text);
                }

                text.Append(']');
                break;
            default:
                // Lengths keep two texts apart from one.
                var word = node.ToString();
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{word.Length}:{word}");
                break;
        }
    }
}
