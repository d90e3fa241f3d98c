using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>A sound chronicle with one thing wrong each time; a check that let one through would prove nothing.</summary>
internal static class BentHistories
{
    public static IEnumerable<(string What, Chronicle Chronicle)> Of(Chronicle sound)
    {
        var cases = sound.Streams.Where(s => s.Key.StartsWith("case/", StringComparison.Ordinal)).SelectMany(s => s.Value).ToList();
        var granted = cases.First(r => r.Kind == "case.act-taken" && r.Text("act") == "grant");
        var person = Lasting(sound).First();
        var post = sound.Streams[Crowd.Posts].Last(r => r.Kind == "establishment.post-filled");
        var late = Late(sound).First();
        var number = Sealed(sound).First();
        var certificate = cases.First(r => r.Kind == "case.certificate-set");
        yield return ("a command done twice", Insert(sound, granted.Stream, granted.Version, granted));
        yield return (
            "a decision under a new id",
            Insert(sound, granted.Stream, granted.Version, granted with { Id = Stamps.Next().CommandId })
        );
        yield return ("an event lost", Edit(sound, granted.Stream, all => all.Remove(granted)));
        yield return ("two events swapped", Edit(sound, granted.Stream, all => all.Reverse((int)granted.Version - 2, 2)));
        yield return (
            "a certificate twice",
            Insert(sound, certificate.Stream, certificate.Version, certificate with { Id = Stamps.Next().CommandId })
        );
        yield return (
            "a certificate for nothing",
            Edit(sound, certificate.Stream, all => all.RemoveAll(r => r.Kind == "case.act-taken" && r.Text("act") == "grant"))
        );
        yield return (
            "a number that another case bears",
            Edit(
                sound,
                certificate.Stream,
                all =>
                    all[(int)certificate.Version - 1] = certificate with
                    {
                        Payload = certificate.Payload.Replace(certificate.Certificate!, number.Certificate!, StringComparison.Ordinal),
                    }
            )
        );
        yield return (
            "a decision without its number",
            Edit(
                sound,
                number.Stream,
                all =>
                    all[(int)number.Version - 1] = number with
                    {
                        Payload = number.Payload.Replace("\"certificate\":", "\"other\":", StringComparison.Ordinal),
                    }
            )
        );
        yield return (
            "a number with the receipt",
            Edit(sound, number.Stream, all => Number(all, all.FindIndex(r => r.Kind == "case.act-taken")))
        );
        yield return (
            "somebody away twice",
            Insert(
                sound,
                person.Stream,
                person.Version,
                person with
                {
                    Id = Stamps.Next().CommandId,
                    Payload = person.Payload.Replace(person.Text("case"), "YD00000999", StringComparison.Ordinal),
                }
            )
        );
        yield return ("a secondment that never arrived", Edit(sound, person.Stream, all => all.Remove(person)));
        yield return (
            "a post beyond the number",
            Insert(
                sound,
                Crowd.Posts,
                sound.Streams[Crowd.Posts].Count,
                post with
                {
                    Id = Stamps.Next().CommandId,
                    Payload = post.Payload.Replace(post.Text("staff"), "YD-999", StringComparison.Ordinal),
                }
            )
        );
        yield return ("a no that was told as a yes", Answer(sound, s => s.Answer.Refused == 1005, answer => answer with { Refused = 0 }));
        yield return ("a yes that was told as a no", Answer(sound, s => s.Answer.Refused == 0, answer => answer with { Refused = 1005 }));
        yield return (
            "another number of posts",
            Answer(
                sound,
                s => s.Answer.Refused == 0 && s.Draft.Act == "appoint",
                answer =>
                    answer with
                    {
                        Text = answer.Text.Replace("\"HeldAdministrative\":", "\"HeldAdministrative\":1", StringComparison.Ordinal),
                    }
            )
        );
        yield return ("an answer without a record", Answer(sound, s => ReferenceEquals(s, late), answer => answer with { Refused = 1001 }));
    }

    /// <summary>Decisions that were recorded with their certificate number.</summary>
    public static IEnumerable<Recorded> Sealed(Chronicle sound) =>
        sound.Streams.Values.SelectMany(stream => stream.Where(r => r is { Kind: "case.act-taken", Certificate: not null }));

    /// <summary>Secondments that nobody recalled. One that was recalled before its first day need not have begun: without its record the
    /// history is still sound.</summary>
    public static IEnumerable<Recorded> Lasting(Chronicle sound) =>
        sound.Streams.Values.SelectMany(stream =>
            stream.Where(begun =>
                begun.Kind == "staff.secondment-begun"
                && !stream.Exists(other => other.Kind == "staff.secondment-ended" && other.Text("case") == begun.Text("case"))
            )
        );

    /// <summary>Acts that came too late, and were sent when the opening of their case had been answered: one sent before that might have
    /// been told that there is no such case.</summary>
    public static IEnumerable<Sent> Late(Chronicle sound) =>
        sound.Sent.Where(late =>
            late.Answer.Refused == 1005
            && sound.Sent.Any(open =>
                open.Draft.Stream == late.Draft.Stream
                && open.Draft.Act == "open"
                && open.Answer.Refused == 0
                && open.Returned < late.Invoked
            )
        );

    private static void Number(List<Recorded> records, int at) =>
        records[at] = records[at] with { Payload = $"{records[at].Payload[..^1]},\"certificate\":\"烟行许〔2019〕999号\"}}" };

    private static Chronicle Edit(Chronicle sound, string stream, Action<List<Recorded>> edit)
    {
        var bent = sound.Copy();
        edit(bent.Streams[stream]);
        bent.Streams[stream] = [.. bent.Streams[stream].Select((record, n) => record with { Version = n + 1 })];
        return bent;
    }

    private static Chronicle Insert(Chronicle sound, string stream, long after, Recorded record) =>
        Edit(sound, stream, all => all.Insert((int)after, record));

    private static Chronicle Answer(Chronicle sound, Func<Sent, bool> which, Func<Answer, Answer> change)
    {
        var bent = sound.Copy();
        var at = bent.Sent.FindIndex(s => which(s));
        bent.Sent[at] = bent.Sent[at] with { Answer = change(bent.Sent[at].Answer) };
        return bent;
    }
}
