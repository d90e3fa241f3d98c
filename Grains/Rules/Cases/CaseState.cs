using System.Collections.Immutable;
using System.Diagnostics;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Folds what happened into the case as it stands.</summary>
public static class CaseState
{
    public static CaseFile Apply(CaseFile file, CaseEvent happened) =>
        happened switch
        {
            ActTaken it => Act(file, it),
            CaseOpened it => Open(it),
            ActRefused => file with { Refusals = file.Refusals + 1, Version = file.Version + 1 },
            ClockTurned it => file with { Colour = it.Colour, ChangedAt = it.At, Version = file.Version + 1 },
            CaseHandedOver it => file with
            {
                Officers = it.To,
                Owners = Owned(file.Owners, it.Owner),
                StepVersion = it.ByHead ? file.Version + 1 : file.StepVersion,
                ChangedAt = it.At,
                Version = file.Version + 1,
            },
            CertificateSet it => file with { Certificate = it.Certificate, ChangedAt = it.At, Version = file.Version + 1 },
            PowerFollowed it => Follow(file, it),
            DueDayMoved it => file with { Colour = it.Colour, ChangedAt = it.At, Version = file.Version + 1 },
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a case."),
        };

    private static CaseFile Open(CaseOpened it) =>
        new()
        {
            Number = it.Number,
            Town = it.Town,
            Procedure = it.Procedure,
            ProcedureVersion = it.ProcedureVersion,
            Kind = it.ItemKind,
            Subject = it.Subject,
            ItemVersion = it.ItemVersion,
            Party = it.Party,
            Green = it.Green,
            OpenedBy = it.CommandId,
            OpenedAt = it.At,
            OpenedOn = it.Day,
            ChangedAt = it.At,
            Step = it.Step,
            StepSince = it.At,
            StepOn = it.Day,
            StepVersion = 1,
            Workplace = it.Workplace,
            Officers = it.Officers,
            Disposition = Disposition.Open,
            Owners = Owned([], it.Owner),
            Clock = CaseClock.None with { Promised = it.Promised, Statutory = it.Statutory, StartedOn = it.StartsClock ? it.Day : null },
            Visits = it.WithoutVisit ? 0 : 1,
            Agent = it.Agent,
            LateEntries = it.Late ? 1 : 0,
            Fields = it.Fields,
            Version = 1,
        };

    private static CaseFile Act(CaseFile file, ActTaken it)
    {
        return file with
        {
            Step = it.To,
            StepSince = it.Stays ? file.StepSince : it.At,
            StepOn = it.Stays ? file.StepOn : it.Day,
            StepVersion = it.Stays ? file.StepVersion : file.Version + 1,
            Workplace = it.Workplace,
            Officers = it.Officers,
            Disposition = it.Disposition,
            Ending = it.Disposition == Disposition.Open ? null : it.To,
            Granted = file.Granted || it.Granted,
            Decided = file.Decided || it.Decides,
            StepStoppedDays = it.Stays ? file.StepStoppedDays : 0,
            Clock = Clock(file, it),
            Colour = it.Colour,
            Visits = file.Visits + (it.Visit ? 1 : 0),
            Certificate = it.Certificate ?? file.Certificate,
            Acts = file.Acts + 1,
            LateEntries = file.LateEntries + (it.Late ? 1 : 0),
            ChangedAt = it.At,
            Fields = Merge(file.Fields, it.Fields),
            NotifiedMissingPapers = file.NotifiedMissingPapers ?? Missing(it.Fields),
            Done = Did(file.Done, it),
            Owners = Owned(file.Owners, it.Owner),
            Agent = it.Agent ?? file.Agent,
            Version = file.Version + 1,
        };
    }

    private static CaseClock Clock(CaseFile file, ActTaken it) =>
        it.Clock switch
        {
            null when file.Clock.StartedOn is null => file.Clock with { StoppedDays = 0, StatutoryStoppedDays = 0 },
            null => file.Clock,
            ClockAct.Start => file.Clock with
            {
                StartedOn = it.Day,
                StoppedOn = null,
                StoppedDays = 0,
                StatutoryStoppedDays = 0,
                Statutory = it.Statutory ?? file.Clock.Statutory,
            },
            ClockAct.StartAtReceipt => file.Clock with { StartedOn = file.StepOn, Statutory = it.Statutory ?? file.Clock.Statutory },
            ClockAct.Stop => file.Clock with { StoppedOn = file.Clock.StoppedOn ?? it.Day },
            ClockAct.Extend => file.Clock with
            {
                ExtendedDays = file.Clock.ExtendedDays + it.ExtendedDays,
                Extensions = file.Clock.Lengthened + 1,
            },
            ClockAct.Run => file.Clock with
            {
                StoppedOn = null,
                StoppedDays = file.Clock.StoppedDays + it.StoppedDays,
                StatutoryStoppedDays = file.Clock.StatutoryStoppedDays + it.StatutoryStoppedDays,
            },
            ClockAct.End => file.Clock with { EndedOn = it.Day },
            _ => throw new UnreachableException($"Unknown clock act {it.Clock}."),
        };

    // A clock that stood still for another reason before the freeze goes on standing still after it.
    private static CaseFile Follow(CaseFile file, PowerFollowed it) =>
        file with
        {
            FrozenOn = it.Frozen ? it.Day : null,
            FrozenClock = it.Frozen && file.Clock.StoppedOn is null,
            StepStoppedDays = file.StepStoppedDays + it.StepStoppedDays,
            Colour = it.Colour,
            Clock = it.Frozen
                ? file.Clock with
                {
                    StoppedOn = file.Clock.StoppedOn ?? it.Day,
                }
                : file.Clock with
                {
                    StoppedOn = file.FrozenClock ? null : file.Clock.StoppedOn,
                    StoppedDays = file.Clock.StoppedDays + it.StoppedDays,
                    StatutoryStoppedDays = file.Clock.StatutoryStoppedDays + it.StatutoryStoppedDays,
                },
            ChangedAt = it.At,
            Version = file.Version + 1,
        };

    private static ImmutableArray<string> Owned(ImmutableArray<string> owners, string? next) => next is null ? owners : owners.Add(next);

    private static string? Missing(ImmutableArray<Field> given)
    {
        foreach (var field in given)
        {
            if (field.Name == ServiceRules.Missing)
            {
                return field.Value;
            }
        }

        return null;
    }

    private static ImmutableArray<Field> Merge(ImmutableArray<Field> old, ImmutableArray<Field> given)
    {
        if (given.IsDefaultOrEmpty)
        {
            return old;
        }

        var merged = old.ToBuilder();
        foreach (var field in given)
        {
            var at = -1;
            for (var i = 0; i < merged.Count && at < 0; i++)
            {
                at = merged[i].Name == field.Name ? i : -1;
            }

            if (at >= 0)
            {
                // What was handed in stays with the case; more of it comes to it.
                merged[at] = PaperLists.IsOne(field.Value) ? PaperLists.Together(merged[at], field) : field;
            }
            else
            {
                merged.Add(field);
            }
        }

        return merged.ToImmutable();
    }

    private static ImmutableArray<StepDone> Did(ImmutableArray<StepDone> done, ActTaken it)
    {
        foreach (var officer in it.By)
        {
            var step = new StepDone(it.From, officer);
            done = done.Contains(step) ? done : done.Add(step);
        }

        return done;
    }
}
