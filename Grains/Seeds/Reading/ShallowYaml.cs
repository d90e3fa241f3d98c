using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>Parses YAML as deep as a seed file may nest; what is deeper is a fault like any other, before the tree is built by recursion
/// and the stack is gone.</summary>
/// <param name="takesAliases">A node may stand for another that was named before; then whoever wrote it is trusted.</param>
internal sealed class ShallowYaml(string text, bool takesAliases = true) : IParser
{
    /// <summary>Lists and mappings inside one another; shapes have about eight.</summary>
    public const int Deepest = 64;

    private readonly Parser parser = new(new StringReader(text));
    private int depth;

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        var moved = parser.MoveNext();
        if (!takesAliases && parser.Current is AnchorAlias alias)
        {
            throw new SemanticErrorException(alias.Start, alias.End, "no aliases");
        }

        depth += parser.Current is { } happened ? happened.NestingIncrease : 0;
        return depth <= Deepest
            ? moved
            : throw new SemanticErrorException(parser.Current!.Start, parser.Current.End, $"nested deeper than {Deepest}");
    }
}
