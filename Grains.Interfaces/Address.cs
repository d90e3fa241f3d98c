namespace TownReform;

/// <summary>Grain keys. The first part is always the world, so that nothing crosses worlds.</summary>
public static class Address
{
    /// <summary>The world of the live town.</summary>
    public const string Live = "live";

    public static string Town(string world, string town) => $"{world}/{town}";

    public static string Bureau(string world, string town, string organ) => $"{world}/{town}/{organ}";

    public static string Staff(string world, string town, string staff) => $"{world}/{town}/{staff}";

    public static string Case(string world, string number) => $"{world}/{number}";

    public static string CountyOffice(string world, string county, string office) => $"{world}/{county}/{office}";

    public static string AssessmentRound(string world, string town, string round) => $"{world}/{town}/{round}";
}
