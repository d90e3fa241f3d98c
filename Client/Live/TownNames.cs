using System.CommandLine;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Towns;

namespace TownReform.Client.Live;

/// <summary>Words for a live town's codes, as the town itself gives them. What people type is looked up with case, width and missing zeros
/// forgiven; a wrong name is told with the nearest.</summary>
internal sealed class TownNames(TownDirectory directory)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(directory.TimeZone);

    public TownDirectory Directory { get; } = directory;

    public TimeZoneInfo Zone => zone;

    public string Town => Directory.Town;

    /// <summary>Asks the live town.</summary>
    public static async Task<Outcome<TownNames>> OfAsync(LiveTown live, string town) =>
        (await live.Directory(town).ReadAsync()).IsRefused(out var refusal, out var directory) ? refusal : new TownNames(directory);

    /// <summary>The names as the seeds beside the console have them, where no town is asked.</summary>
    public static TownNames Of(Plans plans, string town) => new(TownDirectories.Of(plans.Seeds, plans.Town(town)));

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    public string Moment(DateTimeOffset at) => Moments.Show(at, zone);

    public DateTimeOffset Moment(string option, string text) => Moments.Parse(option, text, zone);

    public ListedProcedure? Procedure(string code) => Directory.Procedures.FirstOrDefault(p => p.Code == code);

    public string ProcedureName(string code, Lang lang) => Procedure(code)?.Name.In(lang) ?? code;

    public string ItemName(string code, Lang lang) => Directory.Items.FirstOrDefault(i => i.Code == code)?.Name.In(lang) ?? "";

    /// <summary>An office by its name, with its code behind it.</summary>
    public string Office(string code, Lang lang) =>
        Directory.Offices.FirstOrDefault(o => o.Code == code) is { } office ? $"{office.Name.In(lang)} ({code})" : code;

    /// <summary>The office of a workplace key, by name.</summary>
    public string Workplace(string key, Lang lang) => Office(key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..], lang);

    /// <summary>The names for one case: its procedure is the version that it was opened by.</summary>
    public TownNames For(CaseView view) =>
        Directory.Earlier.FirstOrDefault(p => p.Code == view.Procedure && p.Version == view.ProcedureVersion) is { } own
            ? new(Directory with { Procedures = [own, .. Directory.Procedures.Where(p => p.Code != own.Code)] })
            : this;

    public string StepName(string procedure, string step, Lang lang) =>
        Directory
            .Procedures.Concat(Directory.Earlier)
            .Where(p => p.Code == procedure)
            .Select(p => p.Steps.FirstOrDefault(s => s.Code == step)?.Name ?? p.Ends.FirstOrDefault(e => e.Code == step)?.Name)
            .FirstOrDefault(name => name is not null)
            ?.In(lang)
        ?? step;

    /// <summary>A step of work on an item, where its procedure isn't told: by the name that the procedures of the item's kind give
    /// it.</summary>
    public string WorkName(string step, string item, Lang lang)
    {
        var kind = Directory.Items.FirstOrDefault(i => i.Code == item)?.Kind;
        return Directory
                .Procedures.OrderByDescending(p => kind is not null && p.Kinds.Contains(kind))
                .SelectMany(p => p.Steps)
                .FirstOrDefault(s => s.Code == step)
                ?.Name.In(lang)
            ?? step;
    }

    /// <summary>An act by its name; one of another step too, where it was tried at the wrong one.</summary>
    public string ActName(string procedure, string? step, string act, Lang lang)
    {
        var known = Procedure(procedure);
        return (
                known
                    ?.Steps.Where(s => step is null || s.Code == step)
                    .SelectMany(s => s.Acts)
                    .Concat(known.Anywhere)
                    .FirstOrDefault(a => a.Code == act)
                ?? known?.Steps.SelectMany(s => s.Acts).FirstOrDefault(a => a.Code == act)
            )?.Name.In(lang) ?? act;
    }

    public string FieldName(string procedure, string field, Lang lang) =>
        Procedure(procedure)?.Fields.FirstOrDefault(f => f.Code == field)?.Name.In(lang) ?? field;

    /// <summary>Acts that somebody may do at a step, by code.</summary>
    public IReadOnlyList<ListedName> ActsAt(string procedure, string step)
    {
        var known = Procedure(procedure);
        return
        [
            .. (known?.Steps.FirstOrDefault(s => s.Code == step)?.Acts.Concat(known.Anywhere) ?? [])
                .Where(a => !a.BySystem)
                .OrderBy(a => a.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>An act of a procedure as it was typed: by code or by its Chinese name.</summary>
    /// <exception cref="CommandFailedException">The procedure has no such act at any step.</exception>
    public string Act(string procedure, string typed)
    {
        var acts = Procedure(procedure) is { } known
            ? known.Steps.SelectMany(s => s.Acts).Concat(known.Anywhere).DistinctBy(a => a.Code).ToArray()
            : [];
        return acts.FirstOrDefault(a => a.Name.Zh == typed)?.Code
            ?? Nearest.Find(acts.Select(a => a.Code), typed)
            ?? throw Nearest.Unknown(
                new($"程序“{procedure}”没有办理动作“{Told(typed)}”", $"Procedure '{procedure}' has no act '{Told(typed)}'"),
                acts.Select(a => a.Code),
                typed
            );
    }

    /// <exception cref="CommandFailedException">The town has no such item.</exception>
    public ListedItem Item(string typed) =>
        Nearest.Find(Directory.Items.Select(i => i.Code), typed) is { } code
            ? Directory.Items.First(i => i.Code == code)
            : throw Nearest.Unknown(
                new(
                    $"{Directory.Name.Zh}没有事项“{Told(typed)}”（power list --town {Town} 列出全部）",
                    $"{Directory.Name.En} has no item '{Told(typed)}' (power list --town {Town} lists them)"
                ),
                Directory.Items.Select(i => i.Code),
                typed
            );

    /// <exception cref="CommandFailedException">The town has no such office.</exception>
    public string OfficeCode(string typed) =>
        Nearest.Find(Directory.Offices.Select(o => o.Code), typed)
        ?? throw Nearest.Unknown(
            new($"{Directory.Name.Zh}没有机构“{Told(typed)}”", $"{Directory.Name.En} has no office '{Told(typed)}'"),
            Directory.Offices.Select(o => o.Code),
            typed
        );

    /// <summary>Key of an office's workplace, without the world.</summary>
    public string WorkplaceKey(string office) =>
        $"{(Directory.Offices.First(o => o.Code == office).Own ? Town : Directory.County)}/{office}";

    /// <summary>The procedure by which a case is opened, and the id of what it is about: an item, one of the town's people, or
    /// nothing.</summary>
    /// <param name="procedure">The procedure as it was named; null: the one that the item's kind goes by.</param>
    /// <param name="about">What it is about as it was typed, if anything.</param>
    /// <exception cref="CommandFailedException">What is named doesn't exist, or something is to be named and isn't.</exception>
    /// <param name="day">Whose fee counts: an item with one has procedures of its own.</param>
    public (string Procedure, string About) About(string? procedure, string? about, DateOnly day)
    {
        var code = procedure is null ? null : ProcedureCode(procedure);
        var kinds = code is null ? [] : Procedure(code)!.Kinds;
        if (Grains.Rules.Cases.Subject.Of(kinds) is var subject && code is not null && !subject.IsItem)
        {
            return (code, about?.Trim() ?? "");
        }

        var item = Item(
            about
                ?? throw CommandFailedException.BadInput(
                    code is null ? "请用 --item 写明事项，或者用 --procedure 写明程序。" : $"程序“{code}”针对事项；请用 --item 写明。",
                    code is null
                        ? "Name the item with --item, or a procedure with --procedure."
                        : $"Procedure '{code}' is about an item; name it with --item."
                )
        );
        return (code ?? ProcedureFor(item, day), item.Code);
    }

    private string ProcedureCode(string named) =>
        Nearest.Find(Directory.Procedures.Select(p => p.Code), named)
        ?? throw Nearest.Unknown(
            new($"没有程序“{Told(named)}”", $"There is no procedure '{Told(named)}'"),
            Directory.Procedures.Select(p => p.Code),
            named
        );

    /// <summary>The procedure that takes such an item on its own route: the one that most may open, then by
    /// code.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public string ProcedureFor(ListedItem item, DateOnly day)
    {
        var (kind, route) = item.Retained ? (ListedItem.RetainedKind, "county") : (item.Kind, "town");
        return Directory
                .Procedures.Where(p => p.Route == route && Grains.Rules.Cases.CaseFee.Takes(p, item, day))
                .OrderByDescending(p => p.Openers)
                .ThenBy(p => p.Code, StringComparer.Ordinal)
                .FirstOrDefault()
                ?.Code
            ?? throw CommandFailedException.BadInput(
                $"没有办理 {kind} 类事项的程序；请用 --procedure 指明。",
                $"No procedure takes items of kind {kind}; name one with --procedure."
            );
    }

    /// <summary>
    /// Who acts. Without an office: that of the person with this id. An id that nobody has is the public's only where the case says so (its
    /// party), where it acts for
    /// somebody, or where the office is named: else it is a slip, and told before anything is sent.
    /// </summary>
    /// <param name="party">Whoever the case is about; null where that is nobody yet.</param>
    /// <exception cref="CommandFailedException">Nobody has this id.</exception>
    public Actor Actor(string typed, string? office, string? onBehalfOf, string? party)
    {
        if (office is not null)
        {
            return new Actor(typed, office == TownReform.Actor.Public ? office : OfficeCode(office), onBehalfOf);
        }

        if (Person(typed) is { } person)
        {
            return new Actor(person.Id, person.Office, onBehalfOf);
        }

        return Grains.Rules.Texts.TextRules.SameId(typed, party) || onBehalfOf is not null
            ? new Actor(typed, TownReform.Actor.Public, onBehalfOf)
            : throw Nobody(
                typed,
                new(
                    $"“{Told(typed)}”不是{Directory.Name.Zh}的工作人员，也不是当事人（当事人以外的群众请写明 --for 或 --office public）",
                    $"'{Told(typed)}' is nobody of {Directory.Name.En}, nor the party (others of the public: say --for, or --office public)"
                )
            );
    }

    /// <summary>Who acts for a department above the town: whoever is named, else the first in office on that day.</summary>
    /// <exception cref="CommandFailedException">Nobody has the id that is named, or nobody is in office.</exception>
    public Actor Speaker(CountyDepartment department, string? typed, DateOnly day, Option option) =>
        typed is not null
            ? new(
                Person(typed)?.Id
                    ?? throw Nobody(
                        typed,
                        new(
                            $"{Directory.Name.Zh}及其上级部门没有人员“{Told(typed)}”",
                            $"Neither {Directory.Name.En} nor a department above it has anybody '{Told(typed)}'"
                        )
                    ),
                department.Code
            )
        : department.FirstInOffice(day) is { } first ? new(first.Id, department.Code)
        : throw CommandFailedException.BadInput(
            $"{department.Name.Zh} {day:O} 无人在任；请用 {option.Name} 写明办理人。",
            $"Nobody of {department.Name.En} is in office on {day:O}; say with {option.Name} who acts."
        );

    /// <summary>Somebody of the town or of a department above it, by an id as it was typed; null when nobody has it.</summary>
    // Zeros are not forgiven: "YD-9" may be a broken-off "YD-92", and somebody else would have acted.
    public ListedPerson? Person(string typed) =>
        Nearest.Same(Directory.People.Select(p => p.Id), typed) is { } id ? Directory.People.First(p => p.Id == id) : null;

    private CommandFailedException Nobody(string typed, Words what) => Nearest.Unknown(what, Directory.People.Select(p => p.Id), typed);

    private static string Told(string typed) => Grains.Rules.Texts.Characters.Told(typed);
}
