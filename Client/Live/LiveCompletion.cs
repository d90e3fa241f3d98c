using System.CommandLine;
using System.CommandLine.Completions;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>
/// Completion (命令补全) from the live town: its towns, offices and items, and the acts that somebody may do at a case now. Nothing where no
/// town answers soon: completion never complains.
/// </summary>
internal static class LiveCompletion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Codes of the towns that are founded.</summary>
    public static Option<string?> CompletedByTowns(this Option<string?> option, Shell shell)
    {
        option.CompletionSources.Add(context => Ask(shell, context, static (live, _) => TownsAsync(live, null)));
        return option;
    }

    /// <summary>Codes of a town's organs and of the departments above it; of all towns where none is named.</summary>
    public static Option<string?> CompletedByOffices(this Option<string?> option, Shell shell)
    {
        option.CompletionSources.Add(context =>
            Ask(
                shell,
                context,
                static (live, parse) => OfTownsAsync(live, parse, names => names.Directory.Offices.Select(office => office.Code))
            )
        );
        return option;
    }

    /// <summary>Codes of a town's items; of all towns where none is named.</summary>
    public static Option<string?> CompletedByItems(this Option<string?> option, Shell shell)
    {
        option.CompletionSources.Add(context => Ask(shell, context, ItemsAsync));
        return option;
    }

    /// <inheritdoc cref="CompletedByItems(Option{string?}, Shell)"/>
    public static Argument<string> CompletedByItems(this Argument<string> argument, Shell shell)
    {
        argument.CompletionSources.Add(context => Ask(shell, context, ItemsAsync));
        return argument;
    }

    /// <summary>Acts that somebody may do at a case as it stands.</summary>
    /// <param name="number">The argument that names the case.</param>
    public static Argument<string> CompletedByActs(this Argument<string> argument, Shell shell, Argument<string> number)
    {
        argument.CompletionSources.Add(context => Ask(shell, context, (live, parse) => ActsAsync(live, parse.GetValue(number))));
        return argument;
    }

    /// <summary>Fields of a form, with the sign of equality behind; of a choice one for each value.</summary>
    /// <param name="form">The procedure and the act that the line names so far.</param>
    public static Option<string[]> CompletedByFields(
        this Option<string[]> option,
        Shell shell,
        Func<ParseResult, (string? Procedure, string? Act)> form
    )
    {
        option.CompletionSources.Add(context => Ask(shell, context, (live, parse) => FieldsAsync(live, form(parse))));
        return option;
    }

    /// <summary>Fields of an act of a case.</summary>
    public static Option<string[]> CompletedByFields(
        this Option<string[]> option,
        Shell shell,
        Argument<string> number,
        Argument<string> act
    )
    {
        option.CompletionSources.Add(context =>
            Ask(
                shell,
                context,
                async (live, parse) =>
                    parse.GetValue(number) is { Length: > 0 } typed
                    && !(await KnownCase.AskAsync(live, typed)).IsRefused(out _, out var known)
                        ? await FieldsAsync(live, (known.View.Procedure, parse.GetValue(act)))
                        : []
            )
        );
        return option;
    }

    private static async Task<IEnumerable<string>> FieldsAsync(LiveTown live, (string? Procedure, string? Act) form) =>
        form.Procedure is null || (await live.Directory("-").FormsAsync(form.Procedure)).IsRefused(out _, out var listed)
            ? []
            : listed
                .Forms.Where(f => f.Act == form.Act)
                .SelectMany(f => f.Fields)
                .DistinctBy(f => f.Name)
                .SelectMany(f => f.Values.IsEmpty ? [$"{f.Name}="] : f.Values.Select(value => $"{f.Name}={value}"));

    private static Task<IEnumerable<string>> ItemsAsync(LiveTown live, ParseResult parse) =>
        OfTownsAsync(live, parse, names => names.Directory.Items.Select(item => item.Code));

    private static async Task<IEnumerable<string>> ActsAsync(LiveTown live, string? number) =>
        number is { Length: > 0 }
        && !(await KnownCase.AskAsync(live, number)).IsRefused(out _, out var known)
        && known.View is { Disposition: Disposition.Open } view
            ? known.Names.ActsAt(view.Procedure, view.Step).Select(act => act.Code)
            : [];

    private static async Task<IEnumerable<string>> OfTownsAsync(LiveTown live, ParseResult parse, Func<TownNames, IEnumerable<string>> of)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var town in await TownsAsync(live, NamedTown(parse)))
        {
            if (!(await TownNames.OfAsync(live, town)).IsRefused(out _, out var names))
            {
                found.UnionWith(of(names));
            }
        }

        return found;
    }

    private static async Task<IEnumerable<string>> TownsAsync(LiveTown live, string? named) =>
        named is null ? await live.Directory("-").TownsAsync() : [named];

    private static string? NamedTown(ParseResult parse) =>
        parse.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == Shell.TownOption) is { } town
        && parse.GetValue(town) is { Length: > 0 } code
            ? code
            : null;

    // The parser asks for suggestions at once; the town is asked on another thread.
    private static IEnumerable<string> Ask(
        Shell shell,
        CompletionContext context,
        Func<LiveTown, ParseResult, Task<IEnumerable<string>>> of
    )
    {
        using var soon = new CancellationTokenSource(Patience);
        try
        {
            return Task.Run(AnswerAsync, soon.Token).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            return [];
        }

        async Task<IEnumerable<string>> AnswerAsync()
        {
            await using var live = await new Call(shell, context.ParseResult, soon.Token).MeetAsync();
            return await of(live, context.ParseResult);
        }
    }
}
