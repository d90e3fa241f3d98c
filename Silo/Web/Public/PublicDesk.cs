using System.Collections.Immutable;
using TownReform.Grains.Rules.Texts;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Web.My;

namespace TownReform.Silo.Web.Public;

/// <summary>Reads what anybody may see.</summary>
internal sealed class PublicDesk(
    TownCalls town,
    ITownClock clock,
    ApplyDesk applications,
    RecentAnswers<string, ImmutableArray<SubjectTotal>> opened
)
{
    private const int PageSize = 50,
        MostSubjects = 100,
        UsedDays = 90;

    private static readonly TextName CaseNumber = new("case", "受理编号", "number of the case");

    private static readonly Words NotFound = new(
        "编号与查询码不相符。请对照收件凭证再输一次；仍不行的，请到窗口查询。",
        "Number and code don't go together. Compare them with the receipt and type them again, or ask at the window."
    );

    public Task<ImmutableArray<TownDirectory>> TownsAsync() => TownsRead.AllAsync(town.Grains);

    /// <summary>The first page, with what most people came for in the last 90 days.</summary>
    public async Task<HomeModel> HomeAsync(string? query, string? of, string? kind)
    {
        var model = HomeModel.Of(await TownsAsync(), query, of, kind);
        if (model.IsSearch)
        {
            return model;
        }

        var since = (await clock.NowAsync()).AddDays(-UsedDays);
        return model.With(
            await opened.GetAsync(town.World, () => TownCalls.AskAsync(() => town.Index.CountOpenedAsync(since, MostSubjects)))
        );
    }

    /// <summary>The guide of an item; null where no town has one of that code, or the calendar doesn't reach to the day.</summary>
    /// <param name="day">For which day; null for today.</param>
    public async Task<GuideModel?> GuideAsync(string item, DateOnly? day)
    {
        if ((await TownsAsync()).FirstOrDefault(one => one.Items.Any(listed => listed.Code == item)) is not { } directory)
        {
            return null;
        }

        var guide = await TownCalls.SendAsync(() => town.Directory(directory.Town).ItemAsync(item, day ?? Held(directory)));
        return guide.Value is { } known
            ? new GuideModel(known, directory, town.Held is null && await applications.IsOpenToPublicAsync(item), IsPast: day is not null)
            : null;
    }

    // A world that is held has no clock of its own.
    private DateOnly? Held(TownDirectory directory) => town.Held is { } held ? PageDates.DayOf(held.Now, directory.TimeZone) : null;

    /// <summary>Where a case stands, for whoever has its code. A wrong number and a wrong code are the same to a stranger.</summary>
    public async Task<TrackModel> TrackAsync(string? number, string? code)
    {
        if (number is null && code is null)
        {
            return new TrackModel("", null, null);
        }

        var asked = (number ?? "").Trim();
        var read = asked.ToUpperInvariant();
        if (
            TextRules.Need(TextKind.CaseNumber, CaseNumber, ref read) is not null
            || (await TownCalls.SendAsync(() => town.Case(read).HistoryAsync(0))).Value is not { Records: { IsEmpty: false } records }
            // Nobody was handed a receipt in a simulated world, and whoever looks into it may read the whole file.
            || (town.Held is null && !TrackingCode.Is(code, records[0].Hash))
            || (await TownCalls.SendAsync(() => town.Case(read).ReadAsync())).Value is not { } view
        )
        {
            return new TrackModel(asked, NotFound, null);
        }

        var names = TownNames.Of((await TownsRead.FindAsync(town.Grains, view.Town))!);
        return new TrackModel(
            view.Number,
            null,
            new TrackedCase(
                view,
                names.Title(view.Procedure, view.Subject),
                names.Step(view.Procedure, view.ProcedureVersion, view.Ending ?? view.Step),
                view.Workplace is { } workplace ? names.OfficeOf(workplace) : null,
                view.Officers.IsEmpty && view.Ending is null
            )
        );
    }

    /// <summary>Decisions, latest case first.</summary>
    public async Task<RegisterModel> RegisterAsync(string? chosen, string? before)
    {
        var towns = await TownsAsync();
        var of = towns.FirstOrDefault(one => one.Town == chosen)?.Town;
        var lines = await TownCalls.AskAsync(() =>
            town.Index.ListAsync(
                new CaseSearch(
                    Town: of,
                    Disposition: Disposition.Decided,
                    Take: PageSize + 1,
                    BeforeNumber: before is { Length: > 0 } ? before : null
                )
            )
        );
        var shown = lines.Take(PageSize).Select(line => Published(line, towns)).OfType<PublishedDecision>();
        return new RegisterModel(of, towns, [.. shown], lines.Length > PageSize ? lines[PageSize - 1].Number : null);
    }

    /// <summary>A decision of the register by the number of its certificate, its case or one of its documents; null where the register has
    /// none, whatever else there may be of that number.</summary>
    public async Task<PublishedDecision?> DecisionAsync(string number)
    {
        var search = Certificates.CaseOf(number) is { } of
            ? new CaseSearch(Numbers: [of], Disposition: Disposition.Decided)
            : new CaseSearch(Certificate: Certificates.Normal(number), Disposition: Disposition.Decided);
        var (lines, towns) = (await TownCalls.AskAsync(() => town.Index.ListAsync(search)), await TownsAsync());
        return lines.Select(line => Published(line, towns)).FirstOrDefault(decision => decision is not null);
    }

    private static PublishedDecision? Published(CaseLine line, ImmutableArray<TownDirectory> towns)
    {
        // Published is what was decided under the seal: what was not taken up concerns nobody else. What is about a person of the staff, or
        // about the powers themselves, is no decision for a party.
        if (
            line.Certificate is null
            || towns.FirstOrDefault(one => one.Town == line.Town) is not { } directory
            || directory.Items.All(item => item.Code != line.Subject)
        )
        {
            return null;
        }

        var names = TownNames.Of(directory);
        return new PublishedDecision(
            line,
            directory.Name,
            names.Item(line.Subject),
            names.Step(line.Procedure, 0, line.Step),
            PageDates.DayOf(line.ChangedAt, directory.TimeZone)
        );
    }
}
