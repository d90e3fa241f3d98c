using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>Fills in forms: mostly as they should be, some with a field missing, too many or wrong.</summary>
internal sealed class PairFields(Random random, DateOnly today)
{
    /// <param name="office">Organ of whoever fills it in; null for those of none.</param>
    /// <param name="kept">What the case has already.</param>
    public ImmutableArray<Field> Fill(
        TownPlan plan,
        Procedure procedure,
        (ImmutableArray<string> Needs, ImmutableArray<string> Takes) form,
        string? office,
        ImmutableArray<Field> kept
    )
    {
        var fields = form
            .Needs.Concat(form.Takes.Where(_ => random.Next(3) == 0))
            .Concat(form.Takes.Where(name => name == ActorRules.With))
            .Distinct()
            .Where(name => procedure.Fields[name].Type != FieldType.Papers)
            .Select(name => new Field(name, Value(plan, procedure.Fields[name], office, kept)))
            .ToList();
        switch (random.Next(20))
        {
            case 0 when fields.Count > 0:
                fields.RemoveAt(random.Next(fields.Count));
                break;
            case 1 when fields.Count > 0:
                var at = random.Next(fields.Count);
                fields[at] = fields[at] with { Value = Odd[random.Next(Odd.Length)] };
                break;
            case 2:
                fields.Add(new Field("no-such-field", "1"));
                break;
        }

        return [.. fields];
    }

    private static readonly string[] Odd = ["0", "-1", "abc", "2026-02-30", "\u202Ex", "1e9", "YD-999", "9999-12-31", "0.001"];

    private static readonly string[] Amounts = ["20.00", "50.00", "50.01", "200.00", "1000.00", "5000.00"];

    private string Value(TownPlan plan, FieldRule field, string? office, ImmutableArray<Field> kept) =>
        field.Type switch
        {
            FieldType.Choice => field.Values[random.Next(field.Values.Length)],
            FieldType.Flag => random.Next(2) == 0 ? "true" : "false",
            FieldType.Date => Day(field.Name),
            FieldType.Money => field.Name == "paid" && Kept(kept, "fine") is { } fine && random.Next(3) != 0
                ? fine
                : Amounts[random.Next(Amounts.Length)],
            FieldType.Number => random.Next(1, 20).ToString(CultureInfo.InvariantCulture),
            FieldType.Limit => "5wd",
            FieldType.List => "营业执照;申请表",
            FieldType.Staff => Colleague(plan, office),
            FieldType.Body => plan.Organs[random.Next(plan.Organs.Length)].Code,
            _ => field.Name switch
            {
                "account" => random.Next(4) == 0 ? "some-account" : plan.Policy.TreasuryAccount,
                "to" => plan.CountyDepartments[random.Next(plan.CountyDepartments.Length)].Code,
                AgentRules.Agent => PairPeople.PartyId(PairPeople.Parties + random.Next(PairPeople.Agents)),
                _ => "测试内容",
            },
        };

    private string Day(string field) =>
        today
            .AddDays(
                field switch
                {
                    "from" => random.Next(0, 12),
                    "until" => random.Next(12, 220),
                    "extended-until" => random.Next(60, 300),
                    "hearing-on" => random.Next(2, 25),
                    "offence-date" => -random.Next(0, 1000),
                    _ => -random.Next(0, 2),
                }
            )
            .ToString("O", CultureInfo.InvariantCulture);

    private string Colleague(TownPlan plan, string? office)
    {
        var near = plan.Staff.Where(one => office is null || one.Organ == office).ToList();
        var from = near.Count > 0 && random.Next(5) != 0 ? near : [.. plan.Staff];
        return from[random.Next(from.Count)].Id;
    }

    private static string? Kept(ImmutableArray<Field> kept, string name) => kept.FirstOrDefault(field => field.Name == name).Value;
}
