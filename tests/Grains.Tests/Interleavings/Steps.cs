using System.Collections.Immutable;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>An act as the model knows it.</summary>
/// <param name="Who">Roles of the town's people, or <c>public</c>, <c>county</c>, <c>organisation</c>, <c>system</c>.</param>
internal sealed record ModelAct(string To, string Who, string Organ, params string[] Needs);

/// <summary>The two procedures as the model knows them, written down by hand from the plans and not read from the seeds.</summary>
internal static class Steps
{
    private const string Service = "government-service";
    private const string Committee = "party-government-office";

    public static ImmutableHashSet<string> Decided { get; } = ["granted", "refused", "declined", "returned"];

    public static ImmutableHashSet<string> Ends { get; } = [.. Decided, "withdrawn", "lapsed", "handed-back"];

    public static Dictionary<string, Dictionary<string, ModelAct>> Permit { get; } =
        new()
        {
            ["intake"] = new()
            {
                ["accept"] = new("review", "window", Service),
                ["notify"] = new("correction", "window", Service, "missing"),
                ["decline"] = new("declined", "window", Service, "reason"),
                ["accept-by-silence"] = new("review", "system", ""),
            },
            ["correction"] = new() { ["supply"] = new("intake", "public", ""), ["lapse"] = new("lapsed", "system", "") },
            ["review"] = new()
            {
                ["recommend"] = new("decision", "reviewer", Service, "recommendation"),
                ["inspect"] = new("inspection", "reviewer", Service),
            },
            ["inspection"] = new() { ["report"] = new("review", "inspector", Service, "finding") },
            ["decision"] = new()
            {
                ["grant"] = new("delivery", "decider", Service),
                ["refuse"] = new("refused", "decider", Service, "reason"),
                ["send-back"] = new("review", "decider", Service, "reason"),
                ["extend"] = new("decision", "decider", Service, "reason"),
            },
            ["delivery"] = new() { ["deliver"] = new("granted", "window", Service) },
            [""] = new() { ["withdraw"] = new("withdrawn", "public", ""), ["hand-back"] = new("handed-back", "system", "") },
        };

    public static Dictionary<string, Dictionary<string, ModelAct>> Secondment { get; } =
        new()
        {
            ["committee"] = new()
            {
                ["agree"] = new("organisation", "committee", Committee),
                ["decline"] = new("declined", "committee", Committee, "reason"),
                ["withdraw"] = new("withdrawn", "county", ""),
            },
            ["organisation"] = new()
            {
                ["approve"] = new("away", "organisation", ""),
                ["refuse"] = new("refused", "organisation", "", "reason"),
                ["withdraw"] = new("withdrawn", "county", ""),
            },
            ["away"] = new()
            {
                ["ask-extension"] = new("extension", "county", "", "extended-until"),
                ["recall"] = new("returned", "personnel", "party-building-office", "reason"),
                ["return"] = new("returned", "system", ""),
            },
            ["extension"] = new()
            {
                ["agree"] = new("extension-approval", "committee", Committee),
                ["decline"] = new("away", "committee", Committee, "reason"),
                ["return"] = new("returned", "system", ""),
            },
            ["extension-approval"] = new()
            {
                ["approve"] = new("away", "organisation", "", "until"),
                ["refuse"] = new("away", "organisation", "", "reason"),
                ["return"] = new("returned", "system", ""),
            },
            [""] = [],
        };
}
