using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>A list, or one word that stands for a list of one mapping with that word under a key.</summary>
/// <param name="Key">The key of the mapping.</param>
internal sealed record WordOrList(ScalarType Word, string Key, ListType List) : SeedType
{
    public override void Check(YamlNode node, Spot at) => List.Check(node, at);

    public override JsonObject Schema(JsonObject definitions) =>
        new() { ["anyOf"] = new JsonArray(List.Schema(definitions), Word.Schema(definitions)) };

    /// <summary>Puts the list in the place of each word among the values of a mapping; the lines of the words stay.</summary>
    public void Unfold(YamlNode? map)
    {
        if (map is not YamlMappingNode values)
        {
            return;
        }

        foreach (var (key, word) in values.Children.Where(pair => pair.Value is YamlScalarNode).ToArray())
        {
            values.Children[key] = new YamlSequenceNode(new YamlMappingNode { { Key, word } });
        }
    }
}
