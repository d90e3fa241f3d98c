using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

/// <summary>The service guide of an item (办事指南), from plan, law and procedures.</summary>
[Clause("B8")]
public static class ItemGuides
{
    public static ItemGuide Of(SeedLibrary seeds, TownPlan plan, PowerItem item, PowerHistory power, DateOnly day, TimeTaken? taken)
    {
        var law = seeds.Law.On(day);
        var now = item.On(day);
        return new()
        {
            Town = plan.Code,
            Day = day,
            Item = new(item.Code, item.Name),
            Kind = Named(item.Kind, TermWords.Kind),
            Field = Named(item.Field, TermWords.Field),
            Department = Named(item.CountyDepartment, code => plan.OfficeName(code) ?? new(code, code)),
            Bureau = Named(item.Bureau, code => plan.OfficeName(code) ?? new(code, code)),
            LegalBasis = now.LegalBasis,
            Verify = now.Verify,
            Papers = item.Papers,
            Statutory = Limit(now.Statutory, law),
            Promised = PromisedOn(item, power.Holding) is { Days: > 0 } promised ? Limit(promised) : null,
            Fee = now.Fee.Amount,
            FeeBasis = now.Fee.Basis,
            Bands = Bands(now.Bands),
            Certificates =
            [
                .. item.Certificates.Select(need => new GuideNeed(Named(need.Certificate, TermWords.Certificate), need.People)),
            ],
            Equipment = [.. item.Equipment.Select(code => Named(code, TermWords.Equipment))],
            Retained = item.Retained,
            InFlight = item.InFlight,
            Provenance = item.Provenance,
            Power = power,
            Versions =
            [
                Version(null, item.On(DateOnly.MinValue), law),
                .. item.Versions.Select(version => Version(version.From, version, seeds.Law.On(version.From))),
            ],
            Procedures = Procedures(seeds, item, now.Fee, law),
            Taken = taken,
        };
    }

    /// <summary>What the town promises: what an adjustment set, else the catalogue.</summary>
    public static TimeLimit PromisedOn(PowerItem item, PowerHolding holding) =>
        holding.PromisedLimit is { } adjusted && TimeLimit.TryParse(adjusted, out var limit) ? limit : item.Promised;

    // On the way that its power goes; whoever brings an application comes first.
    private static ImmutableArray<GuideProcedure> Procedures(SeedLibrary seeds, PowerItem item, ItemFee fee, LawDay law) =>
        [
            .. seeds
                .Procedures.Values.Where(p => p.Subject == Subject.Item && p.Kinds.Contains(p.Subject.KindOf(item)) && CaseFee.Fits(p, fee))
                .OrderByDescending(p => p.OpenedBy.Contains(OutsideRoles.Public))
                .ThenByDescending(p => p.OpenedBy.Length)
                .ThenBy(p => p.Code, StringComparer.Ordinal)
                .Select(p => new GuideProcedure(
                    p.Code,
                    p.Name,
                    p.Version,
                    p.Route,
                    RoleWords.NamesOf(string.Join(" | ", p.OpenedBy)),
                    [.. ShortestWay.Of(p).Select(step => Step(p, step, law))]
                )),
        ];

    private static GuideStep Step(Procedure procedure, StepRule step, LawDay law) =>
        new(step.Code, step.Name, ProcedureForms.Doer(procedure, step), step.Limit is { } limit ? Limit(limit, law) : null);

    private static GuideVersion Version(DateOnly? from, ItemVersion version, LawDay law) =>
        new(from, version.LegalBasis, Limit(version.Statutory, law), Bands(version.Bands), version.Verify);

    private static ImmutableArray<GuideBand> Bands(ImmutableArray<FineBand> bands) =>
        [
            .. bands.Select(band => new GuideBand(
                Named(band.Circumstance, code => TermWords.Choice("circumstance", code)),
                band.From,
                band.To
            )),
        ];

    private static GuideLimit? Limit(LimitRule rule, LawDay law) =>
        rule.On(law) is { Days: > 0 } limit ? Limit(limit) with { Article = rule.FigureOn(law)?.Article } : null;

    private static GuideLimit Limit(TimeLimit limit) => new(limit.Days, limit.Unit == DayUnit.Calendar, limit.InWords());

    private static ListedName Named(string code, Func<string, Words> name) => new(code, name(code));
}
