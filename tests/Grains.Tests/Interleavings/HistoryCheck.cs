using System.Collections.Immutable;
using TownReform.Grains.Recording;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>Whether a chronicle could have come about one command at a time, in the order of each stream's versions; what speaks against it
/// is listed.</summary>
internal sealed class HistoryCheck
{
    private readonly Chronicle chronicle;
    private readonly List<string> breaches = [];
    private readonly ILookup<(string, Guid), Sent> sent;
    private readonly Dictionary<Guid, Expected> effects = [];
    private readonly Dictionary<Recorded, (long Invoked, long Returned)?> intervals = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, List<StaffModel>> people;

    private HistoryCheck(Chronicle chronicle)
    {
        this.chronicle = chronicle;
        sent = chronicle.Sent.ToLookup(s => (s.Draft.Stream, s.Draft.Id));
        people = chronicle
            .Streams.Where(s => s.Key.StartsWith("staff/", StringComparison.Ordinal))
            .ToDictionary(s => s.Key[^6..], s => PrefixesOf(s.Value));
    }

    /// <summary>An effect that a case's record sends to a person; no last day away means that it begins.</summary>
    private sealed record Expected(string Staff, string Case, string To, DateOnly From, DateOnly Until, DateOnly? LastDay);

    public static IReadOnlyList<string> Of(Chronicle chronicle)
    {
        var check = new HistoryCheck(chronicle);
        foreach (var (stream, records) in chronicle.Streams.OrderByDescending(s => s.Key.StartsWith("case/", StringComparison.Ordinal)))
        {
            check.Ordered(stream, records);
            switch (stream[..stream.IndexOf('/')])
            {
                case "case":
                    check.Case(stream, records);
                    break;
                case "staff":
                    check.Staff(stream, records);
                    break;
                default:
                    check.Posts(stream, records);
                    break;
            }
        }

        check.Certificates();
        return check.breaches;
    }

    private void Expect(bool holds, string stream, long version, string what)
    {
        if (!holds)
        {
            breaches.Add($"{stream} #{version}: {what}");
        }
    }

    /// <summary>No id twice, versions in a row, and nothing that was answered before another was sent stands after it.</summary>
    private void Ordered(string stream, List<Recorded> records)
    {
        Expect(records.DistinctBy(r => r.Id).Count() == records.Count, stream, 0, "a command stands twice");
        var latest = 0L;
        for (var i = 0; i < records.Count; i++)
        {
            Expect(records[i].Version == i + 1, stream, records[i].Version, $"is the {i + 1}th record");
            if (Interval(records[i]) is { } interval)
            {
                Expect(
                    interval.Returned > latest,
                    stream,
                    records[i].Version,
                    "was answered before a command was sent that stands before it"
                );
                latest = Math.Max(latest, interval.Invoked);
            }
        }
    }

    private void Case(string stream, List<Recorded> records)
    {
        var model = new CaseModel(Playbook.Citizen.Id) { Number = stream[5..] };
        var (decisions, openedBy) = (0, (Recorded?)null);
        foreach (var record in records)
        {
            if (record.Kind == "case.certificate-set")
            {
                Expect(model.TakeCertificate(), stream, record.Version, "a certificate that nothing asks for");
                continue;
            }

            if (record.Kind == "case.handed-over")
            {
                // A bureau that hears of an absence gives the work to others (E5); the step is as before.
                Expect(record.Actor == "system" && model.IsOpened && !model.IsEnded, stream, record.Version, "handed over what nobody has");
                continue;
            }

            var act = record.Kind switch
            {
                "case.opened" => "open",
                "case.act-taken" or "case.act-refused" => record.Text("act"),
                _ => "",
            };
            if (record.Kind is not ("case.opened" or "case.act-taken" or "case.act-refused") || Asked(record, act) is not { } draft)
            {
                Expect(false, stream, record.Version, $"{record.Kind} that no client asked for");
                continue;
            }

            var code = record.IsRefusal ? record.RefusedCode : 0;
            var possible = Possible(model, draft, record).ToHashSet();
            Expect(
                possible.Contains(code),
                stream,
                record.Version,
                $"{act} was answered {code}; the model says {string.Join(" or ", possible)}"
            );
            if (code == 0 && possible.Contains(0))
            {
                openedBy ??= record;
                model.Take(draft);
                decisions += Steps.Decided.Contains(model.Step) ? 1 : 0;
                Effects(stream, model, draft, record);
                Expect(
                    record.Certificate is null || model.TakeCertificate(),
                    stream,
                    record.Version,
                    "a certificate that nothing asks for"
                );
                Expect(
                    (record.Kind == "case.opened" ? record.Text("step") : record.Text("to")) == model.Step,
                    stream,
                    record.Version,
                    $"leads elsewhere than to {model.Step}"
                );
            }

            Answers(
                record,
                act,
                code,
                answer => answer.GetProperty("Version").GetInt64() == record.Version && answer.GetProperty("Step").GetString() == model.Step
            );
        }

        Expect(decisions <= 1, stream, 0, $"was decided {decisions} times");
        Expect(model.Granted == model.Certified, stream, 0, "granted without a certificate, or the other way round");
        Unrecorded(
            stream,
            records,
            s =>
                s.Answer.Refused switch
                {
                    1001 => openedBy is null || s.Invoked < Interval(openedBy)!.Value.Returned,
                    1002 => s.Draft.Act == "open" && records.Count > 0,
                    _ => false,
                }
        );
    }

    // A case asks a person's record while it decides: any state that the record had meanwhile explains the answer.
    private IEnumerable<int> Possible(CaseModel model, Draft draft, Recorded record)
    {
        var about = draft.Act == "open" && draft.Field("procedure") == "secondment" ? draft.Target : model.Staff;
        if (about.Length == 0)
        {
            return [model.Decide(draft, null)];
        }

        var (states, records) = (people[about], chronicle.Streams[$"staff/yandian/{about}"]);

        // Whoever sent it may have had no answer that tells of it; then it can have been made at any time.
        var asked = Interval(record) ?? (long.MinValue, long.MaxValue);
        return Enumerable
            .Range(0, states.Count)
            .Where(n =>
                records.Take(n).All(r => Interval(r) is not { } before || before.Invoked < asked.Returned)
                && records.Skip(n).All(r => Interval(r) is not { } after || after.Returned > asked.Invoked)
            )
            .Select(n => model.Decide(draft, states[n]));
    }

    private void Effects(string stream, CaseModel model, Draft draft, Recorded record)
    {
        if (draft.Act is "approve" or "recall" && model.Staff.Length > 0)
        {
            effects[DerivedIds.Of(new EffectId(stream, record.Version, 0))] = new Expected(
                model.Staff,
                model.Number,
                model.Field("to"),
                DateOnly.ParseExact(model.Field("from"), "O"),
                DateOnly.ParseExact(model.Field("until"), "O"),
                draft.Act == "recall" ? draft.On : null
            );
        }
    }

    private void Staff(string stream, List<Recorded> records)
    {
        var (states, staff) = (people[stream[^6..]], stream[^6..]);
        foreach (var (record, state, after) in records.Skip(1).Select((r, n) => (r, states[n + 1], states[n + 2])))
        {
            var code = record.IsRefusal ? record.RefusedCode : 0;
            Expect(after.IsSound(), stream, record.Version, "times away overlap, or last longer than the term");
            if (effects.Remove(record.Id, out var effect))
            {
                Expect(effect.Staff == staff, stream, record.Version, "was meant for somebody else");
                var right = effect.LastDay is { } last
                    ? state.AskedEnd(effect.Case, last) && record.Kind == "staff.secondment-ended" && record.Day("lastDay") == last
                    : state.AskedBegin(effect.Case, effect.To, effect.From, effect.Until) is { } begins
                        && begins.Code == code
                        && (
                            code > 0
                            || (
                                record.Kind == "staff.secondment-begun"
                                && record.Day("until") == begins.Until
                                && record.Day("from") == effect.From
                            )
                        );
                Expect(right, stream, record.Version, $"{record.Kind} {code} is not what the model says of {effect}");
            }
            else if (Asked(record, "leave") is { } draft)
            {
                var expected = state.AskedLeave(draft.Day("from"), draft.Day("until"));
                Expect(
                    code == expected && (code > 0 || record.Kind == "staff.leave-taken"),
                    stream,
                    record.Version,
                    $"leave was answered {code}; the model says {expected}"
                );
                Answers(record, "leave", code, answer => answer.GetProperty("Absences").GetArrayLength() == after.Times.Count());
            }
            else
            {
                Expect(false, stream, record.Version, $"{record.Kind} that nobody asked for");
            }
        }

        foreach (var (_, lost) in effects.Where(e => e.Value.Staff == staff).ToList())
        {
            Expect(
                states.Exists(s =>
                    lost.LastDay is { } last
                        ? !s.AskedEnd(lost.Case, last)
                        : s.AskedBegin(lost.Case, lost.To, lost.From, lost.Until) is null
                ),
                stream,
                0,
                $"{lost} never arrived"
            );
        }

        Unrecorded(stream, records, _ => false);
    }

    private void Posts(string stream, List<Recorded> records)
    {
        var model = new PostsModel(RealSeeds.Yandian.AdministrativePosts, RealSeeds.Yandian.InstitutionPosts);
        var founding = true;
        foreach (var record in records)
        {
            var act = record.Kind switch
            {
                "establishment.post-filled" => "appoint",
                "establishment.post-released" => "release",
                _ => record.Body.GetProperty("refused").GetProperty("act").GetString()!,
            };
            var draft = Asked(record, act);
            founding &= draft is null;
            var code = record.IsRefusal ? record.RefusedCode : 0;
            var expected =
                founding ? 0
                : draft is null ? -1
                : model.Decide(draft);
            Expect(code == expected, stream, record.Version, $"{act} was answered {code}; the model says {expected}");
            if (code == 0 && expected == 0)
            {
                _ = act == "release" ? model.Release(record.Text("staff")) : Fill(model, record);
            }

            Expect(
                model.IsSound() && (founding || code > 0 || record.Text("staff") == draft?.Target),
                stream,
                record.Version,
                "more posts are held than approved, or by another"
            );
            Answers(
                record,
                act,
                code,
                answer =>
                    answer.GetProperty("HeldAdministrative").GetInt32() == model.Held(1)
                    && answer.GetProperty("HeldInstitution").GetInt32() == model.Held(2)
            );
        }

        Unrecorded(stream, records, _ => false);
    }

    private static bool Fill(PostsModel model, Recorded record)
    {
        model.Fill(record.Text("staff"), record.Body.GetProperty("class").GetInt32());
        return true;
    }

    /// <summary>Everybody who sent the command that stands there got the answer that stands there, and all the same one; who used its id
    /// for something else got 9001.</summary>
    private void Answers(Recorded record, string act, int code, Func<System.Text.Json.JsonElement, bool> says)
    {
        var all = sent[(record.Stream, record.Id)].ToLookup(s => s.Draft.Act == act);
        var answers = all[true].Select(s => s.Answer).Where(a => a.Refused != 1001 && !LeavesNoTrace(a.Refused)).ToList();
        Expect(
            answers.TrueForAll(a => a.Refused == code),
            record.Stream,
            record.Version,
            $"{act} stands as {code} and was answered {string.Join(", ", answers.Select(a => a.Refused))}"
        );
        Expect(
            answers.Select(a => a.Text).Distinct().Count() <= 1,
            record.Stream,
            record.Version,
            $"{act} sent again got another answer: {string.Join(" / ", answers.Select(a => a.Text).Distinct())}"
        );
        Expect(
            code > 0 || answers.TrueForAll(a => a.Refused > 0 || says(a.Body)),
            record.Stream,
            record.Version,
            $"{act} was answered with something else than it led to"
        );
        Expect(
            all[false].All(s => s.Answer.Refused is 9001 or 1001 or 1002 || LeavesNoTrace(s.Answer.Refused)),
            record.Stream,
            record.Version,
            "its id was taken for another act"
        );
    }

    /// <summary>What was sent and doesn't stand on the record was answered with one of the few refusals that leave none.</summary>
    private void Unrecorded(string stream, List<Recorded> records, Func<Sent, bool> explained)
    {
        var known = records.Select(r => r.Id).ToHashSet();
        foreach (
            var lost in chronicle.Sent.Where(s =>
                s.Draft.Stream == stream && (!known.Contains(s.Draft.Id) || s.Answer.Refused is 1001 or 1002)
            )
        )
        {
            Expect(
                explained(lost) || LeavesNoTrace(lost.Answer.Refused),
                stream,
                0,
                $"{lost.Draft.Act} was answered {lost.Answer.Refused} and isn't on the record"
            );
        }
    }

    // What was mistyped: an act or a field that there isn't, a value that is missing or malformed.
    private static bool LeavesNoTrace(int refused) => refused is 1004 or 1006 or 1007 or 1008 or 1009 or 1011 or 3001;

    private void Certificates()
    {
        var numbers = chronicle.Streams.Values.SelectMany(s => s).Select(r => r.Certificate).OfType<string>().ToImmutableArray();
        Expect(numbers.Distinct().Count() == numbers.Length, "seal", 0, "a certificate number was given twice");
    }

    private Draft? Asked(Recorded record, string act) => sent[(record.Stream, record.Id)].FirstOrDefault(s => s.Draft.Act == act)?.Draft;

    // A record was made after its command was first sent and before it was first answered.
    private (long Invoked, long Returned)? Interval(Recorded record)
    {
        if (!intervals.TryGetValue(record, out var known))
        {
            intervals.Add(record, known = IntervalOf(record));
        }

        return known;
    }

    private (long Invoked, long Returned)? IntervalOf(Recorded record)
    {
        var act =
            record.Kind == "case.opened" ? "open"
            : record.Body.TryGetProperty("act", out var named) ? named.GetString()
            : null;
        var all = sent[(record.Stream, record.Id)]
            .Where(s =>
                (act is null || s.Draft.Act == act) && s.Answer.Refused is not (1001 or 1002 or 9001) && !LeavesNoTrace(s.Answer.Refused)
            )
            .ToList();
        return all.Count == 0 ? null : (all.Min(s => s.Invoked), all.Min(s => s.Returned));
    }

    private static List<StaffModel> PrefixesOf(List<Recorded> records)
    {
        var since = DateOnly.ParseExact(records[0].Body.GetProperty("particulars").GetProperty("since").GetString()!, "O");
        return [.. Enumerable.Range(0, records.Count + 1).Select(n => StaffAfter(new StaffModel(since), records.Take(n)))];
    }

    private static StaffModel StaffAfter(StaffModel model, IEnumerable<Recorded> records)
    {
        foreach (var record in records)
        {
            switch (record.Kind)
            {
                case "staff.leave-taken":
                    model.Leave(record.Day("from"), record.Day("until"));
                    break;
                case "staff.secondment-begun":
                    model.Begin(record.Text("case"), record.Text("to"), record.Day("from"), record.Day("until"));
                    break;
                case "staff.secondment-ended":
                    model.End(record.Text("case"), record.Day("lastDay"));
                    break;
                default:
                    break;
            }
        }

        return model;
    }
}
