using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads one town's file with its catalogues into a <see cref="TownPlan"/>, checked against the numbers of its plan.</summary>
internal static class TownLoader
{
    public static string Catalogue(string town) => $"catalogues/{town}.csv";

    public static string Retained(string town) => $"catalogues/{town}-retained.csv";

    /// <summary>The plan, or null with faults. Catalogues are read even when the town's own file is broken, so that all their faults show
    /// at once.</summary>
    /// <param name="law">Figures that catalogues may name; null when the law's own files are broken.</param>
    public static LoadedTown? Load(SeedFolder folder, string path, IReadOnlyDictionary<string, County> counties, LawBook? law)
    {
        var faults = folder.Faults;
        var before = faults.Count;
        if (folder.Read(path) is not { } file)
        {
            return null;
        }

        var sources = new List<SeedFile?> { file, folder.Read(Catalogue(file.Stem)), folder.Read(Retained(file.Stem)) };
        ImmutableArray<ItemRow> rows =
        [
            .. sources[1] is { } delegated ? CatalogueLoader.Items(delegated, retained: false, law, faults) : [],
            .. sources[2] is { } retained ? CatalogueLoader.Items(retained, retained: true, law, faults) : [],
        ];
        if (folder.Has(CatalogueVersions.Path(file.Stem)) && folder.Read(CatalogueVersions.Path(file.Stem)) is { } versions)
        {
            sources.Add(versions);
            rows = CatalogueVersions.Add(rows, versions, law, faults);
        }

        if (folder.Parse(file, TownShape.Root) is not { } root)
        {
            return null;
        }

        ImmutableDictionary<string, string>? guidance = null;
        if (root.Find("guidance") is { } bound)
        {
            sources.Add(folder.Read($"catalogues/{bound.Text}.csv"));
            guidance = sources[^1] is { } binding ? CatalogueLoader.Guidance(binding, faults) : null;
        }

        var county = counties.GetValueOrDefault(root["county"].Text);
        TownChecks.All(root, file, county, faults);
        CatalogueChecks.All(root, rows, guidance, file.Stem, faults);

        // A county whose file is broken is told of there.
        if (county is null)
        {
            return null;
        }

        var plan = Plan(root, file, county, rows, faults);
        return faults.Count > before
            ? null
            : new(
                plan with
                {
                    Guidance = guidance?.Keys.ToImmutableHashSet(StringComparer.Ordinal),
                    Hash = Hash(sources.OfType<SeedFile>()),
                },
                path,
                root
            );
    }

    private static TownPlan Plan(Entry root, SeedFile file, County county, ImmutableArray<ItemRow> rows, FaultLog faults)
    {
        var (code, prefix, posts) = (root["code"].Text, root["prefix"].Text, root["establishment"]);
        return new()
        {
            Code = code,
            Name = root["name"].Words,
            County = county,
            PlanDate = root["plan_date"].Date,
            Prefix = prefix,
            SealText = root["seal"]["text"].Words,
            CertificatePrefixes = root["seal"]
                ["certificate_prefixes"]
                .Pairs.ToImmutableDictionary(p => p.Name, p => p.Value.Text, StringComparer.Ordinal),
            AdministrativePosts = posts["administrative_posts"].Whole,
            InstitutionPosts = posts["institution_posts"].Whole,
            Organs = [.. root["organs"].Items.Select(Organ)],
            CountyDepartments = [.. root.Texts("county_departments").Select(county.Department).OfType<CountyDepartment>()],
            Stationed = [.. root["stationed"].Items.Select(Body)],
            Policy = PolicyShape.Read(root["policy"], file.Path, faults),
            Items = rows.Select(r => r.Item).DistinctBy(i => i.Code).ToImmutableDictionary(i => i.Code, StringComparer.Ordinal),
            Guidance = null,
            Staff = [.. root["staffing"].Items.SelectMany(group => StaffTable.Group(group, code, prefix))],
            StationedStaff = [.. root["stationed"].Items.SelectMany(body => StaffTable.Body(body, code, prefix))],
            Hash = string.Empty,
            Editions = root.Texts("editions"),
        };
    }

    private static Organ Organ(Entry organ) =>
        new(
            Code: organ["code"].Text,
            Name: organ["name"].Words,
            Class: StaffTable.Class(organ["class"]),
            Plates: organ.Find("plates") is { } plates ? [.. plates.Items.Select(p => p.Words)] : [],
            Duties: organ.Texts("duties"),
            Equipment: organ.Texts("equipment"),
            MinimumPresent: organ["minimum_present"].Whole
        );

    private static StationedBody Body(Entry body) =>
        new(
            body["code"].Text,
            body["name"].Words,
            body["department"].Text,
            body["works_in"].Text,
            body["officers"].Whole,
            body.Find("certificates") is { } held ? [.. held.Pairs.Select(p => p.Name)] : []
        );

    // Over the texts as read (no byte-order mark, LF ends), so that a checkout with other line ends is the same plan.
    private static string Hash(IEnumerable<SeedFile> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{source.Path}\0{source.Text}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A town with the file that it was read from, for checks between towns.</summary>
internal sealed record LoadedTown(TownPlan Plan, string Path, Entry Root);
