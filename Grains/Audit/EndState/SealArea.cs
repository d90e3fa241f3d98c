using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seals;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// B1: each number follows from the numbers before it, no two certificates of a county's towns read the same, and the number that a case
/// bears
/// is the one that the seal has recorded for it.
/// </summary>
internal sealed class SealArea(SeedLibrary seeds, Findings unique, Findings sealed_, Findings readable)
    : Area<SealState, SealEvent>(SealRecord.Events, SealState.Empty, readable)
{
    private readonly Dictionary<(string County, string Certificate), string> issued = [];
    private readonly Dictionary<string, Dictionary<string, string>> numbers = new(StringComparer.Ordinal);

    protected override void Judge(string key, JournalRecord record, SealState state, SealEvent happened)
    {
        var plan = seeds.Towns[key];
        if (happened is not CertificateIssued it)
        {
            if (Number(key, happened.Case) == happened.Certificate)
            {
                return;
            }

            sealed_.Breach(
                record.Stream,
                record.Version,
                $"告知案件 {happened.Case} 的编号并非其编号。",
                $"Case {happened.Case} was told a number that it does not have."
            );
            return;
        }

        unique.Look();
        var expected = SealRules.Number(
            state,
            new NumberCertificate(it.Case, it.Kind, it.Item),
            plan.CertificatePrefixes[it.Kind],
            plan.DayOf(record.At).Year,
            Number(key, it.Case)
        );
        if (expected != it)
        {
            unique.Breach(
                record.Stream,
                record.Version,
                $"编号 {it.Certificate} 不是此前编号的下一个（{expected.Certificate}）。",
                $"Number {it.Certificate} is not the next of those before, {expected.Certificate}."
            );
        }

        if (!issued.TryAdd((plan.County.Code, it.Certificate), it.Case))
        {
            unique.Breach(
                record.Stream,
                record.Version,
                $"编号 {it.Certificate} 已用于案件 {issued[(plan.County.Code, it.Certificate)]}。",
                $"Number {it.Certificate} was given before, to case {issued[(plan.County.Code, it.Certificate)]}."
            );
        }

        (numbers.TryGetValue(key, out var own) ? own : numbers[key] = new(StringComparer.Ordinal)).TryAdd(it.Case, it.Certificate);
    }

    protected override SealState Apply(SealState state, SealEvent happened) =>
        happened is CertificateIssued it && state.Numbered.Contains(it.Case) ? state : SealRules.Apply(state, happened);

    /// <summary>Compares numbers with cases, both ways.</summary>
    /// <param name="arrived">Nothing waits for delivery: what was asked must be numbered, and what was numbered be told.</param>
    public void Finish(CaseArea cases, bool arrived)
    {
        foreach (var town in States.Keys)
        {
            foreach (var (number, has) in numbers.GetValueOrDefault(town, []))
            {
                if (arrived && cases.Find(number)?.Certificate is null && !cases.IsLost(number))
                {
                    sealed_.Breach(
                        $"case/{number}",
                        null,
                        $"印章已编 {has}，案件却无编号。",
                        $"The seal of {town} has numbered it {has}; the case bears no number."
                    );
                }
            }
        }

        foreach (var (number, track) in cases.Cases)
        {
            Compare(number, track, arrived);
        }
    }

    private void Compare(string number, CaseTrack track, bool arrived)
    {
        var own = Number(track.Town, number);
        if (track.Certificate is { } borne)
        {
            sealed_.Look();
            if (track is { NumberAskedAt: 0, NotJudged: false, Folded: false })
            {
                sealed_.Breach(
                    $"case/{number}",
                    track.CertificateVersion == 0 ? null : track.CertificateVersion,
                    $"案件编号 {borne}，却没有准予的决定。",
                    $"It bears {borne}, and nothing was granted."
                );
            }

            if (borne != own && !IsLost(track.Town))
            {
                sealed_.Breach(
                    $"case/{number}",
                    track.CertificateVersion == 0 ? null : track.CertificateVersion,
                    $"案件编号 {borne}，印章所记 {own ?? "无"}。",
                    $"It bears {borne}; the seal has recorded {own ?? "none"}."
                );
            }
        }
        else if (arrived && track.NumberAskedAt > 0 && own is null)
        {
            sealed_.Breach(
                $"case/{number}",
                track.NumberAskedAt,
                "已请求编号，印章却未编。",
                "A number was asked for, and the seal has given none."
            );
        }
    }

    /// <summary>The number that a town's seal gave to a case; all of them, where the seal keeps but the latest.</summary>
    private string? Number(string town, string caseNumber) =>
        numbers.TryGetValue(town, out var own) ? own.GetValueOrDefault(caseNumber) : null;
}
