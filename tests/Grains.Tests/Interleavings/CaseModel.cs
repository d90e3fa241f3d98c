using System.Collections.Immutable;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>One case by plain dictionaries: where it stands, and what would be said to a command.</summary>
internal sealed class CaseModel(string party)
{
    private readonly HashSet<string> reviewers = [];
    private readonly Dictionary<string, string> fields = [];
    private Dictionary<string, Dictionary<string, ModelAct>> steps = [];
    private string? told;
    private bool extended;
    private bool certified;

    public string Number { get; init; } = "";

    public string Step { get; private set; } = "";

    public string Staff { get; private set; } = "";

    /// <summary>The permit was granted.</summary>
    public bool Granted { get; private set; }

    public bool Certified => certified;

    public bool IsOpened => Step.Length > 0;

    public bool IsEnded => Steps.Ends.Contains(Step);

    public string Field(string name) => fields.GetValueOrDefault(name, "");

    /// <summary>The code that the command is refused with, or 0.</summary>
    /// <param name="person">The person that a secondment is about, as their record said when the case asked.</param>
    public int Decide(Draft sent, StaffModel? person) => sent.Act == "open" ? Opening(sent, person) : Acting(sent, person);

    private static int Opening(Draft sent, StaffModel? person)
    {
        var secondment = sent.Field("procedure") == "secondment";
        return !Fits(sent.Actor, secondment ? "county" : "public", "", null) ? 3002
            : secondment ? person!.Asked("", sent.Field("to"), sent.Day("from"), sent.Day("until"), first: true)
            : 0;
    }

    private int Acting(Draft sent, StaffModel? person)
    {
        if (IsEnded)
        {
            return 1003;
        }

        if (!steps[Step].TryGetValue(sent.Act, out var act) && !steps[""].TryGetValue(sent.Act, out act))
        {
            return steps.Values.Any(s => s.ContainsKey(sent.Act)) ? 1005 : 1004;
        }

        return !Fits(sent.Actor, act.Who, act.Organ, party) ? 3002
            : Step == "decision" && reviewers.Contains(sent.Actor.Id) ? 7008
            : act.Needs.Any(need => sent.Field(need).Length == 0) ? 1006
            : Ruled(sent, person);
    }

    private int Ruled(Draft sent, StaffModel? person) =>
        (Step, sent.Act) switch
        {
            ("intake", "notify") when told is not null && told != sent.Field("missing") => 1020,
            ("decision", "extend") when extended => 1021,
            ("delivery", "deliver") when !certified => 2505,
            (_, "withdraw") when Granted => 1025,
            ("organisation", "approve") => person!.Asked(Number, Field("to"), Day("from"), Day("until"), first: true),
            ("away", "ask-extension") => person!.Asked(Number, Field("to"), Day("from"), sent.Day("extended-until"), first: false),
            ("extension-approval", "approve") when sent.Field("until") != Field("extended-until") => 3014,
            ("extension-approval", "approve") => person!.Asked(Number, Field("to"), Day("from"), sent.Day("until"), first: false),
            _ => 0,
        };

    /// <summary>Goes on by an accepted command.</summary>
    public void Take(Draft sent)
    {
        if (sent.Act == "open")
        {
            steps = sent.Field("procedure") == "secondment" ? Steps.Secondment : Steps.Permit;
            (Step, Staff) = sent.Field("procedure") == "secondment" ? ("committee", sent.Target) : ("intake", "");
        }
        else
        {
            told ??= sent.Act == "notify" ? sent.Field("missing") : null;
            extended |= sent.Act == "extend";
            Granted |= sent.Act == "grant";
            if (Step == "review")
            {
                reviewers.Add(sent.Actor.Id);
            }

            Step = (steps[Step].GetValueOrDefault(sent.Act) ?? steps[""][sent.Act]).To;
        }

        foreach (var (name, value) in sent.Fields)
        {
            fields[name] = value;
        }
    }

    /// <summary>The seal's number arrives: once, and for a grant only.</summary>
    public bool TakeCertificate() => Granted && !certified && (certified = true);

    private DateOnly Day(string name) => DateOnly.ParseExact(Field(name), "O");

    private static bool Fits(Actor actor, string who, string organ, string? party) =>
        who switch
        {
            "public" => actor.Office == "public" && (party is null || actor.Id == party),
            // The office that asked, and no other.
            "county" => actor.Office is "housing",
            "organisation" => actor.Office == "organisation",
            "system" => false,
            _ => RealSeeds
                .Yandian.Staff.Concat(RealSeeds.Yandian.StationedStaff)
                .Any(p => p.Id == actor.Id && p.Organ == organ && p.Roles.Contains(who)),
        };
}
