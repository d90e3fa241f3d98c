using System.Text.Json;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Load;

/// <summary>What a load leaves in the folder of <c>--out</c>.</summary>
internal static class LoadFiles
{
    public const string ReportName = "load.json";

    /// <summary>The commands that were answered: kept before anything else can fail.</summary>
    public static void WriteAnswered(string folder, IReadOnlyCollection<AcknowledgedCommand> answered)
    {
        Directory.CreateDirectory(folder);
        AcknowledgedFile.Write(Path.Combine(folder, AcknowledgedFile.FileName), answered);
    }

    /// <summary>The report, for programs and as a page.</summary>
    public static void WriteReport(string folder, LoadReport report, RecordZone zone, Lang lang)
    {
        File.WriteAllBytes(Path.Combine(folder, ReportName), JsonSerializer.SerializeToUtf8Bytes(report, ConsoleJson.Own.LoadReport));
        using var page = File.Create(Path.Combine(folder, LoadPage.FileName));
        LoadPage.Write(page, report, zone, lang);
    }
}
