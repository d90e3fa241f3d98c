using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>One copy of a template under a number of its own: the same acts by the same officers for another party, a little later than the
/// copy before.</summary>
/// <param name="order">Place among all copies; moments, ids and the party follow from it.</param>
internal sealed class CaseCopy(CaseTemplate template, string number, long order)
{
    private const int Parties = 100_000;

    /// <summary>In the high bits of the copies' command ids; the load that is measured has none there.</summary>
    private const int Mark = 0x60_70_80;

    /// <summary>Most events of a case; keeps the ids of copies apart.</summary>
    private const int Most = 64;

    public string Number => number;

    public CaseTemplate Template => template;

    public string Stream => $"case/{number}";

    public DateTimeOffset GrantedAt => Moment(template.Granted);

    public string Item => ((CaseOpened)template.Events[0]).Subject;

    /// <summary>Id of the command by which the county department files it.</summary>
    public Guid FilingId => Command(Most - 1);

    /// <summary>The effects that the granting act sent, in the order of the procedure.</summary>
    public EffectId Sent(int ordinal) => new(Stream, template.Granted + 1, ordinal);

    /// <summary>All its records in one append, with the row that they lead to.</summary>
    /// <param name="numbered">The effect that told the certificate number, and the number; null for a case that has none.</param>
    public JournalAppend Append(SeedLibrary seeds, (EffectId Told, string Certificate)? numbered)
    {
        var events = ImmutableArray.CreateBuilder<NewEvent>(template.Events.Length);
        var file = CaseFile.None;
        for (var i = 0; i < template.Events.Length; i++)
        {
            var happened = Event(i, numbered?.Certificate);
            var id = happened is CertificateSet ? DerivedIds.Of(numbered!.Value.Told) : Command(i);
            events.Add(new(new Stamp(id, template.Actors[i], Moment(i)), happened.Kind, CaseCodec.Instance.Write(happened)));
            file = CaseState.Apply(file, happened);
        }

        return new(
            Stream,
            JournalHead.None,
            events.MoveToImmutable(),
            [],
            file.ToRow(seeds.ProcedureOf(file), Work(seeds, file)),
            IsFinal: !file.IsOpen
        );
    }

    private CaseEvent Event(int i, string? certificate) =>
        template.Events[i] switch
        {
            CaseOpened it => it with
            {
                Number = number,
                CommandId = Command(i),
                At = Moment(i),
                Party = it.Party with { Id = $"P{order % Parties}" },
            },
            ActTaken it => it with { At = Moment(i), Certificate = it.Certificate is null ? null : certificate },
            CertificateSet => new CertificateSet(certificate!, Moment(i)),
            var other => throw new UnreachableException($"A template has no {other.Kind}."),
        };

    private DateTimeOffset Moment(int i) => At(template.Events[i]).AddTicks(order);

    private Guid Command(int i) => new(Mark, 0, 0, BitConverter.GetBytes((order * Most) + i));

    private static DateTimeOffset At(CaseEvent happened) =>
        happened switch
        {
            CaseOpened it => it.At,
            ActTaken it => it.At,
            CertificateSet it => it.At,
            var other => throw new UnreachableException($"A template has no {other.Kind}."),
        };

    private static WorkItem? Work(SeedLibrary seeds, CaseFile file)
    {
        if (!file.IsOpen)
        {
            return null;
        }

        var (plan, step) = (seeds.Towns[file.Town], seeds.Procedures[file.Procedure].Steps[file.Step]);
        return file.ToWork(
            step,
            plan.Items.GetValueOrDefault(file.Subject),
            ClockRules.Look(file, step, plan.DayOf(file.ChangedAt), seeds.Calendar, seeds.Law),
            seeds.Law
        );
    }
}
