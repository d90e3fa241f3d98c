using System.Text.Json;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Seals;

namespace TownReform.Grains.Journal.Writing;

/// <summary>
/// What one at a time holds on its stream, by a record's kind and a field of its payload: a certificate number (B1), for ever; somebody's
/// post (D2), until it is released. The journal fences them itself, so that an office that remembers what isn't on record gives none a
/// second time. The stores' scripts name the same kinds and fields (<c>held-names.sql</c>).
/// </summary>
/// <param name="Takes">Whether the record takes it; else it gives it back.</param>
internal readonly record struct HeldName(string Stream, string Name, bool Takes)
{
    /// <returns>Null for a record of any other kind; nearly all are.</returns>
    public static HeldName? Of(JournalRecord record) =>
        record.Kind switch
        {
            CertificateIssued.DurableName => Read(record, "certificate", takes: true),
            PostFilled.DurableName => Read(record, "staff", takes: true),
            PostReleased.DurableName => Read(record, "staff", takes: false),
            _ => null,
        };

    /// <summary>What an append is told that would have taken what is held.</summary>
    public static TownFaultException Refusal(string stream) =>
        new(
            new Words(
                $"{stream} 将再次发出已发出的编号或职位；本次提交整体作废，未办理。其内存状态与记录不符（快照有误，或程序有缺陷）：请运行 audit check；停机删除快照（orleans.sqlite；PostgreSQL "
                    + "上为 DELETE FROM states）再启动，状态即由记录重建。",
                $"{stream} was to give a number or a post that it has given already; the commit failed as a whole, and nothing "
                    + "was done. What it remembers isn't what is on record (a wrong snapshot, or a fault of the program): run audit "
                    + "check; stop, delete the snapshots (orleans.sqlite; on PostgreSQL DELETE FROM states) and start again, and its "
                    + "state is made from the record."
            ),
            Deed.NotDone
        );

    /// <summary>Tells whoever runs the town, too.</summary>
    public static void Tell(ILogger logger, TownFaultException refusal) =>
        logger.LogError("{Zh} / {En}", refusal.Because.Zh, refusal.Because.En);

    private static HeldName? Read(JournalRecord record, string field, bool takes)
    {
        var reader = new Utf8JsonReader(record.Payload.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isIt = reader.ValueTextEquals(field);
                reader.Read();
                if (isIt && reader.TokenType == JsonTokenType.String)
                {
                    return new(record.Stream, reader.GetString()!, takes);
                }

                reader.Skip();
            }
        }

        return null;
    }
}
