using System.Collections.Immutable;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web.Offices;

/// <summary>Reads a case file for an office.</summary>
internal sealed class CaseFileRead(CaseFiles files, TownCalls town)
{
    private readonly CaseFileReading reading = new(town);

    /// <summary>The file; the refusal where there is none, or it isn't theirs to see: who asks learns nothing of the difference.</summary>
    /// <param name="asOf">Right after which record; null for now.</param>
    public async Task<Outcome<CaseFileModel>> ReadAsync(Requester who, OfficeRoom room, string number, long? asOf)
    {
        if (
            (
                await files.OpenAsync(who, number, new Reading(FilePart.File, Then: asOf is null ? null : new AsOf(asOf)), room.Code)
            ).IsRefused(out var refusal, out var file)
        )
        {
            return refusal;
        }

        return await reading.ReadAsync(room, file.Case, (file.Rights & CaseRights.Act) != 0, asOf);
    }
}

/// <summary>Reads the file of a case that somebody may see, in whatever world.</summary>
internal sealed class CaseFileReading(TownCalls town)
{
    /// <param name="now">The case as it stands.</param>
    /// <param name="mayAct">What the reader may do is asked too.</param>
    /// <param name="asOf">Right after which record; null for now.</param>
    public async Task<Outcome<CaseFileModel>> ReadAsync(OfficeRoom room, CaseView now, bool mayAct, long? asOf)
    {
        var grain = town.Case(now.Number);
        var isPast = asOf is { } version && version != now.Version;
        CaseView? shown = now;
        if (isPast && (await TownCalls.SendAsync(() => grain.ReadAtAsync(new AsOf(asOf)))).IsRefused(out var refusal, out shown))
        {
            return refusal;
        }

        var history = await CaseHistories.ReadAsync(grain, shown!.Version);
        var days = await TownCalls.SendAsync(() => grain.ClockDaysAsync(isPast ? new AsOf(asOf) : new AsOf(null, room.Now)));
        var issued = (await TownCalls.SendAsync(() => grain.DocumentsAsync())).Value?.Documents ?? [];
        var model = Model(room, shown, now, [.. history.Where(record => record.Version <= shown.Version)]) with
        {
            Days = days.Value,
            Documents = [.. issued.Where(document => document.Version <= shown.Version)],
        };
        if (isPast)
        {
            return model with { IsPast = true, ActsThen = ActsThen(room, shown) };
        }

        return !mayAct ? model
            : (await TownCalls.SendAsync(() => grain.AskAsync(room.Stamp(Guid.Empty)))).IsRefused(out refusal, out var asked) ? refusal
            : model with { Asked = asked };
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
            Subject = names.Title(shown.Procedure, shown.Subject),
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
                    field.Value,
                    Said(history, field)
                )),
            ],
            History = history,
            Office = room.World == Address.Live ? room.Code : null,
            Latest = now.Version,
            IsPast = false,
            Zone = names.Town.TimeZone,
        };
    }

    // What a case holds was filled in at one of its records.
    private static Words? Said(ImmutableArray<HistoryRecord> history, Field field) =>
        history.SelectMany(record => record.Fields).LastOrDefault(filled => filled.Name == field.Name && filled.Value == field.Value)?.Said;

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
}
