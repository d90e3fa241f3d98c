using System.Collections.Immutable;

namespace TownReform.Silo.Web.Offices;

/// <summary>Reads a case file for an office.</summary>
internal static class CaseFileRead
{
    private const int MostRecords = 500;

    /// <summary>The file; null where there is none, or it isn't the office's to see: who asks learns nothing of the difference.</summary>
    /// <param name="asOf">Right after which record; null for now.</param>
    public static async Task<CaseFileModel?> ReadAsync(IGrainFactory grains, OfficeRoom room, string number, long? asOf)
    {
        var grain = grains.GetGrain<ICaseGrain>(Address.Case(Address.Live, number));
        if (!IsNumber(number) || (await grain.ReadAsync()).Value is not { } now || room.Towns.All(town => town.Town != now.Town))
        {
            return null;
        }

        var history = await HistoryAsync(grain, asOf ?? long.MaxValue);
        if (!IsOfOffice(room, now, history))
        {
            return null;
        }

        var isPast = asOf is { } version && version < now.Version;
        var shown = isPast ? (await grain.ReadAtAsync(new AsOf(asOf))).Value : now;
        if (shown is null || asOf < 1)
        {
            return null;
        }

        var model = Model(room, shown, now, [.. history.Where(record => record.Version <= shown.Version)]);
        return isPast
            ? model with
            {
                IsPast = true,
                ActsThen = ActsThen(room, shown),
            }
            : model with
            {
                Asked = (await grain.AskAsync(room.Stamp(Guid.Empty))).Value,
            };
    }

    /// <summary>Every record of a case, up to one.</summary>
    public static async Task<ImmutableArray<HistoryRecord>> HistoryAsync(ICaseGrain grain, long until)
    {
        var records = ImmutableArray.CreateBuilder<HistoryRecord>();
        while (records.Count == 0 || records[^1].Version < until)
        {
            var more = (await grain.HistoryAsync(records.Count == 0 ? 0 : records[^1].Version)).Value?.Records ?? [];
            records.AddRange(more);
            if (more.Length < MostRecords)
            {
                break;
            }
        }

        return records.ToImmutable();
    }

    private static CaseFileModel Model(OfficeRoom room, CaseView shown, CaseView now, ImmutableArray<HistoryRecord> history)
    {
        var names = room.NamesOf(shown.Town);
        Words Step(string code) => names.Step(shown.Procedure, shown.ProcedureVersion, code);
        var state = shown.Ending ?? shown.Step;
        var known = names.Procedure(shown.Procedure, shown.ProcedureVersion);
        return new CaseFileModel
        {
            Path = room.Path($"/cases/{shown.Number}"),
            Case = shown,
            Procedure = known?.Name ?? new(shown.Procedure, shown.Procedure),
            Subject = names.Item(shown.Subject),
            Party =
                names.Office(shown.Party.Id) is var office && office.Zh != shown.Party.Id
                    ? office
                    : new(shown.Party.Name, shown.Party.Name),
            State = Step(state),
            Workplace = shown.Workplace is { } place ? names.Office(place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..]) : null,
            Steps = FileStep.Line(history, state, known?.MainLine ?? default, shown.Ending is null, Step),
            Fields =
            [
                .. shown.Fields.Select(field => new FilledField(
                    field.Name,
                    names.Field(shown.Procedure, shown.ProcedureVersion, field.Name),
                    field.Value
                )),
            ],
            History = history,
            Latest = now.Version,
            IsPast = false,
            Zone = names.Town.TimeZone,
        };
    }

    private static ImmutableArray<Words> ActsThen(OfficeRoom room, CaseView shown) =>
        shown.Ending is not null || room.NamesOf(shown.Town).Procedure(shown.Procedure, shown.ProcedureVersion) is not { } procedure
            ? []
            :
            [
                .. procedure
                    .Steps.Where(step => step.Code == shown.Step)
                    .SelectMany(step => step.Acts)
                    .Concat(procedure.Anywhere)
                    .Where(act => !act.BySystem)
                    .Select(act => act.Name),
            ];

    /// <summary>The office has the case, or has had a hand in it.</summary>
    private static bool IsOfOffice(OfficeRoom room, CaseView now, ImmutableArray<HistoryRecord> history) =>
        now.Workplace == room.Workplace || history.Any(record => record.Actor.Office == room.Code);

    // What no case can be called wakes no grain.
    private static bool IsNumber(string number) => number.Length is > 2 and <= 20 && number.All(char.IsAsciiLetterOrDigit);
}
