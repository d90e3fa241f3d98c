using System.Globalization;
using TownReform.Grains.Rules.Moments;

namespace TownReform.Grains.Rules.Offices;

/// <summary>What is said to somebody who may not speak so.</summary>
public static class OfficeRefusals
{
    /// <param name="said">What the act is called, where that is known; else its code stands for it.</param>
    public static Refusal SystemFromOutside(string act, Words? said = null) =>
        No(
            RefusalCode.SystemFromOutside,
            "I2",
            $"只有系统自身才能以“系统”名义办理，本次“{said?.Zh ?? act}”未办理。请以本人及其机构的名义提交。",
            $"Only the town itself acts as the system, so this \"{act}\" was not done. Send it as yourself, with your own office.",
            new Fact("act", act)
        );

    public static Refusal Absent(StaffFacts person, Absence absence, DateOnly day) =>
        No(
            RefusalCode.ActorAbsent,
            "E5",
            $"{person.Id} 于 {absence.From:O} 至 {absence.Until:O} {(absence.Kind == AbsenceKind.Leave ? "休假" : "借调")}，{day:O} 不能办理。",
            $"{person.Id} is away ({absence.Kind}) from {absence.From:O} to {absence.Until:O} and cannot act on {day:O}.",
            new Fact("staff", person.Id),
            new Fact("from", absence.From.ToString("O", CultureInfo.InvariantCulture)),
            new Fact("until", absence.Until.ToString("O", CultureInfo.InvariantCulture))
        );

    /// <param name="wanted">Codes of whose it is, as facts tell them.</param>
    /// <param name="said">The same as people call them.</param>
    public static Refusal WrongRole(Actor actor, string act, string wanted, Words said) =>
        No(
            RefusalCode.ActorWrongRole,
            "I2",
            $"{actor.Id}（{actor.Office}）无权办理“{OfficeActWords.Of(act).Zh}”；应由：{said.Zh}。",
            $"{actor.Id} ({actor.Office}) may not {OfficeActWords.Of(act).En}; wanted: {said.En}.",
            new Fact("actor", actor.Id),
            new Fact("office", actor.Office),
            new Fact("act", act),
            new Fact("wanted", wanted)
        );

    public static Refusal Own(string staff, string act, string wanted, Words said) =>
        No(
            RefusalCode.OwnMatter,
            "I2",
            $"{staff} 不能为本人办理“{OfficeActWords.Of(act).Zh}”；应由：{said.Zh}。",
            $"{staff} may not {OfficeActWords.Of(act).En} in a matter of their own; wanted: {said.En}.",
            new Fact("actor", staff),
            new Fact("act", act),
            new Fact("wanted", wanted)
        );

    public static Refusal NotTheirs(Actor actor, string office) =>
        No(
            RefusalCode.OfficeNotHeld,
            "I2",
            $"{actor.Id} 不在机构“{actor.Office}”任职，其所在机构为“{office}”。请以所任机构的名义办理。",
            $"{actor.Id} doesn't hold office at '{actor.Office}' but at '{office}'. Act for the office that you hold.",
            new Fact("actor", actor.Id),
            new Fact("office", actor.Office),
            new Fact("held", office)
        );

    public static Refusal NotYet(string staff, DateOnly since, DateOnly day) =>
        No(
            RefusalCode.OfficeNotHeld,
            "I2",
            $"{staff} 自 {since:O} 起任职，{day:O} 尚不能办理。",
            $"{staff} holds office from {since:O} on and could not act on {day:O}.",
            new Fact("actor", staff),
            new Fact("since", Iso(since)),
            new Fact("day", Iso(day))
        );

    /// <summary>Their post was freed before.</summary>
    public static Refusal NoLonger(string staff, OutOfOffice time, DateTimeOffset at)
    {
        var (from, told) = (MomentWords.Told(time.From, at), MomentWords.Told(at, at));
        var (zh, en) = time.Until is { } back ? ($"至 {MomentWords.Told(back, at)} ", $" until {MomentWords.Told(back, at)}") : ("", "");
        return No(
            RefusalCode.OfficeNotHeld,
            "I2",
            $"{staff} 的编制已核销，自 {from} 起{zh}不再任职，{told} 不能办理。请由在任人员办理，或先重新任用。",
            $"The post of {staff} was freed: they hold no office from {from} on{en} and could not act at {told}. Somebody in "
                + "office may, or appoint them again first.",
            new Fact("actor", staff),
            new Fact("from", Moment(time.From)),
            new Fact("at", Moment(at))
        );
    }

    public static Refusal NobodyThere(Actor actor, DateOnly day) =>
        No(
            RefusalCode.OfficeNotHeld,
            "I2",
            $"机构“{actor.Office}”于 {day:O} 没有办理人 {actor.Id}。请核对编号和机构。",
            $"'{actor.Office}' has nobody '{actor.Id}' in office on {day:O}. Check the id and the office.",
            new Fact("actor", actor.Id),
            new Fact("office", actor.Office),
            new Fact("day", Iso(day))
        );

    /// <summary>People who are to be assessed and aren't on the town's record.</summary>
    public static Refusal NotOnRecord(IEnumerable<string> people)
    {
        var names = string.Join(", ", people);
        return No(
            RefusalCode.StaffUnknown,
            "E7",
            $"本镇没有这些人员，考核未开始：{names}。请核对名单。",
            $"The town's record has nobody of these ids, so the round was not opened: {names}. Check the list.",
            new Fact("staff", names)
        );
    }

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static Refusal No(RefusalCode code, string clause, string zh, string en, params Fact[] facts) =>
        new(code, clause, new Words(zh, en), [.. facts]);
}
