using System.Collections.Immutable;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Receipts;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Hosting;

/// <summary>What a town keeps beside its record: papers, accounts, and the keys that sign its receipts.</summary>
internal static class WholeTown
{
    /// <summary>Goes into a backup too. Sessions don't: who has signed out since would be in again.</summary>
    public static BesideRecord Beside { get; } =
        new(
            Databases: [AccountDatabase.FileName, PaperDatabase.FileName],
            Files: [KeyPlaces.FileName],
            Folders: [PaperDatabase.Folder],
            Schemas:
            [
                new(
                    typeof(AccountDatabase).Assembly,
                    AccountDatabase.PostgresScripts,
                    [
                        "accounts.accounts",
                        "accounts.account_parties",
                        "accounts.outside_logins",
                        "accounts.recovery_codes",
                        "accounts.passkeys",
                        "accounts.api_keys",
                        "accounts.data_protection_keys",
                        "accounts.sign_ins",
                        "accounts.drafts",
                    ]
                ),
                new(
                    typeof(PaperDatabase).Assembly,
                    PaperDatabase.PostgresScripts,
                    ["papers.papers", "papers.chunks", "papers.uploads", "papers.uses"]
                ),
                new(typeof(KeyPlaces).Assembly, KeyPlaces.Scripts, [KeyPlaces.Table], Numbered: KeyPlaces.Table),
            ],
            Forgotten: ImmutableDictionary<string, string>.Empty.Add(
                AccountDatabase.FileName,
                "DELETE FROM sessions; DELETE FROM used_codes;"
            )
        );
}
