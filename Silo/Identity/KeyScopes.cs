namespace TownReform.Silo.Identity;

/// <summary>What an API key may be used for; a key never may more than its account.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,

    /// <summary>Reads what the account may read.</summary>
    Read = 1,

    /// <summary>Opens and acts on cases of the account's parties.</summary>
    ApplyForParty = 2,

    /// <summary>Files, forwards and comments for the account's department above the towns.</summary>
    CountyFiles = 4,

    /// <summary>Opens and acts on cases from the account's office.</summary>
    ActForOffice = 8,
}
