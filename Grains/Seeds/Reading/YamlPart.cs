using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>Parses YAML that somebody typed for a part of a file.</summary>
internal static class YamlPart
{
    /// <summary>The part; null with a fault when it is none. Lines count within it.</summary>
    /// <param name="at">Where it is going to stand.</param>
    public static YamlNode? Parse(string yaml, Spot at)
    {
        try
        {
            // Aliases would let a short text stand for a tree without end.
            var stream = new YamlStream();
            stream.Load(new ShallowYaml(yaml, takesAliases: false));
            if (stream.Documents is [{ RootNode: var node }])
            {
                return node;
            }

            at.Faults.Add(at.File, 1, at.Path, "one YAML document", $"{stream.Documents.Count}");
        }
        catch (YamlException broken)
        {
            var said = broken.InnerException?.Message ?? broken.Message;
            at.Faults.Add(at.File, (int)broken.Start.Line, at.Path, FaultWords.WellFormed, said);
        }

        return null;
    }

    /// <summary>The mapping that a file is; null with a fault when it is none.</summary>
    /// <param name="linesBefore">What is added to its lines (<see cref="JoinedFiles"/>).</param>
    public static YamlMappingNode? Mapping(SeedFile file, int linesBefore, FaultLog faults)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowYaml(file.Text, takesAliases: true, linesBefore));
            if (stream.Documents is [{ RootNode: YamlMappingNode map }])
            {
                return map;
            }

            faults.Add(file.Path, 0, "document", "one YAML document", $"{stream.Documents.Count}");
        }
        catch (YamlException broken)
        {
            var said = broken.InnerException?.Message ?? broken.Message;
            faults.Add(file.Path, (int)broken.Start.Line, "document", FaultWords.WellFormed, said);
        }

        return null;
    }
}
