using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>What the simulator asks the grains at the end of a replication, for <see cref="Conservation"/>.</summary>
/// <param name="Certificates">What each town's seal says that it has numbered.</param>
/// <param name="Posts">What each town's establishment says.</param>
/// <param name="Chain">What verifying every stream of the replication's world gave.</param>
public sealed record ConservationFacts(
    ImmutableArray<CertificatesIssued> Certificates,
    ImmutableArray<EstablishmentView> Posts,
    ChainVerdict Chain
)
{
    /// <summary>Cases as each town's index counts them; empty where no index was asked.</summary>
    public ImmutableArray<TownEnd> Indexes { get; init; } = [];

    /// <summary>Effects that still wait for delivery.</summary>
    public long EffectsWaiting { get; init; }

    /// <summary>The world's own account at the end of a replication.</summary>
    public static ConservationFacts Of(ReplicationResult result) =>
        new(
            [.. result.Towns.Select(t => new CertificatesIssued(t.Town, t.CertificatesIssued))],
            [.. result.Towns.Select(t => t.Posts)],
            new ChainVerdict(
                result.StreamsVerified,
                result.RecordsVerified,
                result.ChainBreak is { } broken ? [new ChainFault(broken.Stream, broken.Version)] : []
            )
        )
        {
            Indexes = result.Towns,
            EffectsWaiting = result.EffectsWaiting,
        };
}

/// <param name="Issued">Numbers issued by the town's seal in this replication.</param>
public sealed record CertificatesIssued(string Town, long Issued);

/// <param name="Streams">Streams verified.</param>
/// <param name="Records">Records verified.</param>
/// <param name="Faults">Streams whose chain does not verify, with the version of the first record that doesn't fit.</param>
public sealed record ChainVerdict(long Streams, long Records, ImmutableArray<ChainFault> Faults);

public sealed record ChainFault(string Stream, long Version);

/// <summary>What must hold at the end of every replication, whatever the scenario. Pure.</summary>
public static class Conservation
{
    /// <summary>Every breach, in a fixed order; empty when all holds.</summary>
    public static ImmutableArray<Breach> Check(ReplicationCounts counts, ConservationFacts facts) =>
        [
            .. counts
                .Flows.Where(f => f.Opened != f.Decided + f.Withdrawn + f.Transferred + f.Open)
                .Select(f => DoesNotAddUp(counts.Replication, f)),
            .. counts.Certificates.SelectMany(c => OfNumbers(counts.Replication, c)),
            .. Issued(counts, facts),
            .. facts.Posts.SelectMany(p => Over(counts.Replication, p)),
            .. facts.Chain.Faults.Select(f => Broken(counts.Replication, f)),
            .. facts.Indexes.SelectMany(town => IndexOf(counts, town)),
            .. Waiting(counts.Replication, facts.EffectsWaiting),
        ];

    // A3: a received case is never dropped.
    private static Breach DoesNotAddUp(int replication, FlowCounts f) =>
        new(
            replication,
            "A3",
            "cases-add-up",
            f.Town,
            $"{f.Procedure}：收件 {f.Opened} 件，办结 {f.Decided}、撤回 {f.Withdrawn}、移送 {f.Transferred}、在办 {f.Open}，合计 "
                + $"{f.Decided + f.Withdrawn + f.Transferred + f.Open} 件",
            $"{f.Procedure}: {f.Opened} cases opened, but {f.Decided} decided, {f.Withdrawn} withdrawn, {f.Transferred} "
                + $"transferred and {f.Open} open make {f.Decided + f.Withdrawn + f.Transferred + f.Open}"
        );

    // B1: a certificate has a number, and a number is a certificate's alone.
    private static IEnumerable<Breach> OfNumbers(int replication, CertificateCounts c)
    {
        if (c.Missing > 0)
        {
            yield return new(
                replication,
                "B1",
                "certificate-missing",
                c.Town,
                $"{c.Missing} 件已准予而无证号：{Named(c.MissingOn, c.Missing)}",
                $"{c.Missing} granted cases carry no number: {Named(c.MissingOn, c.Missing)}"
            );
        }

        if (c.Repeated > 0)
        {
            yield return new(
                replication,
                "B1",
                "certificate-repeated",
                c.Town,
                $"{c.Repeated} 件证号重复：{Named(c.RepeatedOn, c.Repeated)}",
                $"{c.Repeated} cases carry a number that another case has: {Named(c.RepeatedOn, c.Repeated)}"
            );
        }

        if (c.Unfounded > 0)
        {
            yield return new(
                replication,
                "B1",
                "certificate-unfounded",
                c.Town,
                $"{c.Unfounded} 件未准予而有证号：{Named(c.UnfoundedOn, c.Unfounded)}",
                $"{c.Unfounded} cases carry a number without a grant: {Named(c.UnfoundedOn, c.Unfounded)}"
            );
        }
    }

    private static IEnumerable<Breach> Issued(ReplicationCounts counts, ConservationFacts facts) =>
        from town in counts.Certificates.Select(c => c.Town).Union(facts.Certificates.Select(c => c.Town)).Order(StringComparer.Ordinal)
        let carried = counts.Certificates.FirstOrDefault(c => c.Town == town)?.Numbers ?? 0
        let issued = facts.Certificates.FirstOrDefault(c => c.Town == town)?.Issued ?? 0
        where carried != issued
        select new Breach(
            counts.Replication,
            "B1",
            "certificates-issued",
            town,
            $"用印编号 {issued} 个，案件所载 {carried} 个",
            $"the seal has numbered {issued} certificates, the cases carry {carried}"
        );

    // D2: an appointment beyond the approved number is refused.
    private static IEnumerable<Breach> Over(int replication, EstablishmentView posts)
    {
        if (posts.HeldAdministrative > posts.ApprovedAdministrative)
        {
            yield return new(
                replication,
                "D2",
                "posts-over",
                posts.Town,
                $"行政编制核定 {posts.ApprovedAdministrative} 名，实有 {posts.HeldAdministrative} 名",
                $"{posts.HeldAdministrative} administrative posts are held, {posts.ApprovedAdministrative} are approved"
            );
        }

        if (posts.HeldInstitution > posts.ApprovedInstitution)
        {
            yield return new(
                replication,
                "D2",
                "posts-over",
                posts.Town,
                $"事业编制核定 {posts.ApprovedInstitution} 名，实有 {posts.HeldInstitution} 名",
                $"{posts.HeldInstitution} institution posts are held, {posts.ApprovedInstitution} are approved"
            );
        }
    }

    // A3: the index shows every received case, and no other. A procedure without cases has no row on either side.
    private static IEnumerable<Breach> IndexOf(ReplicationCounts counts, TownEnd town) =>
        from procedure in counts
            .Flows.Where(f => f.Town == town.Town)
            .Select(f => f.Procedure)
            .Union(town.Indexed.Select(i => i.Procedure))
            .Order(StringComparer.Ordinal)
        let told = counts.Flows.FirstOrDefault(f => f.Town == town.Town && f.Procedure == procedure)
        from side in new[]
        {
            (Disposition.Decided, told?.Decided ?? 0),
            (Disposition.Withdrawn, told?.Withdrawn ?? 0),
            (Disposition.Transferred, told?.Transferred ?? 0),
            (Disposition.Open, told?.Open ?? 0),
        }
        let indexed = town.Indexed.Where(i => i.Procedure == procedure && i.Disposition == side.Item1).Sum(i => i.Cases)
        where indexed != side.Item2
        select new Breach(
            counts.Replication,
            "A3",
            "index-agrees",
            town.Town,
            $"{procedure}（{side.Item1}）：索引 {indexed} 件，实有 {side.Item2} 件",
            $"{procedure} ({side.Item1}): the index has {indexed} cases, the run {side.Item2}"
        );

    // I2: what a record set off has arrived.
    private static IEnumerable<Breach> Waiting(int replication, long effects)
    {
        if (effects > 0)
        {
            yield return new Breach(
                replication,
                "I2",
                "effects-waiting",
                "",
                $"{effects} 条后续动作尚未送达",
                $"{effects} effects wait for delivery"
            );
        }
    }

    // I2: no gap, no edit unnoticed.
    private static Breach Broken(int replication, ChainFault fault) =>
        new(
            replication,
            "I2",
            "chain-broken",
            "",
            $"记录链 {fault.Stream} 自第 {fault.Version} 条起不能验证",
            $"the chain of {fault.Stream} does not verify from record {fault.Version}"
        );

    private static string Named(ImmutableArray<string> cases, long of) => string.Join(", ", cases) + (of > cases.Length ? " …" : "");
}
