using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Reports;

/// <summary>Names of a summary's codes in one language; a code without a name stands for itself.</summary>
internal sealed class RunLabels(RunNames names, Lang lang)
{
    private readonly Dictionary<string, string> towns = Index(names.Towns, lang);
    private readonly Dictionary<string, string> procedures = Index(names.Procedures, lang);
    private readonly Dictionary<string, string> workplaces = Index(names.Workplaces, lang);

    public string Town(string code) => towns.GetValueOrDefault(code, code);

    public string Procedure(string code) => procedures.GetValueOrDefault(code, code);

    public string Workplace(string code) => workplaces.GetValueOrDefault(code, code);

    private static Dictionary<string, string> Index(IEnumerable<NamedCode> names, Lang lang) =>
        names.ToDictionary(n => n.Code, n => lang == Lang.Zh ? n.Zh : n.En, StringComparer.Ordinal);
}
