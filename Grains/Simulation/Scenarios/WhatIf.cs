using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Reads what a scenario changes of the towns, when it has passed its checks.</summary>
internal static class WhatIf
{
    public static ImmutableArray<PeopleWanted> People(Entry root) =>
        root.Find("people") is { } people
            ?
            [
                .. from town in people.Pairs
                from office in town.Value.Pairs
                from role in office.Value.Pairs
                select new PeopleWanted(town.Name, office.Name, role.Name, role.Value.Text),
            ]
            : [];

    public static ImmutableArray<Season> Seasons(Entry root) =>
        root.Find("season") is { } seasons
            ?
            [
                .. seasons.Items.Select(s => new Season(
                    s["from"].Date,
                    s["until"].Date,
                    (double)s["factor"].Amount,
                    s.Texts("kinds"),
                    s.Texts("items"),
                    s.Texts("towns")
                )),
            ]
            : [];

    public static ImmutableArray<Closing> Closings(Entry root) =>
        root.Find("closures") is { } closed
            ?
            [
                .. closed.Items.Select(c => new Closing(
                    c["from"].Date,
                    c["until"].Date,
                    c.Texts("towns"),
                    c.Find("office")?.Text,
                    (double)(c.Find("remote_share")?.Amount ?? 0)
                )),
            ]
            : [];

    public static FrozenDictionary<string, ImmutableArray<string>> KeptByCounty(Entry root) =>
        (root.Find("kept_by_county")?.Pairs ?? []).ToFrozenDictionary(
            t => t.Name,
            t => t.Value.Items.Select(item => item.Text).ToImmutableArray(),
            StringComparer.Ordinal
        );
}
