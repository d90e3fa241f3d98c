using System.Collections.Immutable;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>Makes commands of intents: mostly what the case now waits for, often by the right person, sometimes anything.</summary>
internal static class Playbook
{
    public static readonly Actor Citizen = new(PureCase.Citizen.Id, Actor.Public);
    public static readonly ImmutableArray<string> People = ["YD-024", "YD-025", "YD-028"];
    private static readonly Actor[] Strangers =
    [
        new("stranger", Actor.Public),
        new("YD-061", "economic-development"),
        new("YD-029", "government-service"),
        new("water-1", "water"),
    ];

    public static Draft Open(Intent intent, string stream, bool secondment)
    {
        var from = PureCase.Day.AddDays(12 + (intent.Days % 6 * 30));
        return secondment
            ? New(
                stream,
                "open",
                intent.Who < 90 ? new Actor("housing-1", "housing")
                    : intent.Who < 95 ? Strangers[3]
                    : Citizen,
                People[intent.Who % People.Length],
                ("procedure", "secondment"),
                ("to", "housing"),
                ("from", $"{from:O}"),
                ("until", $"{from.AddDays(20 + (2 * intent.Act)):O}"),
                ("need", "专项")
            )
            : New(stream, "open", intent.Who < 90 ? Citizen : Strangers[2], RealSeeds.Yandian.Item("permit").Code, ("procedure", "permit"));
    }

    public static Draft Act(Intent intent, string stream, bool secondment, CaseView view)
    {
        var steps = secondment ? Steps.Secondment : Steps.Permit;
        var here = steps.GetValueOrDefault(view.Step) ?? steps[""];
        var all = steps.Values.SelectMany(step => step).Append(new("fly", new ModelAct("", "system", ""))).ToList();
        var (name, act) =
            intent.Act < 50 && here.Count > 0 ? here.First()
            : intent.Act < 85 && here.Count > 0 ? here.ElementAt(intent.Act % here.Count)
            : all[intent.Act * 7 % all.Count];
        var fields = intent.Days < 6 ? [] : act.Needs.Select(need => (need, Value(need, intent, view))).ToArray();
        return New(stream, name, intent.Who < 85 ? Right(act, intent.Who) : Strangers[intent.Who % Strangers.Length], view.Subject, fields);
    }

    public static Draft Post(Intent intent, string stream)
    {
        var who = $"YD-{900 + (intent.Target % 12)}";
        return intent.Act < 60
            ? New(stream, "appoint", Strangers[1], who, ("class", intent.Who < 70 ? "1" : "2"))
            : New(stream, "release", Strangers[1], who);
    }

    public static Draft Leave(Intent intent)
    {
        var from = PureCase.Day.AddDays(10 + (3 * intent.Days));
        return New(
            $"staff/yandian/{People[intent.Target % People.Length]}",
            "leave",
            new Actor("YD-021", "government-service"),
            "",
            ("from", $"{from:O}"),
            ("until", $"{from.AddDays((intent.Act % 15) - 1):O}")
        );
    }

    /// <summary>The same command, or the same id for another act.</summary>
    public static Draft Again(Draft before, bool otherAct) =>
        !otherAct
            ? before
            : before.Act switch
            {
                "appoint" => before with { Act = "release", Fields = ImmutableSortedDictionary<string, string>.Empty },
                "release" or "leave" => before,
                "withdraw" => before with { Act = "accept" },
                _ => before with { Act = "withdraw", Fields = ImmutableSortedDictionary<string, string>.Empty },
            };

    private static Draft New(string stream, string act, Actor actor, string target, params (string Name, string Value)[] fields) =>
        new(
            Stream: stream,
            Id: Stamps.Next().CommandId,
            Act: act,
            Actor: actor,
            Target: target,
            On: PureCase.Day,
            Fields: fields.ToImmutableSortedDictionary(f => f.Name, f => f.Value)
        );

    private static Actor Right(ModelAct act, int who)
    {
        if (act.Who is "public" or "system")
        {
            return Citizen;
        }

        if (act.Who is "county" or "organisation")
        {
            return act.Who == "county" ? new Actor("housing-1", "housing") : new Actor("organisation-1", "organisation");
        }

        var able = RealSeeds.Yandian.Staff.Where(p => p.Organ == act.Organ && p.Roles.Contains(act.Who)).ToList();
        return new Actor(able[who % able.Count].Id, act.Organ);
    }

    private static string Value(string field, Intent intent, CaseView view) =>
        field switch
        {
            "missing" => intent.Target % 3 == 0 ? "照片" : "图纸",
            "recommendation" => "grant",
            "extended-until" => $"{DateOnly.ParseExact(Known(view, "until"), "O").AddDays(1 + intent.Days):O}",
            "until" => intent.Target % 8 == 0 || Known(view, "extended-until").Length == 0
                ? $"{PureCase.Day.AddDays(400):O}"
                : Known(view, "extended-until"),
            _ => "理由",
        };

    private static string Known(CaseView view, string name) =>
        view.Fields.FirstOrDefault(f => f.Name == name).Value ?? (name == "until" ? $"{PureCase.Day:O}" : "");
}
