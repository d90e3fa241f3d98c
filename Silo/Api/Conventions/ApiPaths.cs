namespace TownReform.Silo.Api.Conventions;

/// <summary>Addresses and names that several endpoints share.</summary>
internal static class ApiPaths
{
    public const string Root = "/api/v1",
        Cases = $"{Root}/cases";

    /// <summary>What opening is called where acts are.</summary>
    public const string OpenAct = "open";
}
