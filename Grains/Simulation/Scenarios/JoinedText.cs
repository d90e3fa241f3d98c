using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>The text of a tree of nodes that came from several files.</summary>
internal static class JoinedText
{
    /// <returns>YAML of one document, with LF ends.</returns>
    public static string Of(YamlNode root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        // The mark behind the document says nothing.
        return text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('.', '\n') + "\n";
    }
}
