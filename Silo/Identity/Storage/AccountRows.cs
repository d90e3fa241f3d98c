using System.Collections.Immutable;

namespace TownReform.Silo.Identity.Storage;

/// <summary>A row of <c>accounts</c>, in the order in which it is read.</summary>
internal sealed class AccountRow
{
    public required string Id { get; init; }
    public required string SignInName { get; init; }
    public long Kind { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public string? Town { get; init; }
    public string? Staff { get; init; }
    public string? County { get; init; }
    public string? CountyOffice { get; init; }
    public string? CountyPerson { get; init; }
    public long? DisabledAt { get; init; }
    public required string SecurityStamp { get; init; }
    public string? PasswordHash { get; init; }
    public long MustChange { get; init; }
    public string? TotpKey { get; init; }
    public long TotpOn { get; init; }

    public StoredAccount Stored(ImmutableArray<string> parties) =>
        new(
            new Account(
                Id,
                (AccountKind)Kind,
                SignInName,
                new Words(NameZh, NameEn),
                Town: Town,
                Staff: Staff,
                County: County,
                CountyOffice: CountyOffice,
                CountyPerson: CountyPerson
            )
            {
                Parties = parties,
                DisabledAt = DisabledAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            },
            SecurityStamp,
            PasswordHash,
            MustChange != 0,
            TotpKey,
            TotpOn != 0
        );
}

internal sealed class PartyRow
{
    public required string Account { get; init; }
    public required string Party { get; init; }
}
