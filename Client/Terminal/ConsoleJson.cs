using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using TownReform.Client.Clauses;
using TownReform.Client.Commands;
using TownReform.Client.Demo;
using TownReform.Client.Live;
using TownReform.Client.Load;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Sqlite.Salvage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Client.Terminal;

/// <summary>Answers as JSON: camel case, enums by name, Chinese as Chinese, indented.</summary>
[JsonSerializable(typeof(RefusedAnswer))]
[JsonSerializable(typeof(FaultAnswer))]
[JsonSerializable(typeof(Notice[]))]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(ShownCase))]
[JsonSerializable(typeof(AskedActs))]
[JsonSerializable(typeof(CaseOutlook))]
[JsonSerializable(typeof(CaseLine[]))]
[JsonSerializable(typeof(ListedForm[]))]
[JsonSerializable(typeof(StaffFacts))]
[JsonSerializable(typeof(HeldItem[]))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(EndStateReport))]
[JsonSerializable(typeof(SalvageReport))]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(LoadFigures))]
[JsonSerializable(typeof(AuditRecord[]))]
[JsonSerializable(typeof(SetAside[]))]
[JsonSerializable(typeof(RetriedEffect[]))]
[JsonSerializable(typeof(WorkItem[]))]
[JsonSerializable(typeof(FilingView))]
[JsonSerializable(typeof(FilingView[]))]
[JsonSerializable(typeof(AnsweredFilings))]
[JsonSerializable(typeof(TownLine[]))]
[JsonSerializable(typeof(CatalogueReport[]))]
[JsonSerializable(typeof(PublishedItem))]
[JsonSerializable(typeof(LawLine[]))]
[JsonSerializable(typeof(LawChange[]))]
[JsonSerializable(typeof(ImmutableArray<ClauseLine>))]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(SignedReceipt))]
[JsonSerializable(typeof(ReceiptVerdict))]
[JsonSerializable(typeof(AccountLine[]))]
[JsonSerializable(typeof(KeyLine[]))]
[JsonSerializable(typeof(OutsideLogin[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(DemoMark))]
internal sealed partial class ConsoleJson : JsonSerializerContext
{
    public static ConsoleJson Own { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Converters = { new JsonStringEnumConverter() },
                WriteIndented = true,
                Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            }
        );
}
