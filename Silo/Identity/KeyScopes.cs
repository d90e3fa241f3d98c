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

/// <summary>What scopes are called, where keys are made and in tokens.</summary>
internal static class KeyScopeNames
{
    public static readonly (string Text, KeyScopes Scope)[] All =
    [
        ("read", KeyScopes.Read),
        ("apply-for-party", KeyScopes.ApplyForParty),
        ("county-files", KeyScopes.CountyFiles),
        ("act-for-office", KeyScopes.ActForOffice),
    ];

    /// <summary>The scope of a name; none for one that there isn't.</summary>
    public static KeyScopes Find(string name) => Array.Find(All, one => one.Text == name).Scope;
}
