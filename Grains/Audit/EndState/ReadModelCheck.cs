using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>The rows of cases and of work are what the streams say, no more and no less.</summary>
internal sealed class ReadModelCheck(SeedLibrary seeds, SeedsOfDay taken, CaseArea cases, Findings findings)
{
    public void Take(CaseRow row)
    {
        if (Of(row.Number, "case") is not { } track)
        {
            return;
        }

        track.InIndex = true;
        if (track.Folded)
        {
            // What is left of a folded case is its row: the seal is compared with that.
            (track.Town, track.Certificate) = (row.Town, row.Certificate);
            findings.NotJudged();
        }
        else if (track.HasEnded)
        {
            Tell(row.Number, track.IsEndedAs(row) ? null : "ended");
        }
        else
        {
            var file = track.File!;
            Tell(row.Number, Difference(file.ToRow(seeds.ProcedureOf(file), null), row));
        }
    }

    public void Take(string workplace, WorkItem work)
    {
        if (Of(work.Case, "work") is not { } track)
        {
            return;
        }

        track.HasWork = true;
        if (track.Folded)
        {
            findings.NotJudged();
        }
        else if (track.File is not { IsOpen: true } file)
        {
            Tell(work.Case, "work of an ended case");
        }
        else if (!cases.Knows(file))
        {
            findings.NotJudged();
        }
        else
        {
            var facts = CaseFactsGathering.Known(seeds, file, track.RowAt, taken.Calendar(file.Town));
            Tell(work.Case, workplace != file.Workplace ? "workplace" : Difference(CasePlacement.WorkOf(file, facts)!, work));
        }
    }

    public void Unreadable(string? what, Words why) => findings.Breach(what, null, why.Zh, why.En);

    public void Finish()
    {
        foreach (var (number, track) in cases.Cases)
        {
            if (!track.IsOpened || cases.IsLost(number))
            {
                continue;
            }

            if (!track.InIndex)
            {
                findings.Breach($"case/{number}", null, "案件不在索引中。", "The case is not in the index.");
            }
            else if (track.File is { IsOpen: true } && !track.HasWork)
            {
                findings.Breach($"case/{number}", null, "未办结的案件没有待办事项。", "The open case has no row of work.");
            }
        }
    }

    private CaseTrack? Of(string number, string what)
    {
        findings.Look();
        if (cases.Find(number) is { IsOpened: true } track)
        {
            return cases.IsLost(number) ? null : track;
        }

        findings.Breach($"case/{number}", null, $"{what} 表有此案件，记录中却没有。", $"Table {what} has it; the record has no such case.");
        return null;
    }

    private void Tell(string number, string? differs)
    {
        if (differs is not null)
        {
            findings.Breach(
                $"case/{number}",
                null,
                $"索引与记录不一致：{differs}。",
                $"The read model differs from the record in: {differs}."
            );
        }
    }

    private static string? Difference(CaseRow said, CaseRow row) =>
        Differing([
            ("town", row.Town == said.Town),
            ("procedure", row.Procedure == said.Procedure),
            ("kind", row.Kind == said.Kind),
            ("subject", row.Subject == said.Subject),
            ("step", row.Step == said.Step),
            ("disposition", row.Disposition == said.Disposition),
            ("workplace", row.Workplace == said.Workplace),
            ("colour", row.Colour == said.Colour),
            ("party", row.PartyId == said.PartyId && row.PartyName == said.PartyName),
            ("certificate", row.Certificate == said.Certificate),
            ("opened_at", row.OpenedAt == said.OpenedAt),
            ("changed_at", row.ChangedAt == said.ChangedAt),
            ("opened_by", row.OpenedBy == said.OpenedBy),
            ("labels", CaseLabels.AreSame(row.Labels, said.Labels)),
        ]);

    private static string? Difference(WorkItem said, WorkItem work) =>
        Differing([
            ("version", work.Version == said.Version),
            ("step", work.Step == said.Step),
            ("item", work.Item == said.Item),
            ("role", work.Role == said.Role),
            ("hands", work.Hands == said.Hands),
            ("certificates", work.Certificates.SequenceEqual(said.Certificates)),
            ("not_by", work.NotBy.SequenceEqual(said.NotBy)),
            ("prefer", work.Prefer == said.Prefer),
            ("green", work.Green == said.Green),
            ("since", work.Since == said.Since),
            ("look_on", work.NextCheckOn == said.NextCheckOn),
            ("due", work.Due == said.Due),
            ("officers", work.Officers.SequenceEqual(said.Officers)),
        ]);

    // Null when they are all the same.
    private static string? Differing(ReadOnlySpan<(string Name, bool Same)> columns)
    {
        List<string>? differing = null;
        foreach (var (name, same) in columns)
        {
            if (!same)
            {
                (differing ??= []).Add(name);
            }
        }

        return differing is null ? null : string.Join(", ", differing);
    }
}
