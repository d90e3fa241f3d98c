using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What a procedure must have that collects a fee, and one with a number that is used once only (C5).</summary>
internal static class ProcedureCharges
{
    public static void Check(Entry root, SeedFile file, FaultLog faults)
    {
        var fields = (root.Find("fields")?.Pairs ?? []).ToDictionary(f => f.Name, f => f.Value["type"].Text, StringComparer.Ordinal);
        if (root.Find("charges") is { Flag: true } charges)
        {
            if (root["route"].Text != CaseFee.Route || !Subject.Of(root.Texts("kinds")).IsItem)
            {
                faults.Add(file.Path, charges.Line, "charges", "a procedure about items, decided by the town");
            }

            foreach (var (name, type) in CaseFee.Fields.Where(one => fields.GetValueOrDefault(one.Name) != EnumCodes.Of(one.Type)))
            {
                faults.Add(file.Path, charges.Line, "charges", $"the field '{name}' of type {EnumCodes.Of(type)}, since it charges a fee");
            }
        }

        foreach (var (path, act) in Acts(root))
        {
            if (
                act.Find("claims") is { } claims
                && !(fields.GetValueOrDefault(claims.Text) == "text" && act.Texts("needs").Contains(claims.Text))
            )
            {
                faults.Add(file.Path, claims.Line, $"{path}.claims", "a declared field of type text, among needs", $"'{claims.Text}'");
            }
        }
    }

    private static IEnumerable<(string Path, Entry Act)> Acts(Entry root) =>
        root["steps"]
            .Pairs.SelectMany(step => step.Value["acts"].Pairs.Select(act => ($"steps.{step.Name}.acts.{act.Name}", act.Value)))
            .Concat((root.Find("anywhere")?.Pairs ?? []).Select(act => ($"anywhere.{act.Name}", act.Value)));
}
