using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>Parses YAML as deep as a seed file may nest; what is deeper is a fault like any other, before the tree is built by recursion
/// and the stack is gone.</summary>
/// <param name="takesAliases">A node may stand for another that was named before; then whoever wrote it is trusted.</param>
/// <param name="linesBefore">What is added to each line (<see cref="JoinedFiles"/>).</param>
internal sealed class ShallowYaml(string text, bool takesAliases = true, int linesBefore = 0) : IParser
{
    /// <summary>Lists and mappings inside one another; shapes have about eight.</summary>
    public const int Deepest = 64;

    private readonly Parser parser = new(new StringReader(text));
    private int depth;

    public ParsingEvent? Current { get; private set; }

    public bool MoveNext()
    {
        var moved = parser.MoveNext();
        Current = linesBefore == 0 ? parser.Current : Later(parser.Current);
        if (!takesAliases && parser.Current is AnchorAlias alias)
        {
            throw new SemanticErrorException(alias.Start, alias.End, "no aliases");
        }

        depth += parser.Current is { } happened ? happened.NestingIncrease : 0;
        return depth <= Deepest
            ? moved
            : throw new SemanticErrorException(parser.Current!.Start, parser.Current.End, $"nested deeper than {Deepest}");
    }

    // Nodes take their places from these three.
    private ParsingEvent? Later(ParsingEvent? read) =>
        read switch
        {
            Scalar it => new Scalar(
                anchor: it.Anchor,
                tag: it.Tag,
                value: it.Value,
                style: it.Style,
                isPlainImplicit: it.IsPlainImplicit,
                isQuotedImplicit: it.IsQuotedImplicit,
                start: Later(it.Start),
                end: Later(it.End),
                isKey: it.IsKey
            ),
            MappingStart it => new MappingStart(it.Anchor, it.Tag, it.IsImplicit, it.Style, Later(it.Start), Later(it.End)),
            SequenceStart it => new SequenceStart(it.Anchor, it.Tag, it.IsImplicit, it.Style, Later(it.Start), Later(it.End)),
            _ => read,
        };

    private Mark Later(Mark mark) => new(mark.Index, mark.Line + linesBefore, mark.Column);
}
